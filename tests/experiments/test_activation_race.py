"""The race against the playground, lane by lane; its stopwatch; what the page says about the finish."""

from __future__ import annotations

from typing import get_args

import pytest

from dlcore.advance import advance, ask
from dlcore.errors import SpecError
from dlcore.frames import unpack
from dlcore.models.activation_cost import measure_cost
from dlcore.specs import ActivationRaceSpec, PlaygroundSpec
from dlcore.specs.playground import ActivationName


def last(spec) -> dict[str, float]:
    return unpack(advance(spec, None, spec.n_steps).frames[-1].blob).scalars


def test_every_lane_is_the_playground():
    race = ActivationRaceSpec(activations=("tanh", "prelu"), n_steps=40, n_seeds=3, edits=((15, "learning_rate", 0.1),))
    found = last(race)
    for name in race.activations:
        shared = {
            field: getattr(race, field) for field in ("dataset", "hidden_sizes", "n_steps", "batch_size", "edits")
        }
        alone = last(PlaygroundSpec(activation=name, n_seeds=3, **shared))
        for measure in ("train_loss", "test_loss", "test_accuracy"):
            for end in ("", "_low", "_high"):
                assert found[f"{measure}_{name}{end}"] == alone[f"{measure}{end}"]


def test_the_finish_is_as_the_page_says():
    scalars = last(ActivationRaceSpec())
    medians = [scalars[f"test_loss_{name}"] for name in ("gelu", "relu", "tanh", "sigmoid")]
    assert medians == sorted(medians)
    assert scalars["test_loss_gelu_high"] < scalars["test_loss_relu_low"]
    assert scalars["test_accuracy_sigmoid"] < 0.7


def test_a_higher_rate_changes_the_order():
    scalars = last(ActivationRaceSpec(learning_rate=0.1))
    assert max(scalars[f"test_loss_{name}"] for name in ("gelu", "tanh", "sigmoid")) < scalars["test_loss_relu"]
    assert scalars["test_loss_sigmoid_low"] < 0.1


def test_the_same_activation_twice_is_refused():
    with pytest.raises(SpecError) as caught:
        ActivationRaceSpec(activations=("relu", "relu"))
    assert caught.value.values["field"] == "activations"


def test_the_stopwatch_answers_for_every_activation():
    """No claim about how long anything takes: only that it takes some time and that quartiles are in order."""
    rows = ask(ActivationRaceSpec(), None, {"cost": 100})
    assert {row["activation"] for row in rows} == set(get_args(ActivationName))
    for row in rows:
        for way in ("forward", "backward"):
            assert 0 < row[f"{way}_low"] <= row[way] <= row[f"{way}_high"]


@pytest.mark.parametrize("n_elements", [-5, 0, 1])
def test_absurd_sizes_are_measured_as_one(n_elements, monkeypatch):
    monkeypatch.setattr("dlcore.models.activation_cost.MAX_CALLS", 2)
    assert len(measure_cost(n_elements, n_rounds=2)) == len(get_args(ActivationName))
