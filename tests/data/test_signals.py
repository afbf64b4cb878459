"""MNIST-1D is the published set, and making it disturbs nobody."""

from __future__ import annotations

import random

import numpy as np
from mnist1d.data import get_dataset_args, make_dataset

from dlcore.data.signals import N_TRAIN, make_mnist1d


def test_it_is_the_published_set():
    x, y = make_mnist1d()
    theirs = make_dataset(get_dataset_args())
    np.testing.assert_allclose(x[:N_TRAIN], theirs["x"], rtol=1e-6)
    np.testing.assert_allclose(x[N_TRAIN:], theirs["x_test"], rtol=1e-6)
    np.testing.assert_array_equal(y[N_TRAIN:], theirs["y_test"])
    assert np.bincount(y).tolist() == [500] * 10


def test_making_it_leaves_the_global_generators_alone():
    random.seed(3)
    np.random.seed(3)
    expected = random.random(), np.random.rand()
    random.seed(3)
    np.random.seed(3)
    make_mnist1d.cache_clear()
    make_mnist1d()
    assert (random.random(), np.random.rand()) == expected
