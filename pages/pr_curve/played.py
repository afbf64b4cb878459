"""The scores of a run of the network playground, opened by a link that carries its settings."""

from __future__ import annotations

from concurrent.futures import TimeoutError as TooLate
from typing import Any

import numpy as np
import streamlit as st

from dlcore.functions.metrics import class_log_odds
from dlcore.run import Run
from dlcore.specs import PlaygroundSpec
from pages.concepts.panels import surface_panel
from ui.components import stage
from ui.components.scores import Source, from_scores, score_lab
from ui.course import find_page
from ui.page import Page

SCOPE, PREFIX = "played", "p."
ONE = {"n_seeds": 1}
PARTS = ("train", "test")
PATIENCE = 20  # seconds that a page waits for a worker
TOOLS = ("prevalence", "beta", "miss", "band")


def link(page: Page, spec: PlaygroundSpec) -> None:
    """A link that opens the scores of this run on the page PR curve."""
    settings = {f"{PREFIX}{name}": text for name, text in spec.to_texts().items()}
    page.link(find_page("pr_curve"), page.labels["open_scores"], ":material/insights:", tab="pr_played", **settings)


def show(page: Page) -> None:
    page.text("pr_played")
    page.quiz("pr_train_test")
    spec: PlaygroundSpec = page.spec(PlaygroundSpec, SCOPE, PREFIX, ONE)
    page.field_columns(spec, SCOPE, FIELDS, fixed=ONE)
    settings = {name: text for name, text in spec.to_texts().items() if name not in ONE}
    page.link(
        find_page("concepts"), page.labels["open_in_playground"], ":material/open_in_new:", tab="playground", **settings
    )
    run = page.play(spec, panels(page, spec), SCOPE, scope=SCOPE, rerun_at_end=True)
    page.edits(spec, SCOPE)
    show_scores(page, spec, run)
    page.take_home(spec, run, SCOPE)
    page.note("pr_played_notice", "what_to_notice")
    page.note("pr_played_wrong", "where_it_goes_wrong")


FIELDS = (("dataset", "noise"), ("n_samples", "train_share"), ("learning_rate", "n_steps"), ("data_seed", "seed"))


def panels(page: Page, spec: PlaygroundSpec) -> list[dict]:
    names = ("train_loss", "test_loss")
    series = [stage.series(name, page.labels[name]) for name in names]
    curve = stage.lines(page.labels["loss_curve"], series, alt=page.labels["loss_curve"], log=True, width=0.58)
    return [surface_panel(page, spec), curve]


def show_scores(page: Page, spec: PlaygroundSpec, run: Run) -> None:
    """The lab on the run's scores once it has ended, or what it waits for."""
    cut = page.asked("playcut")
    if spec.is_regression:
        st.info(page.labels["played_regression"], icon=":material/info:")
        return
    if not run.ended:
        st.info(page.labels["played_waiting"], icon=":material/info:")
        return
    parts = ask(run)
    if parts is None:
        st.warning(page.labels["played_failed"], icon=":material/warning:")
        return
    has_odds = spec.loss == "cross_entropy"
    source = to_source(parts, has_odds)
    n_classes = max(2, source["classes"])
    names = [page.labels.format("played_class", n=number) for number in range(n_classes)]
    scale = "logit" if has_odds else "any"
    score_lab(f"{page.slug}.playlab", source, page.labels, (names[0], names[1]), TOOLS, scale, cut, "playcut", names)


def ask(run: Run) -> dict[str, dict[str, np.ndarray]] | None:
    """Labels and scores of both parts at the end of the run, asked for once in a session; None where no answer came."""
    known: tuple[str, Any] | None = st.session_state.get("pr_curve:played")
    if known is None or known[0] != run.key:
        try:
            answers = {part: run.ask({"scores": part}).result(timeout=PATIENCE) for part in PARTS}
        except (TooLate, OSError, RuntimeError):
            return None
        known = st.session_state["pr_curve:played"] = (run.key, answers)
    return known[1]


def to_source(parts: dict[str, dict[str, np.ndarray]], has_odds: bool) -> Source:
    """One score a row, or row by row one a class: raw outputs (N, K), of a softmax (`has_odds`) its log-odds."""
    n_outputs = parts["test"]["y_score"].shape[1]
    listed = {}
    for name, part in parts.items():
        scores = class_log_odds(part["y_score"]) if has_odds and n_outputs > 1 else part["y_score"]
        listed[name] = part["y_true"].tolist(), scores.ravel().tolist()
    return from_scores(listed, choose="train", n_classes=n_outputs if n_outputs > 1 else 0)
