"""How the evidence reads: a row's verdict, sentence and numbers; and the list at a glance on the landing page."""

from __future__ import annotations

import math

import streamlit as st

from dlcore.evidence import CLAIMS, Claim, Outcome, Published, recorded
from ui.course import find_page
from ui.page import Page

BADGES = {
    "supported": ("green", "check_circle"),
    "reproduced": ("green", "check_circle"),
    "not_here": ("red", "cancel"),
    "differs": ("red", "cancel"),
    "mixed": ("orange", "help"),
    "not_run": ("gray", "pending"),
}
N_GLANCE = 6
Row = Claim | Published


def show_evidence(page: Page) -> None:
    """The page's section `evidence`, then the first claims of different pages, and the way to all of them."""
    st.header(page.labels["evidence_glance"])
    page.text("evidence")
    for row in at_a_glance():
        st.markdown(f"{badge(page, recorded(row))} {sentence(page, row)}")
    page.link(find_page("evidence"), page.labels["evidence_all"], ":material/fact_check:")


def at_a_glance() -> list[Claim]:
    """A few claims, from as many pages as possible."""
    turns: dict[str, int] = {}
    ranked = []
    for claim in CLAIMS:
        turns[claim.page] = turns.get(claim.page, 0) + 1
        ranked.append((turns[claim.page], claim))
    return [claim for _, claim in sorted(ranked, key=lambda pair: pair[0])[:N_GLANCE]]


def verdict_of(outcome: Outcome | None) -> str:
    return outcome.verdict if outcome else "not_run"


def badge(page: Page, outcome: Outcome | None) -> str:
    """The verdict as a coloured word of Markdown."""
    verdict = verdict_of(outcome)
    colour, icon = BADGES[verdict]
    return f":{colour}-badge[:material/{icon}: {page.labels[verdict]}]"


def sentence(page: Page, row: Row) -> str:
    kind = "claim" if isinstance(row, Claim) else "published"
    return page.labels[f"{kind}_{row.name}"]


def numbers(page: Page, row: Row, outcome: Outcome) -> str:
    """Medians of both sides, or ours beside theirs."""
    first = say(outcome.medians[0])
    if isinstance(row, Published):
        return page.labels.format("evidence_ours_theirs", ours=first, theirs=say(row.theirs))
    second = outcome.medians[1] if len(outcome.medians) > 1 else float(row.second)  # type: ignore[arg-type]
    return page.labels.format("evidence_against", first=first, second=say(second))


def say(value: float) -> str:
    """A number of three or four digits with a true minus sign."""
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    return f"{value:.4g}".replace("-", "−")
