"""Toy data: reproducible, in their domain, balanced, and on their geometry when there is no noise."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest
from sklearn import datasets

from dlcore.data.toy2d import DATASETS, DOMAIN, MULTI_GAUSS, REGRESSION, make_toy2d
from dlcore.specs import playground

EVERY = pytest.mark.parametrize("name", DATASETS)
CLASSES = [name for name in DATASETS if name not in REGRESSION]
SIZES = pytest.mark.parametrize("n_samples", [20, 21, 400])


def make(
    name: str, n_samples: int = 400, noise: float = 0.0, seed: int = 0, n_classes: int = 2
) -> tuple[np.ndarray, np.ndarray]:
    return make_toy2d(name, n_samples, noise, np.random.default_rng(seed), n_classes)


def test_every_name_of_the_playground_is_made_here():
    assert {*DATASETS, "own"} == set(get_args(playground.Dataset))
    assert REGRESSION == playground.REGRESSION
    with pytest.raises(KeyError):
        make("nonsense")


@EVERY
@pytest.mark.parametrize("noise", [0.0, 0.3])
def test_the_same_generator_gives_the_same_points(name, noise):
    (x, y), (x_again, y_again), (x_other, _) = (make(name, noise=noise, seed=seed) for seed in (3, 3, 4))
    np.testing.assert_array_equal(x, x_again)
    np.testing.assert_array_equal(y, y_again)
    assert not np.array_equal(x, x_other)


@EVERY
@SIZES
@pytest.mark.parametrize("noise", [0.0, 0.5])
def test_shapes_and_types(name, n_samples, noise):
    x, y = make(name, n_samples, noise)
    assert (x.shape, x.dtype) == ((n_samples, 2), np.float64)
    assert (y.shape, y.dtype) == ((n_samples,), np.float64 if name in REGRESSION else np.int64)
    assert np.isfinite(x).all()


@EVERY
@pytest.mark.parametrize("noise", [0.0, 0.1, 0.5])
def test_most_points_lie_in_the_domain(name, noise):
    x, _ = make(name, 1000, noise, n_classes=3)
    share = (np.abs(x) <= DOMAIN).all(axis=1).mean()
    assert share == 1 if name not in ("gauss", "moons", "blobs") else share > 0.8


@SIZES
@pytest.mark.parametrize("name", [name for name in CLASSES if name not in ("xor", "blobs")])
def test_two_classes_are_balanced_to_one_point(name, n_samples):
    _, y = make(name, n_samples)
    assert sorted(np.bincount(y)) == [n_samples // 2, n_samples - n_samples // 2]


@SIZES
@pytest.mark.parametrize("n_classes", [2, 3, 4, 5])
def test_blobs_have_as_many_classes_as_asked_for(n_samples, n_classes):
    _, y = make("blobs", n_samples, 0.5, n_classes=n_classes)
    counts = np.bincount(y)
    assert len(counts) == n_classes
    assert counts.max() - counts.min() <= 1


@EVERY
def test_the_order_is_random(name):
    """Neighbours differ in sign, or class, as often as random ones: up to four standard deviations, 999 neighbours."""
    _, y = make(name, 1000)
    positive = y > (0 if name in REGRESSION else 0.5)
    both = 2 * positive.mean() * (1 - positive.mean())
    assert np.diff(positive).mean() == pytest.approx(both, abs=4 * np.sqrt(both * (1 - both) / 999))


def test_circle_is_a_disc_in_a_ring():
    x, y = make("circle", 1000)
    r = np.hypot(*x.T)
    assert r[y == 1].max() <= 2.5
    assert r[y == 0].min() >= 3.5
    assert r.max() <= 5
    assert set(quadrants(x[y == 0])) == set(quadrants(x[y == 1])) == {0, 1, 2, 3}


def test_xor_is_the_sign_of_the_product():
    x, y = make("xor", 1000)
    np.testing.assert_array_equal(y, x[:, 0] * x[:, 1] > 0)
    assert np.abs(x).min() >= 0.3
    assert np.abs(x).max() <= 5.3
    assert np.bincount(quadrants(x)).min() > 200  # of 1000 in four


@pytest.mark.parametrize("name", ["circle", "xor"])
def test_noise_changes_labels_not_points(name):
    (x, y), (x_noisy, y_noisy) = make(name), make(name, noise=0.5)
    np.testing.assert_array_equal(np.sort(x, axis=0), np.sort(x_noisy, axis=0))
    assert sorted(y) != sorted(y_noisy)


@pytest.mark.parametrize("noise", [0.0, 0.5])
def test_gauss_is_two_clouds_of_the_stated_variance(noise):
    """Means and variances of 5000 points each, to about five of their standard errors."""
    x, y = make("gauss", 10_000, noise)
    variance = 0.5 + 7 * noise
    for label, center in ((0, -2), (1, 2)):
        np.testing.assert_allclose(x[y == label].mean(axis=0), center, atol=5 * np.sqrt(variance / 5000))
        np.testing.assert_allclose(x[y == label].var(axis=0), variance, rtol=5 * np.sqrt(2 / 5000))


def test_spiral_arms_are_opposite_and_wind_evenly():
    x, y = make("spiral", 400)
    arms = [x[y == label][np.argsort(np.hypot(*x[y == label].T))] for label in (0, 1)]
    np.testing.assert_allclose(arms[0], -arms[1], atol=1e-12)
    r = np.hypot(*arms[1].T)
    np.testing.assert_allclose(r, 5 * np.arange(200) / 200, atol=1e-12)
    turns = np.unwrap(np.arctan2(arms[1][1:, 0], arms[1][1:, 1])) / (2 * np.pi)
    np.testing.assert_allclose(turns, 1.75 * r[1:] / 5, atol=1e-12)


def test_spiral_noise_moves_no_coordinate_further_than_itself():
    """Noise 0 draws as many random numbers, so that the points come in the same order."""
    moved = make("spiral", noise=0.5)[0] - make("spiral")[0]
    assert 0.45 < np.abs(moved).max() <= 0.5


def test_moons_are_scikit_learns_moved_and_scaled():
    x, y = make("moons", 100)
    theirs, labels = datasets.make_moons(100, shuffle=False)
    for label in (0, 1):
        assert_same_points(x[y == label], 10 / 3 * (theirs[labels == label] - [0.5, 0.25]))


def test_moons_noise_has_the_stated_deviation():
    """Of 2000 numbers, to five of its standard errors; the points come in the same order without noise."""
    moved = make("moons", 1000, 0.3)[0] - make("moons", 1000)[0]
    assert moved.std() == pytest.approx(10 / 3 * 0.3, rel=5 / np.sqrt(2 * 2000))


@pytest.mark.parametrize("n_classes", [2, 3, 5])
def test_blobs_are_centred_on_a_circle_the_first_on_top(n_classes):
    """Means and deviations of 1000 points each, to five of their standard errors."""
    x, y = make("blobs", 1000 * n_classes, 0.1, n_classes=n_classes)
    means = np.array([x[y == label].mean(axis=0) for label in range(n_classes)])
    deviations = [x[y == label].std(axis=0) for label in range(n_classes)]
    spread = 0.5 + 2 * 0.1
    np.testing.assert_allclose(deviations, spread, rtol=5 / np.sqrt(2000))
    np.testing.assert_allclose(np.hypot(*means.T), 4, atol=5 * spread / np.sqrt(1000))
    np.testing.assert_allclose(means[0], [0, 4], atol=5 * spread / np.sqrt(1000))
    np.testing.assert_allclose(means.sum(axis=0), 0, atol=5 * spread * np.sqrt(n_classes / 1000))


def test_plane_is_the_sum_of_the_coordinates():
    x, y = make("plane", 1000)
    np.testing.assert_allclose(y, x.sum(axis=1) / 10, atol=1e-12)
    assert np.abs(x).max() > 0.99 * DOMAIN


def test_multi_gauss_is_six_cones():
    x, y = make("multi_gauss", 5000)
    for x1, x2, sign in MULTI_GAUSS:
        distance = np.hypot(x[:, 0] - x1, x[:, 1] - x2)
        np.testing.assert_allclose(y[distance < 2], sign * (1 - distance[distance < 2] / 2), atol=1e-12)
    nearest = np.linalg.norm(x[:, None] - MULTI_GAUSS[:, :2], axis=2).min(axis=1)
    assert not y[nearest >= 2].any()
    assert np.abs(y).max() <= 1


@pytest.mark.parametrize(("name", "low", "high"), [("plane", 1.3, 1.8), ("multi_gauss", 0.9, 1.0)])
def test_the_strongest_noise_stays_in_the_stated_values(name, low, high):
    _, y = make(name, 5000, 0.5)
    assert low < np.abs(y).max() <= high


def quadrants(x: np.ndarray) -> np.ndarray:
    """(N,) 0 to 3."""
    return 2 * (x[:, 0] > 0) + (x[:, 1] > 0)


def assert_same_points(ours: np.ndarray, theirs: np.ndarray) -> None:
    """In any order, up to rounding."""
    assert len(ours) == len(theirs)
    distance = np.linalg.norm(ours[:, None] - theirs[None], axis=2)
    assert max(distance.min(axis=0).max(), distance.min(axis=1).max()) < 1e-12
