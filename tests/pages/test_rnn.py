"""The page RNN, LSTM, GRU without a browser: the opened cell, the lab's verdict, absurd settings."""

from __future__ import annotations

import re

import numpy as np
import pytest

from dlcore.advance import advance, ask
from dlcore.data.symbol_tasks import TASKS
from dlcore.specs import BpttSpec, RecurrentCellSpec
from pages.rnn.equations import equations, plus
from tests.pages.test_pages import open_app
from ui.text import read_labels

LABELS = read_labels("en")
CELLS = ("rnn", "irnn", "lstm", "gru")


@pytest.fixture(autouse=True)
def inline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Train in this process, keep nothing."""
    monkeypatch.setenv("DLCORE_EXECUTOR", "inline")
    monkeypatch.setenv("DLCORE_CACHE_DIR", "")


def shown(app) -> list[str]:
    return [latex.value.strip("$\n") for latex in app.latex]


@pytest.mark.parametrize("cell", CELLS)
def test_the_equations_on_the_page_are_true(cell):
    """Every number chain is recomputed: what stands behind each “=” is equal, to the digits that are shown."""
    spec = RecurrentCellSpec(cell=cell, n_steps=20)
    answer = ask(spec, advance(spec, None, 20).state, {"string": TASKS["latch"].shown})
    assert answer["step"] == 20
    for t, unit in ((0, 0), (7, 3)):
        lines = equations(cell, answer, t, unit)
        assert len(lines) == {"rnn": 1, "irnn": 1, "lstm": 6, "gru": 4}[cell]
        for _, _, *sides in lines:
            assert np.ptp([compute(side.replace("\\,", "")) for side in sides]) < 4e-3, sides


def compute(side: str) -> float:
    """The value of one side of a printed equation."""
    text = re.sub(r"\\max\(0,\\;(.*)\)$", r"max(0,\1)", side)
    text = text.replace(r"\tanh", "tanh").replace(r"\sigma", "sigma").replace(r"\cdot", "*")
    text = re.sub(r"(\d) *\(", r"\1*(", text).replace("max(0,*(", "max(0,(")
    known = {"tanh": np.tanh, "sigma": lambda z: 1 / (1 + np.exp(-z)), "max": max}
    return float(eval(text, {"__builtins__": {}}, known))


def test_a_negative_term_is_subtracted():
    assert (plus(-0.5), plus(0.25)) == ("- 0.500", "+ 0.250")


def test_the_equations_are_those_of_the_chosen_cell_unit_and_step():
    app = open_app("rnn", "en", tab="cell", **{"c.cell": "gru", "c.n_units": "3", "c.n_steps": "10"})
    before = shown(app)
    assert {re.search(r"aligned} (\S+) &=", line)[1] for line in before} == {"r", "z", "n", "h_t"}
    slider = next(slider for slider in app.slider if slider.label == LABELS["cell_unit"])
    slider.set_value(3).run()
    assert not app.exception
    assert shown(app) != before
    assert any("Unit 3" in caption.value for caption in app.caption)


def test_an_own_string_is_read_and_a_wrong_one_refused():
    app = open_app("rnn", "en", tab="cell", **{"c.n_steps": "10"})
    box = next(box for box in app.text_input if box.label == LABELS["cell_string"])
    box.set_value("a.b?").run()
    assert not app.error
    assert next(slider for slider in app.slider if slider.label == LABELS["cell_t"]).max == 4
    next(box for box in app.text_input if box.label == LABELS["cell_string"]).set_value("a.x?").run()
    assert "Symbol 3" in app.error[0].value
    assert shown(app)


def test_a_preset_sets_every_field_of_the_lab():
    app = open_app("rnn", "en", tab="memory", **{"m.n_units": "7"})
    next(button for button in app.button if button.label == LABELS["memory_t50"]).click().run()
    assert not app.exception
    asked = {name: app.query_params[f"m.{name}"] for name in ("sequence_length", "n_units", "batch_size", "n_steps")}
    assert asked == {"sequence_length": "50", "n_units": "64", "batch_size": "50", "n_steps": "1000"}
    said = " ".join(text.value for text in app.markdown)
    assert f"**{LABELS['cell_lstm']}**: {LABELS['memory_solved']}" in said  # the recorded run has its verdict at once
    assert f"**{LABELS['cell_rnn']}**: {LABELS['memory_at_floor']}" in said


@pytest.mark.parametrize(
    ("tab", "asked"),
    [
        ("cell", {"c.cell": "transformer", "c.n_units": "9999"}),
        ("memory", {"m.cells": "", "m.sequence_length": "-5", "l.n_lengths": "99"}),
        ("bptt", {"b.radius": "nan", "b.window": "1e9"}),
        ("settings", {"s.vary": "everything", "s.n_seeds": "0"}),
    ],
)
def test_absurd_settings_are_corrected_and_said(tab, asked):
    app = open_app("rnn", "en", tab=tab, **asked)
    assert not app.exception
    assert app.warning


def test_the_window_longer_than_the_sequence_is_the_sequence():
    spec = BpttSpec(sequence_length=6, window=60, n_steps=2, n_units=3, n_seeds=1)
    last = advance(spec, None, 2).frames[-1].scalars
    assert last["loss_clipped"] == last["loss_truncated"]
