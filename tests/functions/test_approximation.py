"""The proofs' networks against numpy's own interpolation, and how fast their errors fall."""

from __future__ import annotations

import numpy as np
import pytest

from dlcore.errors import DataError
from dlcore.functions.approximation import (
    PRESETS,
    WIDTHS,
    hat_error,
    hat_values,
    make_places,
    polynomial_error,
    stair_error,
    stair_values,
    target_values,
)

X = make_places(1.0)
Y = np.sin(3 * X) + 0.5 * np.sin(9 * X)


def test_relu_units_join_the_points_by_straight_lines():
    knots = np.array([-1.0, -0.4, 0.1, 0.3, 1.0])
    heights = np.array([0.3, -1.0, 2.0, 2.0, -0.7])
    np.testing.assert_allclose(hat_values(knots, heights, X), np.interp(X, knots, heights), atol=1e-12)


def test_steep_sigmoids_make_stairs():
    edges, heights = np.array([-0.5, 0.2]), np.array([1.0, -2.0, 0.5])
    wanted = np.where(X <= -0.5, 1.0, np.where(X <= 0.2, -2.0, 0.5))
    np.testing.assert_allclose(stair_values(edges, heights, X), wanted)
    steepness = 1e6
    hidden = 1 / (1 + np.exp(np.clip(-steepness * (X[:, None] - edges), -700, 700)))
    far = np.abs(X[:, None] - edges).min(1) > 1e-3
    np.testing.assert_allclose((heights[0] + hidden @ np.diff(heights))[far], wanted[far])


def test_hats_are_four_times_better_with_twice_the_units_and_stairs_twice():
    hats, stairs = ([error(k, X, Y) for k in (16, 32, 64)] for error in (hat_error, stair_error))
    assert [hats[0] / hats[1], hats[1] / hats[2]] == pytest.approx([4, 4], rel=0.1)
    assert [stairs[0] / stairs[1], stairs[1] / stairs[2]] == pytest.approx([2, 2], rel=0.15)


def test_the_hats_obey_the_bound_of_linear_interpolation():
    """max |f − p| ≤ h² max |f″| / 8, and an RMS is no larger than a maximum."""
    for width in WIDTHS:
        assert hat_error(width, X, Y) <= (2 / width) ** 2 / 8 * (9 + 0.5 * 81)


def test_the_best_polynomial_is_numpys():
    for degree in (1, 2):
        fit = np.polynomial.Polynomial.fit(X, Y, degree)(X)
        assert polynomial_error(degree, X, Y) == pytest.approx(np.sqrt(np.mean((fit - Y) ** 2)))


def test_targets():
    for formula, reach in PRESETS.values():
        y = target_values("formula", formula, (), float(reach), make_places(float(reach)))
        assert 0.3 < np.ptp(y) < 4
    np.testing.assert_allclose(target_values("drawn", "", (50, -50, 0), 3.0, np.array([-3, -1.5, 0, 3])), [1, 0, -1, 0])
    np.testing.assert_array_equal(target_values("drawn", "", (), 1.0, X), 0 * X)
    with pytest.raises(DataError) as caught:
        target_values("formula", "20x", (), 1.0, X)
    assert (caught.value.code, caught.value.values["at"]) == ("formula_large", -1.0)
