"""Forward and backward by hand against autograd, for every activation and both kinds of critic."""

from __future__ import annotations

import pytest
import torch

from dlcore.models.critics import ErrorCritic, NumberCritic
from dlcore.models.mlp_by_hand import DERIVATIVES, run_backward, run_forward
from dlcore.models.stacked_mlp import StackedMLP

SEEDS = (3, 7)


def points(seed: int = 0, batch: int = 6) -> torch.Tensor:
    return torch.randn(len(SEEDS), batch, 2, generator=torch.Generator().manual_seed(seed))


def critics(activation: str) -> list:
    return [NumberCritic((5, 4), activation, SEEDS), ErrorCritic((5,), 2, activation, SEEDS)]


@pytest.mark.parametrize("activation", DERIVATIVES)
def test_backward_by_hand_is_autograds(activation):
    model = StackedMLP((2, 5, 4, 3), activation, "he", SEEDS)
    x, above = points().requires_grad_(), torch.randn(2, 6, 3)
    model.forward(x)[0].backward(above)
    expected = [parameter.grad.clone() for parameter in (*model.weights, *model.biases)]
    model.grad.fill_(float("nan"))  # to be overwritten
    _, layers = run_forward(model, x.detach())
    torch.testing.assert_close(run_backward(model, layers, above), x.grad)
    for parameter, wanted in zip((*model.weights, *model.biases), expected, strict=True):
        torch.testing.assert_close(parameter.grad, wanted)


@pytest.mark.parametrize("activation", DERIVATIVES)
@pytest.mark.parametrize("kind", [0, 1], ids=["number", "error"])
def test_a_critic_goes_back_as_autograd_does(activation, kind):
    critic = critics(activation)[kind]
    x, above = points().requires_grad_(), torch.randn(2, 6)
    scores = critic.differentiable(x)
    torch.testing.assert_close(critic.score(x.detach()), scores.detach())
    scores.backward(above)
    expected = critic.model.grad.clone()
    torch.testing.assert_close(critic.back(above, into_weights=True), x.grad)
    torch.testing.assert_close(critic.model.grad, expected)


def test_the_inputs_gradient_leaves_the_weights_alone():
    critic = NumberCritic((4,), "relu", SEEDS)
    critic.score(points())
    critic.back(torch.ones(2, 6), into_weights=False)
    assert not critic.model.grad.any()


def test_a_sample_does_not_depend_on_its_neighbours():
    """No batch norm: the same point has the same score in any batch; and no sigmoid: scores go beyond 0…1."""
    for critic in critics("relu"):
        alone, among = points(batch=1), torch.cat([points(batch=1), 100 * points(seed=1)], 1)
        torch.testing.assert_close(critic.score(among)[:, :1], critic.score(alone))
    assert (NumberCritic((5,), "relu", SEEDS).score(100 * points()).abs() > 1).any()


def test_critic_and_generator_begin_differently():
    generator = StackedMLP((2, 4, 1), "tanh", "xavier", SEEDS)
    assert not torch.equal(NumberCritic((4,), "tanh", SEEDS).model.flat, generator.flat)
