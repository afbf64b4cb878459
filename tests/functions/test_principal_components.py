"""Principal components against scikit-learn, angles against known ones."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.linalg import subspace_angles
from sklearn.decomposition import PCA

from dlcore.data.digit_split import split_digits
from dlcore.functions.principal_components import principal_components, squared_error, subspace_angle

SPLIT = split_digits()
TRAIN, TEST = (x.reshape(len(x), 64).astype(float) for x in (SPLIT.x_train, SPLIT.x_test))


@pytest.mark.parametrize("k", [1, 2, 8, 16])
def test_it_rebuilds_as_scikit_learn_does(k: int) -> None:
    ours, theirs = principal_components(TRAIN, k), PCA(k, svd_solver="full").fit(TRAIN)
    np.testing.assert_allclose(ours.rebuild(TEST), theirs.inverse_transform(theirs.transform(TEST)), atol=1e-10)
    np.testing.assert_allclose(np.abs(ours.codes(TEST)), np.abs(theirs.transform(TEST)), atol=1e-10)


def test_the_error_is_the_variance_of_the_directions_left_out() -> None:
    pca = PCA(svd_solver="full").fit(TRAIN)
    left_out = pca.explained_variance_[8:].sum() * (len(TRAIN) - 1) / len(TRAIN)
    assert squared_error(TRAIN, principal_components(TRAIN, 8).rebuild(TRAIN)) == pytest.approx(left_out, rel=1e-9)


def test_an_error_for_each_of_several_models() -> None:
    rebuilt = np.stack([TEST, TEST + 0.5])
    np.testing.assert_allclose(squared_error(TEST, rebuilt), [0.0, 64 * 0.25])


def test_angles_are_those_of_scipy_and_do_not_depend_on_the_basis() -> None:
    generator = np.random.default_rng(0)
    a, b = generator.normal(size=(2, 3, 10))
    assert subspace_angle(a, b) == pytest.approx(np.degrees(subspace_angles(a.T, b.T).max()), rel=1e-9)
    assert subspace_angle(a, generator.normal(size=(3, 3)) @ a) == pytest.approx(0, abs=1e-5)
    assert subspace_angle(np.eye(3)[:1], np.eye(3)[1:2]) == 90.0
