"""MLP and fully connected nets: what the names mean, and what connecting everything with everything costs."""

from ui.components.growth import growth
from ui.page import Page


def show(page: Page) -> None:
    page.text("mlp")
    page.quiz("mlp_double")
    growth(f"{page.slug}.growth", page.asked("growth"), page.labels)
    page.text("mlp_heads")
    page.note("mlp_notice", "what_to_notice")
    page.note("mlp_wrong", "where_it_goes_wrong")
    page.quiz("mlp_name")
