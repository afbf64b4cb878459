"""The cost: nanoseconds for one element, measured on the machine that serves this page, when somebody asks."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooLate
from typing import Any

import streamlit as st

from dlcore.charts.activations import cost_chart
from dlcore.specs import ActivationRaceSpec
from ui.page import Page
from ui.runtime import store

SIZES, DEFAULT = (100, 1_000, 10_000, 100_000, 1_000_000), 100_000
PATIENCE = 60  # seconds that a page waits for a worker with a stopwatch


def show(page: Page) -> None:
    page.text("cost")
    page.quiz("cost_exp")
    show_stopwatch(page)
    page.note("cost_notice", "what_to_notice")
    page.note("cost_wrong", "where_it_goes_wrong")


def show_stopwatch(page: Page) -> None:
    """A size, a button, and the newest measurement of that size on this server."""
    size = choose_size(page)
    known = measurements().get(size)
    label = page.labels["cost_measure" if known is None else "cost_again"]
    if st.button(label, key=f"{page.slug}.cost.measure", icon=":material/timer:", type="primary"):
        measurements()[size] = known = renew(known, size)
    if known is not None:
        show_measured(page, size, *known)


def choose_size(page: Page) -> int:
    """How large an array is measured; kept in the address bar."""
    key, _ = page.keep("cost.size", "elements", DEFAULT, SIZES)
    size: Any = st.segmented_control(
        page.labels["cost_elements"], SIZES, format_func=lambda n: f"{n:,}", key=key, required=True, wrap=True
    )
    return size


Measurement = tuple[dt.datetime, Future]


@st.cache_resource(show_spinner=False)
def measurements() -> dict[int, Measurement]:
    """The newest stopwatch readings of this server, by size: two readers who ask at once share one."""
    return {}


def renew(known: Measurement | None, size: int) -> Measurement:
    """A new measurement, unless one is under way."""
    if known is not None and not known[1].done():
        return known
    return dt.datetime.now(dt.UTC), store().get(ActivationRaceSpec()).ask({"cost": size})


def show_measured(page: Page, size: int, when: dt.datetime, answer: Future) -> None:
    try:
        with st.spinner(page.labels["cost_busy"]):
            rows: list[dict[str, Any]] = answer.result(timeout=PATIENCE)
    except (TooLate, OSError, RuntimeError):
        st.warning(page.labels["cost_failed"])
        return
    named = [{**row, "activation": page.labels.choice("activation", row["activation"])} for row in rows]
    words = {name: page.labels[f"cost_{name}"] for name in ("forward", "backward", "title")}
    page.chart(cost_chart(named, words), page.labels["cost_alt"])
    said = {"when": f"{when:%Y-%m-%d %H:%M:%S}", "n": f"{size:,}", "rounds": rows[0]["rounds"]}
    st.caption(page.labels.format("cost_when", **said))
