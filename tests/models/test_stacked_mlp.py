"""The stacked network against torch.nn, one model at a time."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest
import torch
from torch import nn

from dlcore.models.stacked_mlp import ACTIVATIONS, StackedMLP
from dlcore.specs.playground import ActivationName

SIZES = (3, 5, 4, 2)


def test_each_model_is_an_ordinary_network():
    stacked = StackedMLP(SIZES, "tanh", "xavier", (0, 1, 2))
    x = torch.randn(3, 7, 3)
    outputs, hidden = stacked.forward(x)
    assert [tuple(layer.shape) for layer in hidden] == [(3, 7, 5), (3, 7, 4)]
    for model in range(3):
        layers: list[nn.Module] = []
        for weight, bias in zip(stacked.weights, stacked.biases, strict=True):
            linear = nn.Linear(*weight.shape[1:])
            linear.weight.data, linear.bias.data = weight.data[model].T, bias.data[model, 0]
            layers += [linear, nn.Tanh()]
        expected = nn.Sequential(*layers[:-1])(x[model])
        torch.testing.assert_close(outputs[model], expected)


def test_a_seed_gives_the_same_weights_in_any_company():
    alone = StackedMLP(SIZES, "relu", "he", (5,))
    among = StackedMLP(SIZES, "relu", "he", (3, 4, 5, 6))
    for one, several in zip(alone.weights, among.weights, strict=True):
        assert torch.equal(one[0], several[2])


@pytest.mark.parametrize(("init", "variance"), [("xavier", 2 / 700), ("he", 2 / 300), ("normal", 0.01), ("zeros", 0)])
def test_initial_weights_have_the_published_variance(init, variance):
    weight = StackedMLP((300, 400, 1), "relu", init, (0,)).weights[0].detach().numpy()
    assert np.var(weight) == pytest.approx(variance, rel=0.02)


def test_everything_lies_in_the_flat_tensors():
    model = StackedMLP(SIZES, "prelu", "xavier", (0, 1))
    model.flat.zero_()
    assert all(not block.any() for block in (*model.weights, *model.biases, *model.slopes))
    model.forward(torch.randn(2, 4, 3))[0].sum().backward()
    assert model.grad.abs().sum() == sum(b.grad.abs().sum() for b in (*model.weights, *model.biases, *model.slopes))
    assert int(model.is_weight.sum()) == 2 * (3 * 5 + 5 * 4 + 4 * 2)
    assert len(model.slopes) == 2


def test_every_activation_of_the_spec_is_there():
    assert {*ACTIVATIONS, "prelu"} == set(get_args(ActivationName))
