"""The fifth difference: where each is used. The same contestants on tables, a signal, images, text."""

from typing import Any

import streamlit as st

from dlcore.charts.ml_vs_dl import scores_chart
from dlcore.specs import ContestSpec
from pages.ml_vs_dl.contests import MORE, NETS, Row, best, contest_spec, outcome, panels, percent, show_cost, words
from ui.page import Page

SCOPE, PREFIX = "tasks", "t."
USUAL: dict[str, Any] = {
    "tasks": ("friedman1", "diabetes", "mnist1d", "digits", "mnist", "opinions"),
    "train_sizes": ("1000",),
    "contestants": ("logistic", "boosting", "mlp", "cnn"),
    "net_updates": 500,
}


def show(page: Page) -> None:
    page.text("ml_tasks")
    page.quiz("ml_tasks_tables")
    spec = contest_spec(page, SCOPE, PREFIX, **USUAL)
    page.fields(spec, SCOPE, ("tasks", "contestants"))
    with st.expander(page.labels["more_settings"], icon=":material/tune:"):
        page.field_columns(spec, SCOPE, ("train_sizes", "views", MORE))
    show_cost(page, spec)
    run = page.play(spec, panels(page, spec, places(page, spec)), SCOPE, rerun_at_end=True, pace=30)
    show_outcome(page, outcome(page, spec, run))
    page.take_home(spec, run, SCOPE)
    page.note("ml_tasks_notice", "what_to_notice")
    page.note("ml_tasks_wrong", "where_it_goes_wrong")
    page.quiz("ml_tasks_order")


def places(page: Page, spec: ContestSpec) -> list[str]:
    """What the columns of the table are called."""
    label = page.labels
    places = dict.fromkeys((cell.task, cell.view, cell.n_train) for cell in spec.cells)
    return [
        label.choice("tasks", task).split(" (")[0].split("（")[0]
        + (f" · {label.choice('views', view)}" if len(spec.views) > 1 else "")
        + (f" · {n:,}" if len(spec.train_sizes) > 1 else "")
        for task, view, n in places
    ]


def show_outcome(page: Page, rows: list[Row]) -> None:
    """The verdict of each task, and all numbers with their ranges."""
    if not rows:
        return
    for sentence in findings(page, rows):
        st.markdown(f"- {sentence}")
    named = [
        {**row, "place": row["contestant"], "contestant": page.labels.choice("tasks", row["task"])} for row in rows
    ]
    page.chart(scores_chart(named, words(page, place=page.labels["contestants"])), page.labels["ml_tasks_alt"])


def findings(page: Page, rows: list[Row]) -> list[str]:
    """For each task: the best classical model against the best network, decided by whether their ranges overlap."""
    said = []
    for task in dict.fromkeys(row["task"] for row in rows):
        here = [row for row in rows if row["task"] == task]
        classic, nets = ([row for row in here if (row["name"] in NETS) == deep] for deep in (False, True))
        if classic and nets:
            said.append(compare(page, task, best(classic)[0], best(nets)[0]))
    return said


def compare(page: Page, task: str, classic: Row, net: Row) -> str:
    """Which side is ahead on a task, or that neither is."""
    if classic["low"] > net["high"]:
        key = "ml_task_classic"
    else:
        key = "ml_task_net" if net["low"] > classic["high"] else "ml_task_open"
    values = {"classic": classic["contestant"], "a": percent(classic["mean"])}
    values |= {"net": net["contestant"], "b": percent(net["mean"]), "task": page.labels.choice("tasks", task)}
    return page.labels.format(key, **values)
