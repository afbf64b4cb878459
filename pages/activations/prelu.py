"""PReLU: the slope of each layer learns; watch it, and what it is worth."""

import streamlit as st

from dlcore.specs import LearnedSlopeSpec
from ui.components import stage
from ui.page import Page

SCOPE, PREFIX = "prelu", "p."
LANES = {"learned": "slope_learned", "fixed": "slope_fixed"}
REACH = 3.0  # of the drawn functions, as in dlcore/experiments/learned_slope.py


def show(page: Page) -> None:
    page.text("prelu")
    page.quiz("prelu_linear")
    spec = page.spec(LearnedSlopeSpec, SCOPE, PREFIX)
    columns = st.columns([1, 1.2, 1.2], gap="medium")
    fields = (("dataset", "noise", "n_samples"), ("start_slope", "hidden_sizes", "init", "seed"))
    training = ("learning_rate", "optimizer", "batch_size", "n_steps")
    for column, names in zip(columns, (*fields, training), strict=True):
        with column:
            page.fields(spec, SCOPE, names)
    run = page.play(spec, panels(page, spec), SCOPE, scope=SCOPE)
    page.edits(spec, SCOPE)
    page.take_home(spec, run, SCOPE)
    page.note("prelu_notice", "what_to_notice")
    page.note("prelu_wrong", "where_it_goes_wrong")


def panels(page: Page, spec: LearnedSlopeSpec) -> list[dict]:
    label = page.labels
    layers = range(1, len(spec.hidden_sizes) + 1)
    slopes = [
        stage.series(f"slope_{n}", label.format("layer_n", n=n), low=f"slope_{n}_low", high=f"slope_{n}_high")
        for n in layers
    ]
    shapes = [stage.curve(f"shape_{n}", label.format("layer_n", n=n), number=n - 1) for n in layers]
    extent = (-REACH, REACH, -REACH, REACH)
    return [
        stage.plot(label["shapes"], shapes, alt=label["shapes"], extent=extent, width=0.36),
        stage.lines(label["slopes"], slopes, alt=label["slopes"], width=0.64),
        *(compared(page, name) for name in ("test_loss", "test_accuracy")),
    ]


def compared(page: Page, name: str) -> dict:
    """A measure of both lanes with its band over the seeds."""
    label = page.labels
    series = [
        stage.series(f"{name}_{lane}", label[word], low=f"{name}_{lane}_low", high=f"{name}_{lane}_high")
        for lane, word in LANES.items()
    ]
    return stage.lines(label[name], series, alt=label[name], log=name == "test_loss", width=0.5)
