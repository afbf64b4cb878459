"""The published results: the paper's figure, ours, and whether they agree."""

from dlcore.evidence import PUBLISHED
from pages.evidence.table import show_table
from ui.page import Page


def show(page: Page) -> None:
    page.text("published")
    page.quiz("evidence_paper")
    show_table(page, PUBLISHED, "published")
    page.note("published_notice", "what_to_notice")
    page.note("published_wrong", "where_it_goes_wrong")
