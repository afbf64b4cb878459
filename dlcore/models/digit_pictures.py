"""Digits as the latent models see and show them: tensors to learn from, pictures in bytes, places in a map."""

from __future__ import annotations

import functools

import numpy as np
import torch

from dlcore.data.digit_split import split_digits
from dlcore.models.digit_judge import judge_digits

SIDE = 8
MAP_SCALE = 100  # what 1 is written as in a map of int16
LEVELS, FEW_LEVELS = 16, 8  # of ink: as many as the digits have; enough for many pictures in every frame


@functools.lru_cache(maxsize=1)
def flat_digits() -> tuple[torch.Tensor, torch.Tensor]:
    """Digits to learn from (1297, 64) and to test on (500, 64), ink from 0 to 1."""
    split = split_digits()
    return torch.from_numpy(split.x_train).flatten(1), torch.from_numpy(split.x_test).flatten(1)


@functools.lru_cache(maxsize=1)
def shown_digits() -> np.ndarray:
    """(10,) which test digits are shown: the first 0, the first 1, … the first 9."""
    y = split_digits().y_test
    return np.array([np.flatnonzero(y == digit)[0] for digit in range(10)])


def as_pictures(ink: torch.Tensor, levels: int = LEVELS) -> np.ndarray:
    """Ink (N, 64), cut off at 0 and 1, as pictures (N, 8, 8) uint8 in `levels` steps from 0 to 255."""
    steps = ink.nan_to_num(0.0).clamp(0, 1).mul(levels).round() * (255 / levels)
    return steps.to(torch.uint8).view(-1, SIDE, SIDE).numpy()


def as_map(places: torch.Tensor) -> np.ndarray:
    """Places (N, 2) as int16 times `MAP_SCALE`; what lies farther out than 8 is put there."""
    return places.nan_to_num(0.0).clamp(-8, 8).mul(MAP_SCALE).round().to(torch.int16).numpy()


def describe_picture(ink: torch.Tensor) -> dict[str, np.ndarray | float]:
    """What can be said of one picture (64,): bytes, what the judge calls it, the digit to learn from most like it."""
    ink = ink.nan_to_num(0.0).clamp(0, 1)
    x, _ = flat_digits()
    confidence, label = judge_digits(ink.view(1, SIDE, SIDE)).max(1)
    nearest = torch.cdist(ink[None], x).argmin()
    pictures = as_pictures(torch.stack([ink, x[nearest]]))
    return {"pictures": pictures, "label": float(label), "confidence": float(confidence)}
