"""Questions whose answers are scores: is the tumour malignant, is the digit an 8, which digit is it; cut three ways."""

from __future__ import annotations

import functools
from typing import NamedTuple

import numpy as np

from dlcore.data.images import package_file, read_digits

VALID_SHARE, TEST_SHARE = 0.3, 0.3  # what is left is to train on
RARE_DIGITS = (5, 6, 7, 8, 9)  # of these only a share is kept where classes are to differ in size


class Split(NamedTuple):
    """Inputs (N, D) and labels (N,) to train on, to choose a threshold on, and to report on."""

    x_train: np.ndarray
    y_train: np.ndarray
    x_valid: np.ndarray
    y_valid: np.ndarray
    x_test: np.ndarray
    y_test: np.ndarray


@functools.lru_cache(maxsize=1)
def read_breast_cancer() -> tuple[np.ndarray, np.ndarray]:
    """x (569, 30) and y (569,), 1 for the 212 malignant tumours.

    Ten measures of the cell nuclei on an image (radius, texture, …, in pixels or without unit), of each the mean, the
    standard error and the worst (Street, Wolberg & Mangasarian 1993, UCI Machine Learning Repository, CC BY 4.0); the
    file is scikit-learn's, in which malignant is 0.
    """
    path = package_file("sklearn", "datasets/data/breast_cancer.csv")
    table = np.loadtxt(path.read_text(encoding="utf-8").splitlines()[1:], delimiter=",")
    return table[:, :-1], (table[:, -1] == 0).astype(np.int64)


@functools.lru_cache(maxsize=64)
def make_scored_split(name: str, n_train: int, data_seed: int, kept_share: float = 1.0, n_valid: int = 1000) -> Split:
    """A data set by name, the same share of every class in all three parts; at most so many rows for the first two.

    Columns of "breast_cancer" are scaled to mean 0 and standard deviation 1 of the training rows. `kept_share` is how
    much of each digit from 5 to 9 stays in "digits".
    """
    generator = np.random.default_rng([data_seed, 5])
    x, y = _read(name)
    pools: tuple[list[np.ndarray], ...] = ([], [], [])  # of each part, class by class
    for label in np.unique(y):
        members = generator.permutation(np.flatnonzero(y == label))
        if name == "digits" and label in RARE_DIGITS:
            members = members[: max(4, round(kept_share * len(members)))]
        n_last, n_middle = round(TEST_SHARE * len(members)), round(VALID_SHARE * len(members))
        cuts = [len(members) - n_middle - n_last, len(members) - n_last]
        for pool, rows in zip(pools, np.split(members, cuts), strict=True):
            pool.append(rows)
    drawn = _thin(pools[0], n_train), _thin(pools[1], n_valid), np.concatenate(pools[2])
    train, valid, test = (generator.permutation(rows) for rows in drawn)
    if name == "breast_cancer":
        spread = x[train].std(0)
        x = (x - x[train].mean(0)) / np.where(spread > 0, spread, 1)
    x = x.astype(np.float32)
    return Split(x[train], y[train], x[valid], y[valid], x[test], y[test])


def _read(name: str) -> tuple[np.ndarray, np.ndarray]:
    if name == "breast_cancer":
        return read_breast_cancer()
    x, y = read_digits()
    return x.reshape(len(x), -1), (y == 8).astype(np.int64) if name == "digit_8" else y


def _thin(members: list[np.ndarray], n_rows: int) -> np.ndarray:
    """About so many rows, of every class in proportion but at least one."""
    share = min(1.0, n_rows / sum(map(len, members)))
    return np.concatenate([rows[: max(1, round(share * len(rows)))] for rows in members])
