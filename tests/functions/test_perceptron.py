"""The largest margin against brute force and scikit-learn, and Novikoff's bound against trained perceptrons."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sklearn.svm import SVC

from dlcore.experiments.perceptron import Perceptron
from dlcore.functions.perceptron import max_margin, novikoff_bound
from dlcore.specs import PerceptronSpec

POINT = st.tuples(st.integers(-60, 60), st.integers(-60, 60)).map(lambda point: (point[0] / 10, point[1] / 10))
LABELLED = st.tuples(POINT, st.integers(0, 1))
few = settings(max_examples=60, deadline=None)


def augment(points: list, labels: list) -> tuple[np.ndarray, np.ndarray]:
    """x (N, 3) with the constant 1, and y (N,) ±1 from 0 and 1."""
    return np.column_stack([np.array(points, float), np.ones(len(points))]), 2.0 * np.array(labels) - 1


def separable(n_samples: int, gap: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    w, offset = generator.standard_normal(2), generator.uniform(-1, 1)
    w /= np.linalg.norm(w)
    points = generator.uniform(-5, 5, (n_samples, 2))
    points = points[np.abs(points @ w - offset) >= gap / 2]
    return augment(list(points), list((points @ w > offset).astype(int)))


def brute_force_margin(x: np.ndarray, y: np.ndarray) -> float:
    """The best margin over all candidates for w: the feet of the perpendiculars from the origin on every affine hull of
    at most three of the y_i x_i. The nearest point of their convex hull, which gives the best w, is one of them."""
    z = y[:, None] * x
    best = 0.0
    for size in range(1, 4):
        for chosen in itertools.combinations(z, size):
            edges = np.array(chosen[1:]).reshape(-1, 3) - chosen[0]
            foot = chosen[0] - edges.T @ np.linalg.lstsq(edges.T, chosen[0])[0] if size > 1 else chosen[0]
            length = np.linalg.norm(foot)
            if length > 1e-9:
                best = max(best, float((z @ foot).min() / length))
    return best


@few
@given(st.lists(LABELLED, min_size=2, max_size=8))
def test_brute_force_finds_no_better_margin(rows):
    """Coordinates in tenths: the smallest margin there can be is far above 1e-7 of the radius, what counts as none."""
    x, y = augment([point for point, _ in rows], [label for _, label in rows])
    gamma, w = max_margin(x, y)
    assert gamma == pytest.approx(brute_force_margin(x, y), rel=1e-6, abs=1e-9)
    assert np.linalg.norm(w) == pytest.approx(1 if gamma > 0 else 0, abs=1e-12)
    assert gamma == 0 or (y * (x @ w)).min() == gamma


@pytest.mark.parametrize("seed", range(5))
def test_a_support_vector_machine_agrees(seed):
    """Mirrored through the origin, the points make scikit-learn's intercept vanish; `tol` is its stopping tolerance."""
    x, y = separable(60, 0.8, seed)
    mirrored, labels = np.concatenate([x, -x]), np.concatenate([y, -y])
    machine = SVC(kernel="linear", C=1e8, tol=1e-9).fit(mirrored, labels)
    gamma, w = max_margin(x, y)
    assert gamma == pytest.approx(1 / np.linalg.norm(machine.coef_), rel=1e-6)
    np.testing.assert_allclose(w, machine.coef_[0] / np.linalg.norm(machine.coef_), atol=1e-5)


@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e6])
def test_the_margin_has_the_units_of_the_points(scale):
    x, y = separable(40, 1.0, 3)
    gamma, w = max_margin(scale * x, y)
    assert gamma == pytest.approx(scale * max_margin(x, y)[0], rel=1e-9)
    np.testing.assert_allclose(w, max_margin(x, y)[1], atol=1e-9)


def test_a_known_margin():
    """Two points 2 apart, the line half way: w = (1, 0, 0), γ = 1."""
    x, y = augment([(-1, 0), (1, 0)], [0, 1])
    gamma, w = max_margin(x, y)
    assert gamma == pytest.approx(1, abs=1e-12)
    np.testing.assert_allclose(w, [1, 0, 0], atol=1e-12)
    assert novikoff_bound(x, y) == pytest.approx(2, abs=1e-12)  # R² = 1 + 1


