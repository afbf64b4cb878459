"""The 2-D lab: a generator and a discriminator on points of the plane."""

from ui.page import Page


def show(page: Page) -> None:
    page.text("idea")
    page.quiz("idea_target")
