"""The claims: a sentence of the course, the two sides that were trained, and what the seeds say."""

from dlcore.evidence import CLAIMS
from pages.evidence.table import show_table
from ui.page import Page


def show(page: Page) -> None:
    page.text("claims")
    page.quiz("evidence_verdict")
    show_table(page, CLAIMS, "claims")
    page.note("claims_notice", "what_to_notice")
    page.note("claims_wrong", "where_it_goes_wrong")
    page.quiz("evidence_seeds")
