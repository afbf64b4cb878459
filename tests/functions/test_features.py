"""Hand-made features: what they are meant not to see, they do not see."""

from __future__ import annotations

import numpy as np
import pytest

from dlcore.functions.features import (
    N_ANGLES,
    N_CELLS,
    align,
    detrend,
    image_features,
    shuffled_order,
    signal_features,
    table_features,
    text_features,
)

GENERATOR = np.random.default_rng(0)


def test_a_trend_is_taken_out_as_polyfit_does():
    x = GENERATOR.standard_normal((3, 40))
    place = np.arange(40)
    expected = [row - np.polyval(np.polyfit(place, row, 1), place) for row in x]
    np.testing.assert_allclose(detrend(x), expected, atol=1e-10)


def test_a_shifted_bump_is_aligned():
    bump = np.zeros((1, 40))
    bump[0, 8:14] = (1, 3, -2, 4, -1, 2)
    np.testing.assert_allclose(align(np.roll(bump, 15, axis=1)), align(bump))
    assert np.abs(align(bump)[0, 14:26]).sum() == np.abs(bump).sum()


def test_signal_features_have_a_place_each():
    x = GENERATOR.standard_normal((5, 40))
    assert signal_features(x).shape == (5, 40 + 20 + 39)
    np.testing.assert_allclose(signal_features(x)[2], signal_features(x[2:3])[0])  # no sample sees another


def test_an_edge_falls_into_the_bin_of_its_direction():
    ramp = np.tile(np.arange(8.0), (8, 1))[None]  # brighter to the right: direction 0
    counts = image_features(ramp)[0, : N_CELLS**2 * N_ANGLES].reshape(-1, N_ANGLES)
    assert (counts[:, 0] > 0).all()
    assert not counts[:, 1:].any()
    turned = image_features(ramp.transpose(0, 2, 1))[0, : N_CELLS**2 * N_ANGLES].reshape(-1, N_ANGLES)
    np.testing.assert_array_equal(turned.argmax(1), N_ANGLES // 4)


@pytest.mark.parametrize("size", [8, 28])
def test_ink_is_counted_in_rows_and_columns(size):
    x = GENERATOR.random((4, size, size))
    found = image_features(x)
    assert found.shape == (4, 128 + 2 * size)
    np.testing.assert_allclose(found[:, 128 : 128 + size], x.sum(2))


def test_a_table_gets_squares_and_products():
    x = GENERATOR.standard_normal((6, 3))
    centred = x - x.mean(0)
    found = table_features(x)
    assert found.shape == (6, 9)
    np.testing.assert_allclose(found[:, 4], centred[:, 0] * centred[:, 1])


def test_words_and_pairs_are_counted_and_their_place_forgotten():
    words = np.array([[1, 2, 3, 0], [3, 1, 2, 0], [2, 1, 0, 0]])
    found = text_features(words, 4)
    np.testing.assert_array_equal(found[:, :3], [[1, 1, 1], [1, 1, 1], [1, 1, 0]])
    pairs = found[:, 3:]  # 1-2, 2-1, 2-3, 3-1
    np.testing.assert_array_equal(pairs, [[1, 0, 1, 0], [1, 0, 0, 1], [0, 1, 0, 0]])


def test_the_shuffled_order_is_a_fixed_permutation_with_few_neighbours_left():
    order = shuffled_order(40)
    np.testing.assert_array_equal(np.sort(order), np.arange(40))
    np.testing.assert_array_equal(order, shuffled_order(40))
    assert (np.abs(np.diff(order)) == 1).sum() < 6
