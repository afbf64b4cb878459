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
    if isinstance(row, Published):
        ours, theirs = (say(value, digits_of(row)) for value in (outcome.medians[0], row.theirs))
        return page.labels.format("evidence_ours_theirs", ours=ours, theirs=theirs)
    second = outcome.medians[1] if len(outcome.medians) > 1 else float(row.second)  # type: ignore[arg-type]
    return page.labels.format("evidence_against", first=say(outcome.medians[0]), second=say(second))


def digits_of(row: Row) -> int:
    """As many digits as the tolerance of a published figure asks for."""
    if not isinstance(row, Published) or not row.tolerance or not row.theirs:
        return 4
    return max(4, math.ceil(math.log10(abs(row.theirs) / row.tolerance)) + 1)


def say(value: float, digits: int = 4) -> str:
    """A number of so many digits with a true minus sign; thousands are written out."""
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    is_large = 1000 <= abs(value) < 1e7
    return (f"{value:,.0f}" if is_large else f"{value:.{digits}g}").replace("-", "−")
