"""Convolution explorer: a window slides over a picture; every product and the sum can be read."""

from ui.page import Page


def show(page: Page) -> None:
    page.text("idea")
    page.text("explorer")
    page.quiz("explorer_sum")
