"""Sets of pictures that come from the network once and are kept in a folder of the server."""

from __future__ import annotations

import functools
from pathlib import Path

import numpy as np

from dlcore.specs.image_sets import IMAGE_SETS, data_file


@functools.lru_cache(maxsize=1)
def load_fetched(name: str) -> tuple[np.ndarray, np.ndarray]:
    """From the data folder, or from openml.org where it is not there; OSError when that cannot be reached."""
    file = data_file(name)
    if file is None or not file.exists():
        return fetch_images(name)
    with np.load(file, allow_pickle=False) as stored:
        return stored["x"], stored["y"]


def fetch_images(name: str) -> tuple[np.ndarray, np.ndarray]:
    """A set from openml.org: x (70000, 1, 28, 28) uint8 and y (70000,) int64; OSError when it cannot be reached."""
    from sklearn.datasets import fetch_openml  # slow to load, and no part of a page

    x, y = fetch_openml(IMAGE_SETS[name].openml, version=1, return_X_y=True, as_frame=False, parser="liac-arff")
    return x.astype(np.uint8).reshape(-1, *IMAGE_SETS[name].shape), y.astype(np.int64)


def keep_images(name: str, x: np.ndarray, y: np.ndarray) -> Path:
    """Write a fetched set into the data folder; OSError when none is named or it cannot be written."""
    file = data_file(name)
    if file is None:
        raise OSError("DLCORE_DATA_DIR names no folder")
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part.npz")
    np.savez(part, x=x, y=y)
    return part.replace(file)