@pytest.mark.parametrize("gap", [1e-2, 1e-3, 1e-5])
def test_a_narrow_street_is_measured(gap):
    """Two facing rows at a distance `gap`; its middle goes through the origin, so γ is half of it. The points' squares,
    R² large, are solved for γ²: the relative error is that of rounding times (R/γ)², and γ is never overstated."""
    rows = [(x1, side * gap / 2) for x1 in range(-5, 6) for side in (-1, 1)]
    x, y = augment(rows, [int(x2 > 0) for _, x2 in rows])
    rounding = np.finfo(float).eps * np.sum(x**2, axis=1).max() / (gap / 2) ** 2
    assert 1 - max(rounding, 1e-12) <= max_margin(x, y)[0] / (gap / 2) <= 1 + 1e-12


@pytest.mark.parametrize(
    ("points", "labels"),
    [
        ([(-1, -1), (1, 1), (-1, 1), (1, -1)], [1, 1, 0, 0]),  # XOR
        ([(2, 3), (2, 3), (0, 0)], [0, 1, 1]),  # one point in both classes
        ([(0, 0), (1, 1), (2, 2)], [0, 1, 0]),  # a line through them, but not in order
    ],
)
def test_what_cannot_be_separated_has_no_margin_and_no_bound(points, labels):
    x, y = augment(points, labels)
    gamma, w = max_margin(x, y)
    assert gamma == 0
    np.testing.assert_array_equal(w, 0)
    assert novikoff_bound(x, y) == float("inf")


def test_one_class_alone_has_a_margin():
    """The constant 1 separates it from nothing: γ is at least 1."""
    assert max_margin(*augment([(1, 2), (-3, 0), (0, -2)], [1, 1, 1]))[0] >= 1 - 1e-12


@few
@given(
    rows=st.lists(LABELLED, min_size=4, max_size=20, unique_by=lambda row: row[0]),
    direction=st.none() | st.integers(0, 359),
    learning_rate=st.floats(0.01, 10),
    order=st.sampled_from(["cyclic", "random"]),
)
def test_the_bound_is_never_exceeded(rows, direction, learning_rate, order):
    """Random own points, most of them made separable by labelling them by the side of a line that they lie on."""
    angle = np.deg2rad(direction or 0)
    normal = np.array([np.cos(angle), np.sin(angle)])
    labels = [label if direction is None else int(np.dot(point, normal) > 0.3) for point, label in rows]
    points = tuple((*point, label) for (point, _), label in zip(rows, labels, strict=True))
    spec = PerceptronSpec(dataset="own", points=points, learning_rate=learning_rate, order=order, n_steps=300)
    bound = novikoff_bound(*augment([point for point, _ in rows], labels))
    assume(bound < float("inf"))
    perceptron = train(spec)
    assert perceptron.steps_done <= bound
    assert perceptron.is_done or bound > spec.n_steps


@few
@given(gap=st.floats(0.8, 3), data_seed=st.integers(0, 10**6), order=st.sampled_from(["cyclic", "random"]))
def test_the_perceptron_crosses_every_wide_enough_street(gap, data_seed, order):
    """γ ≥ gap / 2 / √2, as the street's middle is at most 1 from the origin, and R² ≤ 51: at most 638 mistakes."""
    spec = PerceptronSpec(dataset="gap", gap=gap, data_seed=data_seed, order=order, n_steps=638)
    perceptron = train(spec)
    bound = novikoff_bound(perceptron.x, perceptron.y)
    assert perceptron.is_done
    assert perceptron.steps_done <= bound
    assert perceptron.observe()["bound"] == bound


def train(spec: PerceptronSpec) -> Perceptron:
    """The experiment, stepped to its end without an engine."""
    perceptron = Perceptron(spec)
    while perceptron.steps_done < spec.n_steps and not perceptron.is_done:
        perceptron.step()
    return perceptron
