"""Forecast: a network beside three baselines that need no training; whoever has the smallest error is named."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dlcore.charts.series import repeat_chart
from dlcore.data.series import Forecasting, make_forecasting
from dlcore.run import Phase, Run
from dlcore.specs import ForecastSpec
from dlcore.specs.forecast import STARTER_SERIES
from pages.rnn import own_series
from ui.components import stage
from ui.page import Page

SCOPE, PREFIX = "forecast", "f."
SERIES = {  # settings that suit each
    "sunspots": {"n_lags": 22, "differenced": False},
    "co2": {"n_lags": 24, "differenced": True},
    "own": {"n_lags": 12, "differenced": False},
}
BASELINES = ("persistence", "seasonal", "autoregression")
MEASURES = ("one_step", "season_ahead")
N_SEEDS = 3


def show(page: Page) -> None:
    page.text("forecast")
    spec = page.spec(ForecastSpec, SCOPE, PREFIX)
    page.choose("series", tuple(SERIES), spec.series, SCOPE, lambda name: take_series(page, spec, name))
    if spec.series == "own":
        own_series.show(page, SCOPE)
    problem = make_forecasting(spec)
    page.chart(repeat(page, problem), page.labels["forecast_repeat_alt"])
    st.caption(page.labels[f"forecast_source_{spec.series}"])
    page.quiz("forecast_winner")
    show_settings(page, spec)
    run = page.play(spec, panels(page, spec, problem), SCOPE, scope=SCOPE, group=SCOPE)
    page.edits(spec, SCOPE)
    page.take_home(spec, run, SCOPE)
    show_band(page, spec)
    page.note("forecast_notice", "what_to_notice")
    page.note("forecast_wrong", "where_it_goes_wrong")
    page.quiz("forecast_scaling")


def take_series(page: Page, spec: ForecastSpec, name: str) -> None:
    """Another series, with lags and a target that suit it; an own one is kept while others are looked at."""
    values = spec.values or (STARTER_SERIES if name == "own" else ())
    page.set_fields(ForecastSpec, SCOPE, series=name, values=values, edits=(), **SERIES[name])


def show_settings(page: Page, spec: ForecastSpec) -> None:
    data = ("differenced", "test_share", *(("season",) if spec.series == "own" else ()))
    training = ("learning_rate", "batch_size", "n_steps")
    page.field_columns(spec, SCOPE, (data, ("cell", "n_lags", "n_units"), training))


def repeat(page: Page, problem: Forecasting) -> Any:
    """The chart to touch before any training: how far does one get by repeating?"""
    words = {name: page.labels[f"forecast_{name}"] for name in ("value", "repeated", "lag", "error", "time")}
    series = problem.series
    return repeat_chart(series.times, series.values, problem.n_train, series.season, words)


def panels(page: Page, spec: ForecastSpec, problem: Forecasting) -> list[dict]:
    label, times = page.labels, [problem.series.times[at] for at in problem.test_times]
    network = label["forecast_network"]
    values = problem.series.values
    air = 0.15 * (float(values.max() - values.min()) or 1.0)
    domain = (float(values.min()) - air, float(values.max()) + air)
    said = [("truth", label["forecast_truth"]), ("said", network), ("said_autoregression", name_of(page, BASELINES[2]))]
    free = [("free_truth", label["forecast_truth"]), ("free", network)]
    free += [(f"free_{name}", name_of(page, name)) for name in BASELINES[:0:-1]]
    ahead = [("by_horizon", network), *((f"by_horizon_{name}", name_of(page, name)) for name in BASELINES[::-1])]
    curves = [("forecast_said", said, "{n}", times, domain, 0.5), ("forecast_free", free, "{n}", times, domain, 0.5)]
    curves.append(("forecast_by_horizon", ahead, label["forecast_ahead_n"], (), None, 0.33))
    pictures = [
        stage.profile(
            label[title],
            [stage.series(name, words) for name, words in series],
            call,
            label[f"{title}_alt"],
            domain=limits,
            ticks=ticks,
            width=width,
            help=label[f"{title}_help"],
        )
        for title, series, call, ticks, limits, width in curves
    ]
    return [*pictures[:2], *error_panels(page, spec, 0.33), pictures[2]]


def error_panels(page: Page, spec: ForecastSpec, width: float) -> list[dict]:
    """Errors on the test part over the training, the baselines across."""
    return [
        stage.lines(
            page.labels[f"forecast_{measure}"],
            [stage.banded(measure, page.labels["forecast_network"], spec.n_seeds > 1)],
            alt=page.labels[f"forecast_{measure}"],
            rules=[stage.rule(f"{measure}_{name}", name_of(page, name)) for name in BASELINES],
            log=True,
            width=width,
        )
        for measure in MEASURES
    ]


def name_of(page: Page, baseline: str) -> str:
    return page.labels[f"forecast_{baseline}"]


def show_band(page: Page, spec: ForecastSpec) -> None:
    """The same with several networks: what of it was luck?"""
    several = spec.replace(n_seeds=N_SEEDS)
    st.markdown(f"**{page.labels['band']}** · {page.labels.format('forecast_band', n=N_SEEDS)}")
    run = page.play(
        several, error_panels(page, several, 0.5), f"{SCOPE}_band", group=SCOPE, compact=True, rerun_at_end=True
    )
    show_verdict(page, run)


def show_verdict(page: Page, run: Run) -> None:
    """Once the run is over: who was best at each measure, by the numbers."""
    if run.status().phase is not Phase.FINISHED:
        return
    last = run.history()[-1]
    for measure in MEASURES:
        st.markdown(verdict(page, measure, rank(last, measure)))


Row = tuple[str, float, float, float]  # name, median, lowest, highest


def rank(last: dict[str, float], measure: str) -> list[Row]:
    """The network's and the baselines' errors, the smallest median first."""
    median = last[measure]
    rows = [("network", median, last.get(f"{measure}_low", median), last.get(f"{measure}_high", median))]
    rows += [(name, error, error, error) for name in BASELINES for error in (last[f"{measure}_{name}"],)]
    return sorted(rows, key=lambda row: row[1])


def verdict(page: Page, measure: str, rows: list[Row]) -> str:
    """One sentence: the winner, and whether the seeds agree that the network is ahead or behind."""
    label = page.labels
    names = [label["forecast_network"] if name == "network" else name_of(page, name) for name, *_ in rows]
    network = next(row for row in rows if row[0] == "network")
    best_other = min(row[1] for row in rows if row[0] != "network")
    undecided = network[2] <= best_other <= network[3] and network[2] < network[3]
    listed = " · ".join(f"{name} {say(row)}" for name, row in zip(names, rows, strict=True))
    winner = label["forecast_undecided"] if undecided else label.format("forecast_wins", name=names[0])
    return f"**{label[f'forecast_{measure}']}**: {winner} {listed}"


def say(row: Row) -> str:
    """An error, and its range where there is one."""
    _, median, low, high = row
    return f"{median:.3g} ({low:.3g}–{high:.3g})" if low < high else f"{median:.3g}"
