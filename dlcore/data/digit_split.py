"""The 8×8 digits cut once and for all into images to learn from and images to test on."""

from __future__ import annotations

import functools
from typing import NamedTuple

import numpy as np

from dlcore.data.images import read_digits

N_TEST = 500
SPLIT_SEED = 20


class DigitSplit(NamedTuple):
    """Images (N, 8, 8) float32, ink from 0 to 1, and digits (N,) int64: 1,297 to learn from, 500 to test on."""

    x_train: np.ndarray
    y_train: np.ndarray
    x_test: np.ndarray
    y_test: np.ndarray


@functools.lru_cache(maxsize=1)
def split_digits() -> DigitSplit:
    """scikit-learn's 1,797 digits (Alpaydin & Kaynak 1998, CC BY 4.0), in an order that no seed of a reader changes.

    Writers are not kept apart: an image to test on may be by a hand that also wrote images to learn from.
    """
    x, y = read_digits()
    order = np.random.default_rng(SPLIT_SEED).permutation(len(x))
    train, test = order[N_TEST:], order[:N_TEST]
    return DigitSplit(x[train], y[train], x[test], y[test])
