"""The rules for mirrored weights and binary codes, on weights and codes that are known."""

from __future__ import annotations

import numpy as np
import pytest

from dlcore.functions.codes import (
    is_binary,
    is_near,
    mirror_fault,
    mirror_order,
    mirror_patterns,
    n_distinct,
    weight_ratios,
)

UNIT = np.array([1.0, 4.0, -2.0, 2.0, -4.0, -1.0])
PAPER = np.stack([UNIT, -UNIT], 1)[None]  # (1, 6, 2)


def test_the_published_weights_are_near_and_solve_the_task():
    assert is_near(PAPER).all()
    np.testing.assert_allclose(weight_ratios(PAPER), 2.0)
    np.testing.assert_array_equal(mirror_fault(PAPER), 0.0)
    x, y = mirror_patterns()
    hidden = 1 / (1 + np.exp(-(4 * x @ PAPER[0] - 2)))
    output = 1 / (1 + np.exp(-(8 - 16 * hidden.sum(1))))
    np.testing.assert_array_equal(output > 0.5, y[:, 0] == 1)


@pytest.mark.parametrize("changed", [(1, 2.9), (1, 5.2), (0, 1.6)])
def test_other_ratios_are_not(changed):
    place, size = changed
    weights = PAPER.copy()
    weights[:, place] = np.sign(weights[:, place]) * size
    weights[:, 5 - place] = -weights[:, place]
    assert not is_near(weights).any()


def test_weights_that_do_not_mirror_each_other_are_not():
    assert not is_near(np.abs(PAPER)).any()
    np.testing.assert_allclose(mirror_fault(np.abs(PAPER)), 2.0)


def test_eight_of_sixty_four_patterns_are_symmetric_and_lie_on_the_diagonal():
    _, y = mirror_patterns()
    np.testing.assert_array_equal(y[mirror_order(), 0].reshape(8, 8), np.eye(8))


def test_codes():
    codes = np.array([[[0, 0], [0, 1], [1, 0], [1, 1]], [[0.1, 0.1], [0.1, 0.9], [0.6, 0.1], [0.2, 0.2]]])
    np.testing.assert_array_equal(n_distinct(codes), [4, 3])
    np.testing.assert_array_equal(is_binary(codes), [True, False])
