"""Networks of one kind, one for each seed, trained side by side by Adam; S of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from torch import nn

from dlcore.models.flat_optimizers import make_buffers, update
from dlcore.models.recurrent import clip, flatten

CLIP = 1.0  # longest gradient of one network


class Ensemble:
    """Networks that do not know of each other; all their parameters lie in one tensor."""

    def __init__(self, models: Sequence[nn.Module], seeds: Sequence[int]) -> None:
        self.models, self.seeds = models, seeds
        self.flat, self.grad = flatten(models)
        self.mean, self.square = make_buffers("adam", self.flat)
        self.losses = torch.zeros(len(models))  # of the last batch

    def step(self, loss: Callable[[int, nn.Module], torch.Tensor], n_steps: int, learning_rate: float) -> None:
        """The update number `n_steps`, counted from 1, down the gradient of `loss(number, network)` of each network."""
        self.grad.zero_()
        for number, model in enumerate(self.models):
            found = loss(number, model)
            found.backward()
            self.losses[number] = found.detach()
        clip(self.grad, CLIP, len(self.models))
        update("adam", self.flat, self.grad, [self.mean, self.square], n_steps, learning_rate, 0.0)

    def state(self, prefix: str = "") -> dict[str, torch.Tensor]:
        """Weights, Adam's means, and the last batch's losses."""
        named = {"flat": self.flat, "mean": self.mean, "square": self.square, "losses": self.losses}
        return {prefix + name: value for name, value in named.items()}

    def weights(self, prefix: str = "") -> dict[str, torch.Tensor]:
        """Every network's parameters, each name after its seed."""
        return {
            f"{prefix}seed{seed}.{name}": value
            for seed, model in zip(self.seeds, self.models, strict=True)
            for name, value in model.state_dict().items()
        }
