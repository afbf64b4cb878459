"""The stopwatch measures what the contest fits."""

from __future__ import annotations

import pytest

from dlcore.advance import ask
from dlcore.models.contest_cost import EVERYBODY, N_SAMPLES, measure_cost
from dlcore.specs import ContestSpec
from pages.ml_vs_dl import ml_cost


@pytest.mark.parametrize("name", ["logistic", "tree", "knn", "mlp", "cnn"])
def test_a_cost_has_every_number(name):
    row = measure_cost(name)
    assert row["contestant"] == name
    assert all(row[column] > 0 for column in ml_cost.COLUMNS)


def test_nearest_neighbours_keep_every_sample():
    row = measure_cost("knn")
    assert row["numbers"] == N_SAMPLES * 41
    assert row["bytes"] > 8 * 40 * N_SAMPLES / 2


def test_it_is_answered_as_a_question():
    assert ask(ContestSpec(), None, {"cost": "logistic"})["numbers"] == 410
    assert ask(ContestSpec(), None, {"cost": "nonsense"}) == {}


def test_costs_are_recorded_for_everybody():
    made, rows = ml_cost.recorded()
    assert tuple(row["contestant"] for row in rows) == EVERYBODY == ml_cost.EVERYBODY
    assert {"date", "machine", "torch"} <= set(made)
    parameters = {row["contestant"]: row["numbers"] for row in rows}
    assert (parameters["mlp"], parameters["cnn"], parameters["gru"]) == (15210, 5210, 5134)
