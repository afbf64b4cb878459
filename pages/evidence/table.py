"""The table of the evidence: which verdicts and pages are shown, a row to open for each, and the whole as a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import streamlit as st

from dlcore.evidence import Claim, recorded
from dlcore.export import history_csv
from pages.evidence.details import show_details
from ui.course import find_page
from ui.evidence import BADGES, Row, badge, numbers, sentence, verdict_of
from ui.page import Page

ALL = "all"


def show_table(page: Page, rows: Sequence[Row], tab: str) -> None:
    """Filters, an expander a row (its content is made when it is open; open rows are in the address bar), the file."""
    chosen = choose(page, rows, tab)
    for row in chosen:
        show_row(page, row)
    if not chosen:
        st.info(page.labels["evidence_none"])
    st.download_button(
        page.labels["evidence_csv"],
        lambda: history_csv(table_rows(page, rows)),
        f"evidence_{tab}.csv",
        "text/csv",
        key=f"evidence.{tab}.csv",
        icon=":material/download:",
        on_click="ignore",
    )


def choose(page: Page, rows: Sequence[Row], tab: str) -> list[Row]:
    """The rows with the chosen verdict and page."""
    verdicts = {row.name: verdict_of(recorded(row)) for row in rows}
    counts = Counter(verdicts.values())
    words = {ALL: f"{page.labels['evidence_everything']} ({len(rows)})"}
    words |= {name: f"{page.labels[name]} ({counts[name]})" for name in BADGES if counts[name]}
    pages = {ALL: page.labels["evidence_every_page"]}
    pages |= {row.page: page.labels[find_page(row.page).label_key] for row in rows}
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    with left:
        verdict = pick(page, "verdict", tab, words)
    with right:
        place = pick(page, "page", tab, pages)
    return [row for row in rows if verdict in (ALL, verdicts[row.name]) and place in (ALL, row.page)]


def pick(page: Page, name: str, tab: str, words: dict[str, str]) -> str:
    """One filter, kept in the address bar under its name."""
    key, _ = page.keep(f"{tab}.{name}", name, ALL, words)
    label, options = page.labels[f"evidence_by_{name}"], list(words)
    if name == "page":
        return st.selectbox(label, options, format_func=words.__getitem__, key=key)
    chosen: Any = st.segmented_control(label, options, format_func=words.__getitem__, key=key, required=True, wrap=True)
    return chosen


def show_row(page: Page, row: Row) -> None:
    outcome = recorded(row)
    said = f" :gray[{numbers(page, row, outcome)}]" if outcome else ""
    key = f"evidence.row.{row.name}"
    asked = st.query_params.get("row", "").split(",")
    box = st.expander(
        f"{badge(page, outcome)} {sentence(page, row)}{said}", expanded=row.name in asked, key=key, on_change="rerun"
    )
    if not box.open:
        return
    page.query["row"] = ",".join(filter(None, (page.query.get("row", ""), row.name)))
    with box:
        show_details(page, row, outcome)


def table_rows(page: Page, rows: Sequence[Row]) -> list[dict]:
    """A line for each row and seed."""
    lines = []
    for row in rows:
        outcome = recorded(row)
        said = {"row": row.name, "page": row.page, "sentence": sentence(page, row), "verdict": verdict_of(outcome)}
        said["measure"] = row.sides[0].measure
        if not isinstance(row, Claim):
            said |= {"source": row.source, "theirs": str(row.theirs)}
        if outcome is None:
            lines.append(said)
            continue
        for number, seed in enumerate(row.seeds):
            values = dict(zip(("first", "second"), (side[number] for side in outcome.values), strict=False))
            lines.append({**said, "seed": seed, **values, **outcome.made})
    return lines
