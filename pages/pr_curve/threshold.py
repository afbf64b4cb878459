"""A threshold on the scores of a classifier: confusion matrix, precision, recall, both curves, F-beta and cost."""

from pages.pr_curve import trained
from ui.page import Page


def show(page: Page) -> None:
    page.text("pr_threshold")
    page.quiz("pr_raise")
    trained.show(page, ("beta", "miss", "band"))
    page.note("pr_threshold_notice", "what_to_notice")
    page.note("pr_threshold_wrong", "where_it_goes_wrong")
    page.quiz("pr_accuracy")
