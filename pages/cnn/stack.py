"""A stack of layers in numbers: sizes, parameters, multiply-adds, receptive field; what a shift does to it."""

from ui.page import Page


def show(page: Page) -> None:
    page.text("stack")
    page.quiz("stack_sizes")
