"""Two kinds of critic on points of the plane: one number for each point, or how badly an autoencoder restores it.

Letters in shapes: S models, B samples. No batch norm anywhere: under a gradient penalty a sample must not depend on its
neighbours.
"""

from __future__ import annotations

import torch

from dlcore.models.mlp_by_hand import run_backward, run_forward
from dlcore.models.stacked_mlp import StackedMLP

TINY = 1e-12  # keeps the direction of an error of zero finite
OTHER_SEEDS = 2**31  # added to a seed, so that critic and generator don't begin with the same weights
INIT = {"relu": "he", "leaky_relu": "he", "tanh": "xavier"}


class NumberCritic:
    """D(x): the raw output of a perceptron, without sigmoid."""

    def __init__(self, sizes: tuple[int, ...], activation: str, seeds: tuple[int, ...]) -> None:
        self.model = open_critic((2, *sizes, 1), activation, seeds)

    def score(self, x: torch.Tensor) -> torch.Tensor:
        """(S, B) for points (S, B, 2); `back` goes back from here."""
        outputs, self.layers = run_forward(self.model, x)
        return outputs[..., 0]

    def back(self, gradient: torch.Tensor, into_weights: bool) -> torch.Tensor:
        """The gradient (S, B, 2) at the points, for the one at the scores (S, B)."""
        return run_backward(self.model, self.layers, gradient[..., None], into_weights)

    def differentiable(self, x: torch.Tensor) -> torch.Tensor:
        """The same scores as `score`, through autograd."""
        return self.model.forward(x)[0][..., 0]


class ErrorCritic:
    """L(x) = ‖x − D(x)‖ for an autoencoder D with a narrow code (Berthelot et al. 2017, section 3.1, η = 1)."""

    def __init__(self, sizes: tuple[int, ...], code: int, activation: str, seeds: tuple[int, ...]) -> None:
        self.model = open_critic((2, *sizes, code, *reversed(sizes), 2), activation, seeds)

    def score(self, x: torch.Tensor) -> torch.Tensor:
        """(S, B) for points (S, B, 2); `back` goes back from here."""
        restored, self.layers = run_forward(self.model, x)
        error = x - restored
        size = error.norm(dim=-1)
        self.direction = error / (size[..., None] + TINY)
        return size

    def back(self, gradient: torch.Tensor, into_weights: bool) -> torch.Tensor:
        """The gradient (S, B, 2) at the points, for the one at the errors (S, B)."""
        at_error = gradient[..., None] * self.direction
        return at_error + run_backward(self.model, self.layers, -at_error, into_weights)

    def differentiable(self, x: torch.Tensor) -> torch.Tensor:
        """The same errors as `score`, through autograd."""
        return (x - self.model.forward(x)[0]).norm(dim=-1)


def open_critic(sizes: tuple[int, ...], activation: str, seeds: tuple[int, ...]) -> StackedMLP:
    return StackedMLP(sizes, activation, INIT[activation], tuple(OTHER_SEEDS + seed for seed in seeds))
