"""Polynomial degree and penalty: training and test error, one degree or one strength a step."""

import streamlit as st

from dlcore.charts.regression import by_hand_chart
from dlcore.data.regression import make_sample
from dlcore.specs import PolynomialFitSpec
from ui.components import stage
from ui.page import Page

SCOPE, PREFIX = "polynomial", "p."
PRESETS = {
    "degrees": {"sweep": "degree", "penalty": "none", "n_steps": 15},
    "ridge": {"sweep": "strength", "penalty": "ridge", "n_steps": 40, "degree": 12},
    "lasso": {"sweep": "strength", "penalty": "lasso", "n_steps": 40, "degree": 12},
}
PACE, N_SEEDS = 4, 8


def show(page: Page) -> None:
    page.text("polynomial")
    page.quiz("polynomial_degree")
    spec = page.spec(PolynomialFitSpec, SCOPE, PREFIX)
    (x, _), (y, _) = make_sample(spec.n_train, spec.spread, spec.data_seed)
    page.chart(by_hand_chart(x, y, 3, 5.0, page.labels), alt=page.labels["linreg_by_hand_alt"])
    show_settings(page, spec)
    run = page.play(spec, polynomial_panels(page, spec), SCOPE, pace=PACE, group=SCOPE)
    page.take_home(spec, run, SCOPE)
    show_band(page, spec)
    page.note("polynomial_notice", "what_to_notice")
    page.note("polynomial_wrong", "where_it_goes_wrong")
    page.quiz("polynomial_lasso")


def show_settings(page: Page, spec: PolynomialFitSpec) -> None:
    with st.container(horizontal=True, gap="small"):
        for name, values in PRESETS.items():
            st.button(
                page.labels[f"linreg_preset_{name}"],
                key=f"{page.slug}.{SCOPE}.preset.{name}",
                on_click=page.set_fields,
                args=(PolynomialFitSpec, SCOPE),
                kwargs=values,
            )
    still = "degree" if spec.sweep == "strength" else "strength"
    matters = still == "degree" or spec.penalty != "none"
    data, fit = ("n_train", "spread", "data_seed"), ("sweep", "penalty")
    page.field_columns(spec, SCOPE, (data, fit, (*((still,) if matters else ()), "n_steps")))


def polynomial_panels(page: Page, spec: PolynomialFitSpec) -> list[dict]:
    label = page.labels
    layers = [
        stage.points("train_xy", "train_labels", label=label["train_points"]),
        stage.points("test_xy", "test_labels", label=label["test_points"], marker="square", shown=False),
        stage.curve("truth", label=label["linreg_truth"], number=1),
        stage.curve("fit", label=label["linreg_polynomial"], number=5),
    ]
    weights = [stage.series("coefficients", label["linreg_term_weight"])]
    axes = ("x", "y")
    return [
        stage.plot(
            label["linreg_polynomial"],
            layers,
            label["linreg_polynomial"],
            (-1.05, 1.05, -2.2, 2.2),
            width=0.33,
            axes=axes,
        ),
        error_panel(
            page, spec, [stage.series(f"{split}_error", label[f"linreg_{split}_error"]) for split in SPLITS], 0.33
        ),
        stage.profile(
            label["linreg_term_weights"],
            weights,
            "P{n}",
            label["linreg_term_weights"],
            width=0.33,
            help=label["linreg_term_help"],
        ),
        stage.sentence(
            {"0": label["linreg_fit_free"], "1": label["linreg_fit_penalised"]}, case="case", title=label["linreg_now"]
        ),
    ]


SPLITS = ("train", "test")


def error_panel(page: Page, spec: PolynomialFitSpec, series: list[dict], width: float) -> dict:
    title = page.labels["linreg_errors_by_degree" if spec.sweep == "degree" else "linreg_errors_by_strength"]
    return stage.lines(title, series, alt=title, log=True, width=width)


def show_band(page: Page, spec: PolynomialFitSpec) -> None:
    """The same sweep for eight samples of points."""
    st.markdown(f"**{page.labels['band']}** · {page.labels['linreg_band_samples']}")
    several = spec.replace(n_seeds=N_SEEDS)
    series = [stage.banded(f"{split}_error", page.labels[f"linreg_{split}_error"]) for split in SPLITS]
    page.play(several, [error_panel(page, several, series, 1.0)], f"{SCOPE}_band", group=SCOPE, compact=True)
