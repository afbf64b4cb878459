"""Every 8×8 digit five times: as it is and moved by one pixel up, left, right and down."""

from __future__ import annotations

import functools

import numpy as np

from dlcore.data.images import read_digits

TEST_SHARE = 0.2


@functools.lru_cache(maxsize=2)
def make_nudged_digits(nudged: bool = True) -> tuple[np.ndarray, np.ndarray]:
    """x (N, 64) float32 and y (N,); the copies of digit i are rows i, i + 1797, i + 2 · 1797, …

    What leaves the picture is lost, what comes in is paper; then every pixel is stretched to 0…1, as in scikit-learn's
    example "Restricted Boltzmann Machine features for digit classification". Without `nudged` only the digits.
    """
    x, y = read_digits()
    padded = np.pad(x, ((0, 0), (1, 1), (1, 1)))
    corners = ((1, 1), (2, 1), (1, 2), (1, 0), (0, 1)) if nudged else ((1, 1),)
    moved = np.concatenate([padded[:, top : top + 8, left : left + 8] for top, left in corners]).reshape(-1, 64)
    low, high = moved.min(0), moved.max(0)
    return (moved - low) / np.maximum(high - low, np.float32(1e-12)), np.tile(y, len(corners))


def split_rows(n_rows: int, n_digits: int, keep_apart: bool, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows to learn from and rows to test on, a fifth of all; `keep_apart` puts all copies of a digit on one side."""
    generator = np.random.default_rng([seed, 0])
    n_copies = n_rows // n_digits
    if not keep_apart:
        order = generator.permutation(n_rows)
        n_test = round(TEST_SHARE * n_rows)
        return order[n_test:], order[:n_test]
    order = generator.permutation(n_digits)
    rows = order[:, None] + n_digits * np.arange(n_copies)  # (n_digits, n_copies)
    n_test = round(TEST_SHARE * n_digits)
    return generator.permutation(rows[n_test:].ravel()), rows[:n_test].ravel()
