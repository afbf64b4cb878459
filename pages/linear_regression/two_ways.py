"""Closed form and gradient descent on the same axes; the learning rate at which descent diverges, told beforehand."""

import functools

import streamlit as st

from dlcore.charts.regression import by_hand_chart
from dlcore.data.regression_problem import make_problem
from dlcore.specs import LinearRegressionSpec
from pages.linear_regression import panels
from ui.page import Page

SCOPE = "descent"
DATA = ("n_samples", "x_mean", "x_spread", "spread")
TABLES = {"penguins": ("linreg_bill_length", "linreg_bill_depth")}


def show(page: Page) -> None:
    page.text("two_ways")
    page.quiz("two_ways_limit")
    spec = page.spec(LinearRegressionSpec, SCOPE)
    if spec.table in ("own", "diabetes"):  # they have a tab of their own
        spec = spec.replace(table="line", rows=())
    problem = make_problem(spec)
    page.chart(by_hand_chart(problem.x[:, 0], problem.y, 1, 5.0, page.labels), alt=page.labels["linreg_by_hand_alt"])
    show_settings(page, spec)
    place = functools.partial(_place, page)
    shown = panels.panels(page, spec, column_names(page, spec), clickable=True)
    several = spec.batch_size < len(problem.y)
    run = page.play(spec, shown, SCOPE, scope=SCOPE, on_click=place, group=SCOPE)
    page.edits(spec, SCOPE)
    page.take_home(spec, run, SCOPE)
    if several:
        panels.show_band(page, spec, SCOPE)
    page.note("two_ways_notice", "what_to_notice")
    page.note("two_ways_wrong", "where_it_goes_wrong")
    page.quiz("two_ways_factor")
    page.quiz("two_ways_batch")


def show_settings(page: Page, spec: LinearRegressionSpec) -> None:
    """Data, loss and batches, learning rate with its limit."""
    data, descent, rate = st.columns([1, 1, 1.3], gap="medium")
    with data:
        page.fields(spec, SCOPE, ("table", *(DATA if spec.table == "line" else ())))
    with descent:
        page.fields(spec, SCOPE, ("loss_factor", "scaled", "batch_size", "n_steps"))
        page.fields(spec, SCOPE, (*(("data_seed",) if spec.table == "line" else ()), "seed"))
    with rate:
        page.fields(spec, SCOPE, ("learning_rate",))
        panels.show_limit(page, spec, SCOPE)
        st.caption(page.labels["linreg_click"])


def column_names(page: Page, spec: LinearRegressionSpec) -> tuple[str, ...]:
    """What the axes are called, with their units."""
    return tuple(page.labels[key] for key in TABLES[spec.table]) if spec.table in TABLES else ("x", "y")


def _place(page: Page, x: float, y: float, label: int) -> None:
    page.set_fields(LinearRegressionSpec, SCOPE, start_b=round(x, 3), start_w=round(y, 3), edits=())
