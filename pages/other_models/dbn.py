"""DBN: a stack of RBMs that makes up digits, and the same as a start for a classifier with few labels."""

from __future__ import annotations

import streamlit as st

from dlcore.evidence.rbm import DBN_CLAIMS
from dlcore.run import Phase, Run
from dlcore.specs import BeliefNetSpec, PretrainingSpec
from pages.other_models.rbm import show_fields, show_film, show_record
from pages.other_models.rbm_panels import pretraining_panels, stack_panels
from ui.page import Page

STACK, PRETRAINING = "belief_net", "pretraining"
START = {"stack_sizes": (100, 100), "gibbs_steps": 5, "n_steps": 8000}  # the kind's own default is a single RBM
STACK_FIELDS = (("rbm_rule", "gibbs_steps"), ("learning_rate", "rbm_momentum"), ("stack_sizes", "n_steps"))
STACK_MORE = (("rbm_pixels", "batch_size"), ("rbm_decay", "seed"))
PRETRAINING_FIELDS = (("labels_per_class", "stack_sizes"), ("rbm_rate", "rbm_steps"), ("learning_rate", "n_steps"))
PRETRAINING_MORE = (("n_seeds",), ("seed",))


def show(page: Page) -> None:
    page.text("dbn")
    page.quiz("dbn_directed")
    show_stack(page)
    show_pretraining(page)
    page.note("dbn_wrong", "where_it_goes_wrong")


def show_stack(page: Page) -> None:
    """Layer by layer, and what the layers so far make up."""
    page.text("dbn_stack")
    page.begin_with(BeliefNetSpec, STACK, "d.", **START)
    spec = page.spec(BeliefNetSpec, STACK, "d.")
    show_fields(page, spec, STACK, STACK_FIELDS, STACK_MORE)
    run = page.play(spec, stack_panels(page), STACK, scope=STACK, rerun_at_end=True)
    page.edits(spec, STACK)
    show_film(page, run, STACK)
    page.take_home(spec, run, STACK)
    page.note("dbn_stack_notice", "what_to_notice")


def show_pretraining(page: Page) -> None:
    page.text("dbn_pretraining")
    page.quiz("dbn_few_labels")
    spec = page.spec(PretrainingSpec, PRETRAINING, "p.")
    show_fields(page, spec, PRETRAINING, PRETRAINING_FIELDS, PRETRAINING_MORE)
    run = page.play(spec, pretraining_panels(page), PRETRAINING, scope=PRETRAINING, rerun_at_end=True)
    page.edits(spec, PRETRAINING)
    show_verdict(page, spec, run)
    page.take_home(spec, run, PRETRAINING)
    page.note("dbn_pretraining_notice", "what_to_notice")
    show_record(page, DBN_CLAIMS)


def show_verdict(page: Page, spec: PretrainingSpec, run: Run) -> None:
    """What the finished run says, seed by seed."""
    if run.status().phase is not Phase.FINISHED:
        return
    last = run.history()[-1]
    gains = {name: f"{100 * last[name]:.1f}".replace("-", "−") for name in ("gain_random", "gain_relu")}
    counts = {name: int(last[name]) for name in ("better_random", "better_relu")}
    said = page.labels.format("dbn_verdict", **gains, **counts, n_seeds=spec.n_seeds, n_labels=spec.labels_per_class)
    st.info(said, icon=":material/balance:")
