"""What a linear regression shows: the line and the map of the loss, or weights and predictions of several inputs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st

from dlcore.data.regression_problem import Problem, make_problem
from dlcore.specs import LinearRegressionSpec
from ui.components import stage
from ui.page import Page

N_SEEDS = 8


def panels(page: Page, spec: LinearRegressionSpec, names: Sequence[str], clickable: bool = False) -> list[dict]:
    """`names` are those of the inputs and the target; with `clickable` a click on the map sets the start."""
    problem = make_problem(spec)
    if problem.n_inputs > 1:
        pictures = [answers_panel(page, problem, names[-1]), weights_panel(page, names[:-1])]
    else:
        pictures = [line_panel(page, problem, names), map_panel(page, problem, spec.scaled, clickable)]
    return [*pictures, excess_panel(page), update_panel(page, spec)]


def line_panel(page: Page, problem: Problem, names: Sequence[str]) -> dict:
    label = page.labels
    layers = [
        stage.points("xy", "labels", label=label["linreg_points"]),
        stage.line("best_line", label=label["linreg_closed_form"], dash=True),
        stage.curve("line", label=label["linreg_descent"], number=5),
    ]
    alt = label["linreg_line_alt"]
    return stage.plot(label["linreg_line"], layers, alt, extent=problem.extent, width=0.33, axes=names)


def map_panel(page: Page, problem: Problem, scaled: bool, clickable: bool) -> dict:
    """The loss over intercept and slope, both on the same scale, so that descent crosses its lines at right angles."""
    label = page.labels
    layers = [
        stage.contours("surface", reading=label["linreg_reading"]),
        stage.highlight("minimum", label=label["linreg_closed_form"]),
        stage.path("b", "w", label=label["linreg_path"], number=5),
    ]
    return stage.plot(
        label["linreg_map"],
        layers,
        label["linreg_map_alt"],
        extent=problem.map_extent,
        help=label["linreg_map_help"],
        width=0.33,
        clickable=int(clickable),
        axes=(label["linreg_b"], label["linreg_w_scaled" if scaled else "linreg_w"]),
    )


def answers_panel(page: Page, problem: Problem, target: str) -> dict:
    label = page.labels
    layers = [
        stage.points("best", "labels", label=label["linreg_closed_form"], marker="square", shown=False),
        stage.points("answers", "labels", label=label["linreg_descent"]),
        stage.curve("diagonal", label=label["linreg_diagonal"], number=1),
    ]
    axes = (f"{target} – {label['linreg_true']}", label["linreg_predicted"])
    return stage.plot(
        label["linreg_answers"], layers, label["linreg_answers"], extent=problem.extent, width=0.33, axes=axes
    )


def weights_panel(page: Page, inputs: Sequence[str]) -> dict:
    label = page.labels
    series = [
        stage.series("weights_now", label["linreg_descent"]),
        stage.series("weights_best", label["linreg_closed_form"]),
    ]
    return stage.profile(
        label["linreg_weights"],
        series,
        name="{n}",
        alt=label["linreg_weights"],
        width=0.33,
        ticks=[n[:10] for n in inputs],
    )


def excess_panel(page: Page) -> dict:
    label = page.labels
    series = [stage.series("excess", label["linreg_excess"])]
    return stage.lines(label["linreg_excess"], series, alt=label["linreg_excess"], log=True, width=0.33)


def update_panel(page: Page, spec: LinearRegressionSpec) -> dict:
    label = page.labels
    said = {"0": label["linreg_below"], "1": label["linreg_above"]}
    update = "" if make_problem(spec).n_inputs > 1 else label["linreg_update"]
    return stage.sentence(
        {case: f"{text} {update}" for case, text in said.items()}, case="above", title=label["update"]
    )


def show_band(page: Page, spec: LinearRegressionSpec, key: str) -> None:
    """The same descent with eight orders of the batches: is it luck?"""
    st.markdown(f"**{page.labels['band']}** · {page.labels['linreg_band']}")
    several = spec.replace(n_seeds=N_SEEDS)
    series = [stage.banded("excess", page.labels["median"])]
    label = page.labels["linreg_excess"]
    chart = [stage.lines(label, series, alt=label, log=True, width=1.0)]
    page.play(several, chart, f"{key}_band", group=key, compact=True)


def plain(value: float, digits: int = 4) -> str:
    """A positive number to so many digits, written out."""
    if value == float("inf"):
        return "∞"
    return (
        f"{value:,.0f}"
        if value >= 10**digits
        else np.format_float_positional(value, digits, fractional=False, trim="-")
    )


def show_limit(page: Page, spec: LinearRegressionSpec, scope: str) -> None:
    """The predicted limit beside the learning rate, and two presets on its two sides."""
    problem = make_problem(spec)
    label = page.labels
    said = label.format(
        "linreg_limit",
        factor=label.choice("loss_factor", spec.loss_factor),
        limit=plain(problem.limit),
        kappa=plain(problem.kappa, 3),
        largest=plain(2 / problem.limit),
    )
    st.markdown(said)
    with st.container(horizontal=True, gap="small"):
        for share in (0.99, 1.01):
            st.button(
                label.format("linreg_preset", share=f"{share:g}"),
                key=f"{page.slug}.{scope}.preset.{share}",
                on_click=page.set_fields,
                args=(type(spec), scope),
                kwargs={
                    "learning_rate": share * problem.limit,
                    "batch_size": 500,
                    "n_steps": 1000,
                    "edits": (),
                },
            )
