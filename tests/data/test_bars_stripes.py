"""Bars and stripes, counted among all pictures; nudged digits, as scikit-learn's example makes them."""

from __future__ import annotations

import itertools

import numpy as np
from scipy.ndimage import convolve
from sklearn.datasets import load_digits
from sklearn.preprocessing import minmax_scale

from dlcore.data.bars_stripes import make_bars_and_stripes
from dlcore.data.nudged_digits import make_nudged_digits, split_rows


def test_all_and_only_bars_and_stripes():
    every = np.array(list(itertools.product((0, 1), repeat=9))).reshape(-1, 3, 3)
    rows_alike = (every == every[:, :, :1]).all((1, 2))
    columns_alike = (every == every[:, :1]).all((1, 2))
    patterns = make_bars_and_stripes()
    assert len(patterns) == 8 + 8 - 2
    np.testing.assert_array_equal(patterns, every[rows_alike | columns_alike].reshape(-1, 9))


def test_nudged_as_in_the_example():
    """The example shifts by convolution with a single 1 beside the centre, then stretches every pixel to 0…1."""
    digits, labels = load_digits(return_X_y=True)
    kernels = np.zeros((4, 3, 3))
    kernels[[0, 1, 2, 3], [0, 1, 1, 2], [1, 0, 2, 1]] = 1
    moved = [[convolve(x.reshape(8, 8), kernel, mode="constant").ravel() for x in digits] for kernel in kernels]
    x, y = make_nudged_digits()
    np.testing.assert_allclose(x, minmax_scale(np.concatenate([digits, *moved])), atol=1e-6)
    np.testing.assert_array_equal(y, np.tile(labels, 5))


def test_copies_kept_apart():
    mixed, apart = ([rows % 1797 for rows in split_rows(5 * 1797, 1797, keep, seed=3)] for keep in (False, True))
    assert np.isin(mixed[1], mixed[0]).mean() > 0.9
    assert not np.isin(apart[1], apart[0]).any()
    assert len(apart[0]) + len(apart[1]) == 5 * 1797
