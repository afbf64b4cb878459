"""Vowels: which of ten a sound is, told by a recurrent network, a one-dimensional convolution and a linear model."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from dlcore.data.vowels import N_TIMES, N_TRAIN, VOWELS, make_vowels
from dlcore.functions.bands import spread
from dlcore.functions.sound import N_BANDS
from dlcore.models.ensemble import Ensemble
from dlcore.models.recurrent import Recurrent

KERNEL = 5  # time steps that a filter sees
N_HEARD = 6  # test sounds whose classification is drawn as it proceeds


class Listener(nn.Module):
    """A recurrent network that answers after the last time step."""

    def __init__(self, cell: str, n_units: int, seed: int) -> None:
        super().__init__()
        self.net = Recurrent(cell, N_BANDS, n_units, len(VOWELS), seed, forget_bias=1.0)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Logits (B, K) of spectrograms (B, T, F)."""
        return self.net.last(x)

    def follow(self, x: torch.Tensor) -> torch.Tensor:
        """Probabilities (B, T, K) after every time step, from what was heard up to it."""
        return self.net(x)[0].softmax(2)


class Convolution(nn.Module):
    """Two layers of filters over time and the largest answer of each of the second: where it came does not matter."""

    def __init__(self, n_channels: int, seed: int) -> None:
        super().__init__()
        generator = np.random.default_rng([seed, 7])
        self.first, self.first_bias = draw((n_channels, N_BANDS, KERNEL), generator)
        self.second, self.second_bias = draw((n_channels, n_channels, KERNEL), generator)
        self.readout, self.readout_bias = draw((len(VOWELS), n_channels), generator)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Logits (B, K) of spectrograms (B, T, F)."""
        found = F.relu(F.conv1d(x.transpose(1, 2), self.first, self.first_bias))
        found = F.relu(F.conv1d(found, self.second, self.second_bias))
        return F.linear(found.amax(2), self.readout, self.readout_bias)


class Linear(nn.Module):
    """A weight for every pixel of the spectrogram."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self.weight, self.bias = draw((len(VOWELS), N_TIMES * N_BANDS), np.random.default_rng([seed, 8]))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Logits (B, K) of spectrograms (B, T, F)."""
        return F.linear(x.flatten(1), self.weight, self.bias)


def draw(shape: tuple[int, ...], generator: np.random.Generator) -> tuple[nn.Parameter, nn.Parameter]:
    """Weights U(−1/√n, 1/√n) with n inputs, as torch.nn has it, and biases of zero."""
    bound = np.prod(shape[1:]) ** -0.5
    weight = torch.from_numpy(generator.uniform(-bound, bound, shape)).float()
    return nn.Parameter(weight), nn.Parameter(torch.zeros(shape[0]))


class Vowels:
    """For each seed a classifier a lane; letters in shapes: B sounds, T time steps, F bands, K vowels."""

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        data = make_vowels(spec.hiss)
        pictures, vowels = torch.from_numpy(data.pictures).float() - 0.5, torch.from_numpy(data.vowels)
        self.train = pictures[: spec.n_sounds], vowels[: spec.n_sounds]
        self.test = pictures[N_TRAIN:], vowels[N_TRAIN:]
        self.seeds = range(spec.seed, spec.seed + spec.n_seeds)
        self.listeners = [Listener(spec.cell, spec.n_units, seed) for seed in self.seeds]
        self.lanes = {
            "rnn": Ensemble(self.listeners, self.seeds),
            "cnn": Ensemble([Convolution(spec.n_units, seed) for seed in self.seeds], self.seeds),
            "linear": Ensemble([Linear(seed) for seed in self.seeds], self.seeds),
        }

    def step(self) -> None:
        """Adam on the cross-entropy, in every lane on the same sounds."""
        x, y = self.train
        batches = [
            torch.from_numpy(
                np.random.default_rng([seed, 2, self.steps_done]).permutation(len(x))[: self.spec.batch_size]
            )
            for seed in self.seeds
        ]
        self.steps_done += 1

        def loss(number: int, model: nn.Module) -> torch.Tensor:
            rows = batches[number]
            return F.cross_entropy(model(x[rows]), y[rows])

        for ensemble in self.lanes.values():
            ensemble.step(loss, self.steps_done, self.spec.learning_rate)

    @torch.no_grad()
    def observe(self) -> dict[str, Any]:
        """Shares of test sounds recognised, what was taken for what, what the recurrent network thinks meanwhile."""
        observed: dict[str, Any] = {}
        x, y = self.test
        for lane, ensemble in self.lanes.items():
            answers = [model(x).argmax(1) for model in ensemble.models]
            observed |= spread(f"heard_{lane}", [float((each == y).float().mean()) for each in answers])
            observed[f"confusion_{lane}"] = count_pairs(y.numpy(), answers[0].numpy())
        belief = self.listeners[0].follow(x[:N_HEARD])
        for number, each in enumerate(belief.numpy()):
            observed[f"belief_{number}"] = np.round(255 * each.T).astype(np.uint8)
        return observed

    def state(self) -> dict[str, Any]:
        """Weights and Adam's means of every lane."""
        named: dict[str, Any] = {}
        for lane, ensemble in self.lanes.items():
            named |= ensemble.state(f"{lane}.")
        return named

    def weights(self) -> dict[str, Any]:
        """Every classifier's parameters, each name after its lane and seed."""
        named: dict[str, Any] = {}
        for lane, ensemble in self.lanes.items():
            named |= ensemble.weights(f"{lane}.")
        return named


def count_pairs(true: np.ndarray, said: np.ndarray) -> np.ndarray:
    """How often each vowel (row) was taken for each (column) (K, K), uint8."""
    counts = np.zeros((len(VOWELS), len(VOWELS)), dtype=np.uint8)
    np.add.at(counts, (true, said), 1)
    return counts
