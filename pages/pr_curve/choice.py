"""A threshold chosen on validation and reported on test, over many splits: how much of its F was luck."""

from __future__ import annotations

import streamlit as st

from dlcore.run import Phase, Run
from dlcore.specs import ThresholdChoiceSpec
from ui.components import stage
from ui.page import Page

SCOPE, PREFIX = "choice", "c."
MEASURES = ("valid_f", "test_f", "peeked_f", "fixed_f")


def show(page: Page) -> None:
    page.text("pr_choice")
    page.quiz("pr_gap")
    spec = page.spec(ThresholdChoiceSpec, SCOPE, PREFIX)
    page.field_columns(spec, SCOPE, FIELDS)
    run = page.play(spec, panels(page), SCOPE, scope=SCOPE, rerun_at_end=True)
    if run.status().phase is Phase.FINISHED:
        st.info(verdict(page, run), icon=":material/balance:")
    page.take_home(spec, run, SCOPE)
    page.note("pr_choice_notice", "what_to_notice")
    page.note("pr_choice_wrong", "where_it_goes_wrong")
    page.quiz("pr_peek")


FIELDS = (("scored_data", "n_steps"), ("n_train_cases", "n_valid_cases"), ("f_beta", "seed"))


def panels(page: Page) -> list[dict]:
    """Every split as a point, and the means so far."""
    label = page.labels
    series = [stage.banded(name, label[f"choice_{name}"]) for name in MEASURES]
    return [
        stage.plot(
            label["choice_pairs"],
            [stage.line("diagonal", label["choice_diagonal"], dash=True), stage.points("pairs", "labels")],
            extent=(0, 1.02, 0, 1.02),
            axes=(label["choice_valid_f"], label["choice_test_f"]),
            help=label["choice_pairs_help"],
            alt=label["choice_pairs"],
            width=0.42,
        ),
        stage.lines(label["choice_means"], series, alt=label["choice_means"], domain=(0, 1), width=0.58),
    ]


def verdict(page: Page, run: Run) -> str:
    """The gap between both F with its interval, once all splits are measured."""
    last = run.history()[-1]
    names = (*MEASURES, "gap", "gap_low", "gap_high")
    numbers = {name: f"{last[name]:.3f}".replace("-", "−") for name in names}
    case = "choice_gap" if last["gap_low"] > 0 else "choice_no_gap"
    return page.labels.format(case, n=int(last["n_splits"]), **numbers)
