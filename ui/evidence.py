"""The course's claims with their measured outcomes, each with a link that runs it again."""

from __future__ import annotations

import streamlit as st

from dlcore.evidence import N_SEEDS, Claim, Outcome, recorded
from ui.course import find_page
from ui.page import Page

BADGES = {"supported": ("green", "check_circle"), "not_here": ("red", "cancel"), "mixed": ("orange", "help")}


def show_evidence(page: Page) -> None:
    """The page's section `evidence`, then a card for each claim."""
    st.header(page.labels["evidence_glance"])
    page.text("evidence")
    outcomes = recorded()
    for card, outcome in zip(page.cards(len(outcomes)), outcomes, strict=True):
        with card:
            _show_outcome(page, outcome)


def _show_outcome(page: Page, outcome: Outcome) -> None:
    claim = outcome.claim
    colour, icon = BADGES[outcome.verdict]
    st.badge(page.labels[outcome.verdict], color=colour, icon=f":material/{icon}:")  # type: ignore[arg-type]
    st.markdown(page.labels[f"claim_{claim.name}"])
    values = {"measure": page.labels[claim.measure], "n_seeds": str(N_SEEDS)}
    for side in ("first", "second"):
        measured = getattr(outcome, side)
        values |= {side: f"{measured.median:.2f}", f"{side}_low": f"{measured.low:.2f}"}
        values |= {f"{side}_high": f"{measured.high:.2f}"}
    st.caption(page.labels.format("evidence_numbers", **values))
    page.link(find_page("concepts"), page.labels["run_it"], ":material/play_circle:", **_settings(claim))


def _settings(claim: Claim) -> dict[str, str]:
    """The Arena with both sides of the claim."""
    second = {f"b.{name}": text for name, text in claim.second.to_texts().items()}
    return {"tab": "playground", "arena": "on", **claim.first.to_texts(), **second}
