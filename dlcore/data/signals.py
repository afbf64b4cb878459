"""Signals: MNIST-1D, digits as lines of 40 numbers; slow to import and to make, so for workers alone."""

from __future__ import annotations

import functools
import random

import numpy as np
from mnist1d.data import get_dataset_args, make_dataset

N_TRAIN, LENGTH = 4000, 40


@functools.lru_cache(maxsize=1)
def make_mnist1d() -> tuple[np.ndarray, np.ndarray]:
    """x (5000, 40) with mean 0 and standard deviation 1, and y (5000,), the digit; the first 4,000 are for training.

    Greydanus & Kobak 2024, Scaling down deep learning with MNIST-1D (package mnist1d, Apache 2.0), with its published
    parameters: a template of 12 numbers is padded, stretched, scaled, shifted, sheared and made noisy. No unit.
    """
    here, legacy = random.getstate(), np.random.get_state()  # the package draws from the global generators
    made = make_dataset(get_dataset_args())
    random.setstate(here)
    np.random.set_state(legacy)
    x, y = (np.concatenate([made[name], made[f"{name}_test"]]) for name in "xy")
    return x.astype(np.float32), y
