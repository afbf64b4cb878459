"""A recurrent network over characters: each becomes a vector, the readout says the next one.

Letters in shapes: B texts, T characters, V different ones, E numbers a vector, H units.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from dlcore.models.recurrent import Recurrent

LONGEST_VECTOR = 32


class CharacterModel(nn.Module):
    """Vectors (V, E), a `Recurrent` of H units with forget bias 1 (Jozefowicz et al. 2015), V logits."""

    def __init__(self, cell: str, n_characters: int, n_units: int, seed: int) -> None:
        super().__init__()
        size = min(LONGEST_VECTOR, n_characters)
        drawn = np.random.default_rng([seed, 4]).standard_normal((n_characters, size)) / size**0.5
        self.vectors = nn.Parameter(torch.from_numpy(drawn).float())
        self.net = Recurrent(cell, size, n_units, n_characters, seed, forget_bias=1.0)

    def forward(self, x: torch.Tensor, state: object = None) -> tuple[torch.Tensor, torch.Tensor, object]:
        """Logits of the next character (B, T, V), states (B, T, H) and the last state, for characters (B, T)."""
        return self.net(F.embedding(x, self.vectors), state)

    @torch.no_grad()
    def write(
        self, start: torch.Tensor, n_characters: int, temperature: float, generator: np.random.Generator
    ) -> np.ndarray:
        """Characters (B, n) that go on from `start` (B, T), each drawn with probability ∝ p^(1/temperature)."""
        logits, _, state = self(start)
        written = []
        for _ in range(n_characters):
            written.append(draw(logits[:, -1].numpy(), temperature, generator))
            logits, _, state = self(torch.from_numpy(written[-1])[:, None], state)
        return np.stack(written, axis=1)


def draw(logits: np.ndarray, temperature: float, generator: np.random.Generator) -> np.ndarray:
    """One class a row of logits (B, V), (B,); at temperature 0 the likeliest."""
    if temperature <= 0:
        return logits.argmax(axis=1)
    scaled = (logits - logits.max(axis=1, keepdims=True)).astype(np.float64) / temperature
    heights = np.exp(scaled).cumsum(axis=1)
    marks = generator.random(len(logits))[:, None] * heights[:, -1:]
    return np.minimum((heights <= marks).sum(axis=1), logits.shape[1] - 1)
