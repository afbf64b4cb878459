"""The cell, opened: one cell unrolled in time, its gates over a sequence, and its equations with the numbers put in."""

from ui.page import Page


def show(page: Page) -> None:
    page.text("idea")
    page.text("cell_equations")
