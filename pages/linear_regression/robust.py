"""Outliers: how hard one residual pulls under MSE, MAE and Huber, and the three lines that come of it."""

import functools

import streamlit as st

from dlcore.charts.regression import pull_chart
from dlcore.specs import RobustFitSpec
from ui.components import stage
from ui.page import Page

SCOPE, PREFIX = "robust", "r."
FIELDS = (
    ("n_samples", "n_outliers", "spread"),
    ("outlier_x", "outlier_y", "data_seed"),
    ("delta", "learning_rate", "n_steps"),
)
LOSSES = ("mse", "mae", "huber")
EXTENT = (-3.0, 3.0, -8.0, 8.0)


def show(page: Page) -> None:
    page.text("robust")
    page.quiz("robust_move")
    page.chart(pull_chart(page.labels), alt=page.labels["linreg_pull_alt"])
    spec = page.spec(RobustFitSpec, SCOPE, PREFIX)
    page.field_columns(spec, SCOPE, FIELDS)
    st.caption(page.labels["linreg_click_outlier"])
    place = functools.partial(_place, page)
    run = page.play(spec, robust_panels(page), SCOPE, scope=SCOPE, on_click=place)
    page.edits(spec, SCOPE)
    page.take_home(spec, run, SCOPE)
    page.note("robust_notice", "what_to_notice")
    page.note("robust_wrong", "where_it_goes_wrong")
    page.quiz("robust_leverage")


def robust_panels(page: Page) -> list[dict]:
    label = page.labels
    layers = [
        stage.points("xy", "labels", label=label["linreg_honest_outliers"]),
        stage.line("truth", label=label["linreg_truth"], dash=True),
        *(stage.curve(f"{name}_line", label.choice("linreg", name), number) for number, name in enumerate(LOSSES)),
    ]
    return [
        stage.plot(
            label["linreg_three_lines"],
            layers,
            label["linreg_three_lines"],
            extent=EXTENT,
            width=0.5,
            clickable=1,
            axes=("x", "y"),
        ),
        stage.lines(
            label["linreg_off"],
            [stage.series(f"{name}_off", label.choice("linreg", name)) for name in LOSSES],
            alt=label["linreg_off"],
            width=0.5,
        ),
        stage.sentence({"0": label["linreg_robust_sentence"]}, case="case", title=label["linreg_pull"]),
    ]


def _place(page: Page, x: float, y: float, label: int) -> None:
    page.set_fields(RobustFitSpec, SCOPE, outlier_x=round(x, 2), outlier_y=round(y, 2), edits=())
