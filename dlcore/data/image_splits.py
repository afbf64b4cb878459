"""Sets of small pictures and signals, loaded and cut into training and test; slow to import, so for workers alone."""

from __future__ import annotations

import functools

import numpy as np

from dlcore.data.fetched_images import load_fetched
from dlcore.data.images import read_digits, read_mnist_sample
from dlcore.data.signals import make_mnist1d


@functools.lru_cache(maxsize=4)
def make_image_split(
    name: str, n_train: int, n_test: int, data_seed: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """`x_train, y_train, x_test, y_test`: x (N, channels, *sides) as stored, y (N,) int64; drawn by `data_seed`.

    One fifth of the set is for testing and the rest for training; of either, as many as asked for, if there are.
    """
    x, y = load_images(name)
    order = np.random.default_rng([data_seed, 7]).permutation(len(x))
    n_held_out = len(x) // 5
    test, train = order[:n_held_out][:n_test], order[n_held_out:][:n_train]
    return x[train], y[train], x[test], y[test]


def load_images(name: str) -> tuple[np.ndarray, np.ndarray]:
    """x (N, channels, *sides) in float32, fetched sets in uint8; y (N,) int64. IMAGE_SETS says what they are."""
    if name in ("mnist_full", "fashion_mnist"):
        return load_fetched(name)
    x, y = {"digits": read_digits, "mnist": read_mnist_sample, "mnist1d": make_mnist1d}[name]()
    return x[:, None], y
