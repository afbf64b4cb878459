"""Scaled against unscaled inputs: the condition number moves in the browser, then both descend side by side."""

import streamlit as st

from dlcore.charts.regression import bowl_chart
from dlcore.data.regression_problem import make_problem
from dlcore.functions.least_squares import steps_to_shrink
from dlcore.specs import LinearRegressionSpec
from pages.linear_regression import panels
from pages.linear_regression.two_ways import DATA, column_names
from ui.page import Page

SCOPE, PREFIX = "scaling", "s."
FIXED = {"scaled": False}


def show(page: Page) -> None:
    page.text("feature_scaling")
    page.quiz("scaling_steps")
    page.chart(bowl_chart(page.labels), alt=page.labels["linreg_bowl_alt"])
    spec = page.spec(LinearRegressionSpec, SCOPE, PREFIX, FIXED)
    if spec.table in ("own", "diabetes"):
        spec = spec.replace(table="line", rows=())
    show_settings(page, spec)
    for column, (name, scaled) in zip(st.columns(2, gap="medium"), (("raw", False), ("scaled", True)), strict=True):
        with column:
            show_side(page, spec, name, scaled)
    page.note("scaling_notice", "what_to_notice")
    page.note("scaling_wrong", "where_it_goes_wrong")
    page.quiz("scaling_predictions")


def show_settings(page: Page, spec: LinearRegressionSpec) -> None:
    names = ("table", *(DATA if spec.table == "line" else ()), "n_steps")
    page.field_columns(spec, SCOPE, (names[:2], names[2:4], names[4:]), fixed=FIXED)


def show_side(page: Page, shared: LinearRegressionSpec, name: str, scaled: bool) -> None:
    """One descent at the best constant rate that its own curvature allows, with the steps predicted for it."""
    problem = make_problem(shared.replace(scaled=scaled))
    rate = min(max(problem.best_rate, 1e-9), 100.0)
    spec = shared.replace(scaled=scaled, learning_rate=rate, edits=(), start_b=0.0, start_w=0.0)
    st.subheader(page.labels[f"linreg_side_{name}"])
    steps = steps_to_shrink(problem.kappa)
    st.markdown(
        page.labels.format(
            "linreg_forecast",
            kappa=panels.plain(problem.kappa),
            rate=panels.plain(rate, 3),
            steps=f"{steps:,.0f}".replace(",", " ") if steps < 1e7 else "∞",
        )
    )
    key = f"{SCOPE}_{name}"
    shown = panels.panels(page, spec, column_names(page, spec))
    for panel in shown:
        panel["width"] = 0.5
    run = page.play(spec, shown, key, group=SCOPE)
    page.take_home(spec, run, key)
