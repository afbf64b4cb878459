"""Several autoencoders of one shape, one a seed, run and trained in one batched product a layer."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import torch

from dlcore.models.flat_optimizers import make_buffers, update
from dlcore.models.stacked_mlp import StackedMLP

DECODER_SEED = 10_000  # far from the encoders' seeds
BOUNDED = ("identity", "sigmoid", "tanh")  # start with Xavier's variance, all others with He's


class StackedAutoencoder:
    """S encoders D → hidden → k and S decoders k → hidden reversed → D; codes and outputs are linear.

    `n_statistics` is how many numbers the encoder says for each place of the code: 2 for a mean and a variance.
    """

    def __init__(
        self,
        n_pixels: int,
        hidden_sizes: tuple[int, ...],
        code_size: int,
        activation: str,
        seeds: tuple[int, ...],
        optimizer: str = "adam",
        n_statistics: int = 1,
    ) -> None:
        init = "xavier" if activation in BOUNDED else "he"
        self.encoder = StackedMLP((n_pixels, *hidden_sizes, n_statistics * code_size), activation, init, seeds)
        drawn = tuple(DECODER_SEED + seed for seed in seeds)
        self.decoder = StackedMLP((code_size, *reversed(hidden_sizes), n_pixels), activation, init, drawn)
        self.parts = {"encoder": self.encoder, "decoder": self.decoder}
        self.optimizer = optimizer
        self.buffers = {name: make_buffers(optimizer, part.flat) for name, part in self.parts.items()}

    def encode(self, x: torch.Tensor) -> torch.Tensor:
        """(S, B, k · statistics) of pictures (S, B, D)."""
        return self.encoder.forward(x)[0]

    def decode(self, z: torch.Tensor) -> torch.Tensor:
        """(S, B, D) of codes (S, B, k)."""
        return self.decoder.forward(z)[0]

    @torch.no_grad()
    def start_at(self, bias: torch.Tensor) -> None:
        """Let every output begin at `bias` (D,): the first thing that they would have to learn."""
        self.decoder.biases[-1].copy_(bias)

    def descend(self, loss: torch.Tensor, step: int, rate: float, momentum: float = 0.9) -> None:
        """One update against the gradient of `loss`, a scalar; `step` counts from 1."""
        for part in self.parts.values():
            part.grad.zero_()
        loss.backward()
        for name, part in self.parts.items():
            update(self.optimizer, part.flat, part.grad, self.buffers[name], step, rate, momentum)

    def state(self) -> dict[str, Any]:
        """All that an update changes."""
        named = {name: part.flat for name, part in self.parts.items()}
        return named | {f"{name}_buffer{i}": b for name, kept in self.buffers.items() for i, b in enumerate(kept)}

    def weights(self) -> dict[str, Any]:
        """Weights (S, in, out), biases (S, 1, out) and, with PReLU, slopes (S, 1, 1) by part and layer."""
        named: dict[str, Any] = {}
        for name, part in self.parts.items():
            named |= {f"{name}.layer{i}.weight": weight for i, weight in enumerate(part.weights)}
            named |= {f"{name}.layer{i}.bias": bias for i, bias in enumerate(part.biases)}
            named |= {f"{name}.layer{i}.slope": slope for i, slope in enumerate(part.slopes)}
        return named


class Batches:
    """Rows of N pictures in batches of B, for each seed in an order of its own that a new epoch draws anew."""

    def __init__(self, n: int, batch_size: int, seeds: tuple[int, ...]) -> None:
        self.n, self.batch_size, self.seeds = n, min(batch_size, n), seeds
        self.epoch = -1

    def rows(self, step: int) -> torch.Tensor:
        """(S, B) the rows of the update after `step` updates; what is left at an epoch's end is not used."""
        epoch, batch = divmod(step, self.n // self.batch_size)
        if epoch != self.epoch:
            drawn = [np.random.default_rng([seed, 2, epoch]).permutation(self.n) for seed in self.seeds]
            self.order, self.epoch = torch.from_numpy(np.stack(drawn)), epoch
        return self.order[:, batch * self.batch_size : (batch + 1) * self.batch_size]


def normal_numbers(seeds: tuple[int, ...], step: int, shape: tuple[int, ...]) -> torch.Tensor:
    """(S, …) standard normal numbers of one update, each seed's from a generator of its own."""
    drawn = [np.random.default_rng([seed, 3, step]).standard_normal(shape, np.float32) for seed in seeds]
    return torch.from_numpy(np.stack(drawn))


def falling_rate(learning_rate: float, step: int, n_steps: int) -> float:
    """The rate after `step` of `n_steps` updates: half a cosine from the whole rate to 0."""
    return learning_rate * 0.5 * (1 + math.cos(math.pi * step / n_steps))
