"""The third difference: what a model costs in time, memory and arithmetic. Recorded, and measured here when asked."""

import datetime as dt
import functools
import json
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooLate
from pathlib import Path
from typing import Any

import streamlit as st

from dlcore.charts.ml_vs_dl import cost_chart
from dlcore.specs import ContestSpec
from pages.ml_vs_dl.contests import NETS
from ui.page import Page
from ui.runtime import store

RECORDED = Path(__file__).with_name("cost.json")
EVERYBODY = ("logistic", "tree", "forest", "svm", "knn", "boosting", *NETS)
PATIENCE = 60  # seconds that a page waits for a worker with a stopwatch
COLUMNS = ("fit", "predict", "numbers", "bytes", "operations")
TABLE = "ml_cost_table"
TABLE_STYLE = f'[class*="st-key-{TABLE}"] :is(th, td) {{ white-space: nowrap; }}'
Rows = list[dict[str, Any]]


def show(page: Page) -> None:
    st.html(f"<style>{TABLE_STYLE}</style>")
    page.text("ml_cost")
    page.quiz("ml_cost_predict")
    made, rows = recorded()
    show_rows(page, rows, "recorded")
    st.caption(page.labels.format("ml_cost_made", **made))
    show_stopwatch(page)
    page.note("ml_cost_notice", "what_to_notice")
    page.note("ml_cost_wrong", "where_it_goes_wrong")
    page.quiz("ml_cost_knn")


@functools.cache
def recorded() -> tuple[dict[str, str], Rows]:
    """How the recorded costs were made, and a row for each model."""
    table = json.loads(RECORDED.read_text(encoding="utf-8"))
    return table["made"], table["rows"]


def show_rows(page: Page, rows: Rows, name: str) -> None:
    """Both times as a chart, everything as a table."""
    label = page.labels
    named = [{**row, "name": label.choice("contestants", row["contestant"])} for row in rows]
    words = {name: label[f"ml_cost_{name}"] for name in ("fit", "predict", "seconds")}
    page.chart(cost_chart(named, words), label["ml_cost_alt"])
    heads = [label["contestants"], *(label[f"ml_cost_{name}"] for name in COLUMNS)]
    lines = ["| " + " | ".join(heads) + " |", "|:--|" + "--:|" * len(COLUMNS)]
    lines += [f"| {row['name']} | " + " | ".join(say(name, row[name]) for name in COLUMNS) + " |" for row in named]
    with st.container(key=f"{TABLE}_{name}"):
        st.markdown("\n".join(lines))


def say(name: str, value: float) -> str:
    """Seconds as ms, bytes as kB, counts with separators."""
    if name in ("fit", "predict"):
        return f"{1000 * value:,.1f} ms" if value < 1 else f"{value:,.1f} s"
    return f"{value / 1000:,.1f} kB" if name == "bytes" else f"{value:,.0f}"


def show_stopwatch(page: Page) -> None:
    """A button, and the newest measurement on this server."""
    known = measurements().get("newest")
    name = "ml_cost_measure" if known is None else "ml_cost_again"
    if st.button(page.labels[name], key=f"{page.slug}.cost.measure", icon=":material/timer:", type="primary"):
        measurements()["newest"] = known = renew(known)
    if known is not None:
        show_measured(page, *known)


Measurement = tuple[dt.datetime, list[Future]]


@st.cache_resource(show_spinner=False)
def measurements() -> dict[str, Measurement]:
    """The newest stopwatch readings of this server: two readers who ask at once share them."""
    return {}


def renew(known: Measurement | None) -> Measurement:
    """A new measurement, a question for each model, unless one is under way."""
    if known is not None and not all(answer.done() for answer in known[1]):
        return known
    run = store().get(ContestSpec())
    return dt.datetime.now(dt.UTC), [run.ask({"cost": name}) for name in EVERYBODY]


def show_measured(page: Page, when: dt.datetime, answers: list[Future]) -> None:
    try:
        with st.spinner(page.labels["cost_busy"]):
            rows: Rows = [answer.result(timeout=PATIENCE) for answer in answers]
    except (TooLate, OSError, RuntimeError):
        st.warning(page.labels["cost_failed"])
        return
    show_rows(page, rows, "here")
    st.caption(page.labels.format("ml_cost_here", when=f"{when:%Y-%m-%d %H:%M:%S}"))
