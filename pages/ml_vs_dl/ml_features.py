"""The first difference: who makes the features. Nine models on raw, hand-made and shuffled input."""

import functools
from typing import Any

import numpy as np
import streamlit as st

from dlcore.charts.ml_vs_dl import scores_chart, views_chart
from dlcore.frames import unpack
from dlcore.functions.features import align, detrend, shuffled_order
from dlcore.specs import ContestSpec, SignalClassifierSpec
from pages.ml_vs_dl.contests import MORE, Row, best, contest_spec, outcome, panels, percent, show_cost, words
from ui.page import Page
from ui.runtime import store

SCOPE, PREFIX = "features", "f."
VIEWS = ("raw", "engineered", "shuffled")
EVERYBODY = ("logistic", "tree", "forest", "svm", "knn", "boosting", "mlp", "cnn", "gru")
USUAL: dict[str, Any] = {
    "tasks": ("mnist1d",),
    "views": VIEWS,
    "train_sizes": ("4000",),
    "contestants": EVERYBODY,
    "net_updates": 1000,
}
TASKS = ("mnist1d", "digits", "mnist", "opinions")  # those with an axis


def show(page: Page) -> None:
    page.text("ml_features")
    show_views(page)
    page.quiz("ml_features_shuffled")
    spec = contest_spec(page, SCOPE, PREFIX, **USUAL)
    task = spec.tasks[0]
    page.choose("tasks", TASKS, task, SCOPE, functools.partial(_begin, page))
    page.fields(spec, SCOPE, ("contestants",))
    with st.expander(page.labels["more_settings"], icon=":material/tune:"):
        page.field_columns(spec, SCOPE, ("train_sizes", *MORE))
    show_cost(page, spec)
    run = page.play(spec, panels(page, spec, places(page, spec)), SCOPE, rerun_at_end=True, pace=30)
    show_outcome(page, outcome(page, spec, run))
    page.take_home(spec, run, SCOPE)
    page.note("ml_features_notice", "what_to_notice")
    page.note("ml_features_wrong", "where_it_goes_wrong")
    page.quiz("ml_features_hand")


def _begin(page: Page, task: str) -> None:
    page.set_fields(ContestSpec, SCOPE, **{**USUAL, "tasks": (task,)})


def places(page: Page, spec: ContestSpec) -> list[str]:
    """What the columns of the table are called."""
    several = len(spec.train_sizes) > 1
    sizes = sorted(map(int, spec.train_sizes))
    return [
        page.labels.choice("views", view) + (f" · {size:,}" if several else "")
        for _ in spec.tasks
        for size in sizes
        for view in spec.views
    ]


def show_views(page: Page) -> None:
    """One signal of each digit: as it is, as a careful engineer would turn it, shuffled."""
    frames = store().get(SignalClassifierSpec()).frames_since(0)
    if not frames:
        return
    arrays = unpack(frames[0].blob).arrays
    raw = np.stack([arrays[f"signal_{digit}"] for digit in range(10)]).astype(float)  # (10, 40)
    label = page.labels
    views = {
        label["views_raw"]: raw,
        label["ml_views_turned"]: align(detrend(raw)),
        label["views_shuffled"]: raw[:, shuffled_order(raw.shape[1])],
    }
    page.chart(views_chart(views, label["ml_views_choose"], {"place": label["ml_views_place"]}), label["ml_views_alt"])
    st.caption(label["ml_mnist1d_line"])


def show_outcome(page: Page, rows: list[Row]) -> None:
    """What the numbers say, and all of them with their ranges."""
    if not rows:
        return
    for sentence in findings(page, rows):
        st.markdown(f"- {sentence}")
    named = [{**row, "place": page.labels.choice("views", row["view"])} for row in rows]
    page.chart(scores_chart(named, words(page, place=page.labels["views"])), page.labels["contest_chart_alt"])


def findings(page: Page, rows: list[Row]) -> list[str]:
    """The winner of each view, whom hand-made features help most, and what shuffling costs."""
    largest = max(row["n_train"] for row in rows)
    by_view = {
        view: {row["name"]: row for row in rows if (row["view"], row["n_train"]) == (view, largest)} for view in VIEWS
    }
    said = [winner(page, view, list(here.values())) for view, here in by_view.items() if len(here) > 1]
    raw = by_view["raw"]
    made = changes(raw, by_view["engineered"])
    if made:
        name = max(made, key=lambda name: made[name])
        said.append(page.labels.format("ml_found_made", **_pair(raw[name], by_view["engineered"][name])))
    lost = changes(raw, by_view["shuffled"])
    if lost:
        each = [
            f"{raw[name]['contestant']} {_signed(change)}" for name, change in sorted(lost.items(), key=lambda p: p[1])
        ]
        said.append(page.labels.format("ml_found_shuffled", changes=", ".join(each)))
    return said


def winner(page: Page, view: str, rows: list[Row]) -> str:
    first, second = best(rows)[:2]
    key = "ml_found_winner" if first["low"] > second["high"] else "ml_found_close"
    values = {"first": first["contestant"], "a": percent(first["mean"]), "second": second["contestant"]}
    return page.labels.format(key, view=page.labels.choice("views", view), b=percent(second["mean"]), **values)


def changes(before: dict[str, Row], after: dict[str, Row]) -> dict[str, float]:
    """By how many points each contestant's mean changes, where both are known."""
    return {name: after[name]["mean"] - before[name]["mean"] for name in before if name in after}


def _pair(before: Row, after: Row) -> dict[str, str]:
    return {"name": before["contestant"], "a": percent(before["mean"]), "b": percent(after["mean"])}


def _signed(points: float) -> str:
    return f"{points:+.1f}".replace("-", "−")
