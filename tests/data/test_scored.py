"""Data sets whose answers are scores: what is in them, and how they are cut."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.datasets import load_breast_cancer

from dlcore.data.scored import make_scored_split, read_breast_cancer


def test_breast_cancer_is_scikit_learns_with_malignant_as_1():
    x, y = read_breast_cancer()
    wanted = load_breast_cancer()
    np.testing.assert_array_equal(x, wanted.data)
    np.testing.assert_array_equal(y, 1 - wanted.target)
    assert y.sum() == 212


@pytest.mark.parametrize(("name", "n"), [("breast_cancer", 569), ("digit_8", 1797), ("digits", 1797)])
def test_no_row_is_in_two_parts_and_every_class_has_the_same_share(name, n):
    split = make_scored_split(name, 10_000, 3)
    parts = (split.x_train, split.x_valid, split.x_test)
    assert sum(map(len, parts)) == n
    n_distinct = len(np.unique(np.concatenate(parts), axis=0))
    assert n_distinct == len(np.unique(np.concatenate(parts[:2]), axis=0)) + len(np.unique(parts[2], axis=0))
    for label in np.unique(split.y_test):
        share = [np.mean(y == label) for y in (split.y_train, split.y_valid, split.y_test)]
        np.testing.assert_allclose(share, share[2], atol=0.005)


def test_few_rows_hold_every_class():
    split = make_scored_split("digits", 10, 0, n_valid=12)
    assert set(split.y_train) == set(split.y_valid) == set(range(10))
    assert len(split.y_train) == 10


def test_columns_are_scaled_by_the_training_rows_alone():
    split = make_scored_split("breast_cancer", 60, 0)
    np.testing.assert_allclose(split.x_train.mean(0), 0, atol=1e-5)
    np.testing.assert_allclose(split.x_train.std(0), 1, atol=1e-4)
    assert abs(split.x_test.mean(0)).max() > 0.01


def test_rare_digits_are_thinned_in_every_part():
    split = make_scored_split("digits", 600, 0, kept_share=0.2)
    for y in (split.y_train, split.y_valid, split.y_test):
        common, rare = np.isin(y, range(5)).sum(), np.isin(y, range(5, 10)).sum()
        assert rare / common == pytest.approx(0.2, abs=0.02)
