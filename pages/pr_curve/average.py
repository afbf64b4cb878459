"""Average precision as a sum of steps, and what straight lines make of it."""

from pages.pr_curve import trained
from ui.components.scores import step_sum
from ui.page import Page


def show(page: Page) -> None:
    page.text("pr_average")
    page.quiz("pr_flip")
    step_sum(f"{page.slug}.steps", page.asked("ap"), page.labels)
    page.text("pr_average_trained")
    trained.show(page, ("linear", "band"))
    page.note("pr_average_notice", "what_to_notice")
    page.note("pr_average_wrong", "where_it_goes_wrong")
    page.quiz("pr_lines")
