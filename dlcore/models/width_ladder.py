"""Networks with one input, one hidden layer and one output, of several widths and from several seeds, in one product.

Letters in shapes: S seeds, W widths, U units of all widths together, N places.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch

from dlcore.models.stacked_mlp import ACTIVATIONS

CURVED: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {**ACTIVATIONS, "square": torch.square}


class WidthLadder:
    """All units lie side by side, and a table of 0 and 1 says whose they are: no width waits for another.

    A unit is v · g(w u + b), u the input from −1 to 1. Whatever the width, a seed's first units begin alike: |w| is
    `steepness`, the kinks −b/w are spread evenly at random over the inputs, v is drawn from U(−1, 1)/√width.
    """

    def __init__(self, widths: tuple[int, ...], activation: str, steepness: float, seeds: tuple[int, ...]) -> None:
        self.widths, self.activate = widths, CURVED[activation]
        n_units, n_seeds = sum(widths), len(seeds)
        owner = np.repeat(np.arange(len(widths)), widths)
        self.owner = torch.from_numpy((owner[:, None] == np.arange(len(widths))).astype(np.float32))  # (U, W)
        self.flat = torch.zeros(n_seeds * (3 * n_units + len(widths)))
        self.grad = torch.zeros_like(self.flat)
        sizes = (n_units, n_units, n_units, len(widths))
        self.inner, self.bias, self.outer, self.level = self._leaves(sizes, n_seeds)
        self._fill(steepness, seeds)

    def forward(self, u: torch.Tensor) -> torch.Tensor:
        """(S, N, W) every network's curve at inputs (N, 1)."""
        hidden = self.activate(u * self.inner + self.bias)  # (S, N, U)
        return hidden @ (self.outer.transpose(1, 2) * self.owner) + self.level

    def units(self, seed: int, width: int) -> torch.Tensor:
        """(width, 3) w, b and v of one network."""
        first = sum(self.widths[: self.widths.index(width)])
        parts = [leaf[seed, 0, first : first + width] for leaf in (self.inner, self.bias, self.outer)]
        return torch.stack(parts, 1).detach()

    def _leaves(self, sizes: tuple[int, ...], n_seeds: int) -> list[torch.Tensor]:
        """(S, 1, size) each, which look into `flat`, their gradients into `grad`."""
        leaves, start = [], 0
        for size in sizes:
            end = start + n_seeds * size
            leaf = self.flat[start:end].view(n_seeds, 1, size).requires_grad_()
            leaf.grad = self.grad[start:end].view(n_seeds, 1, size)
            leaves.append(leaf)
            start = end
        return leaves

    @torch.no_grad()
    def _fill(self, steepness: float, seeds: tuple[int, ...]) -> None:
        for number, seed in enumerate(seeds):
            drawn = np.random.default_rng([seed, 1]).uniform(-1, 1, (max(self.widths), 3))
            rows = np.concatenate([drawn[:width] for width in self.widths])  # (U, 3)
            inner = steepness * np.where(rows[:, 0] < 0, -1.0, 1.0)
            shrunk = np.concatenate([drawn[:width, 2] / width**0.5 for width in self.widths])
            for leaf, values in ((self.inner, inner), (self.bias, -inner * rows[:, 1]), (self.outer, shrunk)):
                leaf[number, 0] = torch.from_numpy(values)
