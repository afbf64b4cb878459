"""Pairings: each broken one does what the page says, over eight seeds, from the same start as the right one."""

from __future__ import annotations

import functools

import numpy as np
import pytest
import torch

from dlcore.advance import advance
from dlcore.experiments.pairing import Pairing
from dlcore.specs import PairingSpec


@functools.cache
def history(pairing: str) -> dict[int, dict[str, float]]:
    suited = {"learning_rate": 0.3, "n_steps": 1000} if pairing == "multilabel" else {}
    spec = PairingSpec(pairing=pairing, **suited)
    return {frame.step: frame.scalars for frame in advance(spec, None, spec.n_steps).frames}


def at(rows: dict[int, dict[str, float]], step: int) -> dict[str, float]:
    """The last recorded row up to that step."""
    return rows[max(known for known in rows if known <= step)]


def last(pairing: str) -> dict[str, float]:
    rows = history(pairing)
    return rows[max(rows)]


@pytest.mark.parametrize("pairing", ["binary", "multiclass", "multilabel", "regression", "margin", "quantile"])
def test_both_sides_begin_alike_and_see_the_same_batches(pairing):
    experiment = Pairing(PairingSpec(pairing=pairing))
    for parameter in (*experiment.model.weights, *experiment.model.biases):
        assert torch.equal(parameter[:8], parameter[8:])
    experiment.step()
    assert torch.equal(experiment.order[:8], experiment.order[8:])


def test_one_update_is_plain_sgd_on_torchs_loss():
    """The first seed's right network for yes or no, rebuilt with nn.Linear and torch.optim."""
    experiment = Pairing(PairingSpec(hidden_sizes=(5,)))
    layers = [torch.nn.Linear(2, 5), torch.nn.Linear(5, 1)]
    for layer, weight, bias in zip(layers, experiment.model.weights, experiment.model.biases, strict=True):
        layer.weight.data, layer.bias.data = weight[0].T.detach().clone(), bias[0, 0].detach().clone()
    network = torch.nn.Sequential(layers[0], torch.nn.Tanh(), layers[1])
    optimizer = torch.optim.SGD(network.parameters(), experiment.spec.learning_rate)
    for step in range(5):
        experiment.step()
        rows = experiment.order[0, step * 20 : (step + 1) * 20]
        optimizer.zero_grad()
        torch.nn.BCEWithLogitsLoss()(network(experiment.x_train[rows]), experiment.y_train[rows]).backward()
        optimizer.step()
    for layer, weight in zip(layers, experiment.model.weights, strict=True):
        np.testing.assert_allclose(layer.weight.detach(), weight[0].T.detach(), atol=1e-6)  # float32


def test_sigmoid_with_mse_stalls_where_bce_does_not():
    """From a confidently wrong start: BCE is right everywhere before half of the MSE ones have moved."""
    rows = history("binary")
    assert rows[0]["right_score"] == rows[0]["broken_score"] < 0.5
    assert rows[0]["right_grad"] / rows[0]["broken_grad"] > 50
    assert at(rows, 50)["right_score_low"] > 0.9
    assert at(rows, 50)["broken_score"] == rows[0]["broken_score"]
    assert at(rows, 100)["right_score_low"] > at(rows, 100)["broken_score_high"]


def test_from_an_undecided_start_both_learn_alike():
    spec = PairingSpec(start_bias=0.0, n_steps=100)
    scalars = advance(spec, None, 100).frames[-1].scalars
    assert scalars["broken_score"] == pytest.approx(scalars["right_score"], abs=0.02)


def test_adam_hides_the_stall():
    scalars = advance(PairingSpec(optimizer="adam", learning_rate=0.01, n_steps=100), None, 100).frames[-1].scalars
    assert scalars["broken_score_low"] > 0.9


@pytest.mark.parametrize("start_bias", [0.0, 5.0])
def test_softmax_twice_is_visibly_slower(start_bias):
    """Steps until the median accuracy reaches 0.9: at least three times as many."""
    spec = PairingSpec(pairing="multiclass", start_bias=start_bias, n_steps=200)
    frames = advance(spec, None, 200).frames
    arrival = {
        side: next((frame.step for frame in frames if frame.scalars[f"{side}_score"] > 0.9), 200)
        for side in ("right", "broken")
    }
    assert arrival["broken"] >= 3 * arrival["right"]


def test_softmax_over_labels_cannot_have_two():
    assert last("multilabel")["right_score_low"] > last("multilabel")["broken_score_high"]


def test_relu_output_misses_half_of_the_curve_and_two_seeds_die():
    scalars = last("regression")
    assert scalars["right_score_high"] < scalars["broken_score_low"]
    assert scalars["broken_grad_low"] == 0
    experiment = Pairing(PairingSpec(pairing="regression", n_steps=20))
    for _ in range(20):
        experiment.step()
    with torch.no_grad():
        alive = (experiment._forward(experiment.x_train)[8:] > 0).flatten(1).any(1)
    assert int((~alive).sum()) == 2


def test_hinge_with_zeros_lowers_its_loss_and_gets_worse():
    rows = history("margin")
    end = last("margin")
    assert end["broken_loss"] < at(rows, 10)["broken_loss"] < rows[0]["broken_loss"]
    assert end["broken_score"] < 0.65 < 0.9 < at(rows, 10)["broken_score"]
    assert end["right_score_low"] > end["broken_score_high"]


def test_pinball_covers_nine_tenths_and_mse_does_not():
    scalars = last("quantile")
    assert scalars["right_score"] == pytest.approx(0.9, abs=0.03)
    assert scalars["broken_score_high"] < 0.8
