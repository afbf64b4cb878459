"""Closed forms against scikit-learn, numpy and the definition; the learning-rate limit against descent itself."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import Lasso, LinearRegression, Ridge

from dlcore.functions.least_squares import (
    FACTORS,
    best_rate,
    condition_number,
    curvatures,
    design,
    factor,
    fit_line,
    hessian,
    lasso,
    rate_limit,
    ridge,
    solve,
    standardise,
    steps_to_shrink,
)


def draw(seed: int, most_inputs: int = 8) -> tuple[np.ndarray, np.ndarray]:
    """A random table: overlapping inputs with an offset, and a target that depends on them."""
    generator = np.random.default_rng(seed)
    n, d = int(generator.integers(10, 60)), int(generator.integers(1, most_inputs + 1))
    x = generator.normal(size=(n, d)) @ generator.normal(size=(d, d)) + generator.normal(0, 2, d)
    return x, x @ generator.normal(size=d) + generator.normal(size=n)


@pytest.mark.parametrize("seed", range(50))
def test_the_closed_form_is_that_of_scikit_learn(seed: int) -> None:
    x, y = draw(seed)
    theirs = LinearRegression().fit(x, y)
    assert np.abs(design(x) @ solve(x, y) - theirs.predict(x)).max() < 1e-8
    assert solve(x, y) == pytest.approx([theirs.intercept_, *theirs.coef_], rel=1e-8, abs=1e-8)


def test_a_line_through_points_is_that_of_numpy() -> None:
    x, y = draw(3, 1)
    fit = fit_line(x[:, 0], y)
    assert (fit.slope, fit.intercept) == pytest.approx(tuple(np.polyfit(x[:, 0], y, 1)), rel=1e-9)
    assert fit.r == pytest.approx(np.corrcoef(x[:, 0], y)[0, 1], rel=1e-9)
    assert fit_line(np.ones(3), np.arange(3.0)) == (0.0, 1.0, 0.0)


@pytest.mark.parametrize("seed", range(100))
def test_descent_converges_below_the_predicted_limit_and_diverges_above(seed: int) -> None:
    """2/λmax is right on both sides, for 100 random tables and every factor of the loss.

    0.99 is slow along the directions of small curvature, so convergence is tested along the steepest: there each step
    multiplies by −0.98, while elsewhere no part may grow. 1.01 multiplies by −1.02 there.
    """
    x, y = draw(seed)
    a, best = design(x), solve(x, y)
    c = factor(FACTORS[seed % 4], len(y))
    steepest = np.linalg.eigh(hessian(x, c))[1][:, -1]
    ends = {}
    for share in (0.99, 1.01):
        theta = np.zeros(a.shape[1])
        for _ in range(1500):
            theta -= share * rate_limit(x, c) * 2 * c / len(y) * a.T @ (a @ theta - y)
        ends[share] = theta - best
    started = abs(best @ steepest)
    assert abs(ends[0.99] @ steepest) < 1e-9 * max(1, started)  # 0.98^1500 = 7e-14, and rounding
    assert np.linalg.norm(ends[0.99]) < np.linalg.norm(best) + 1e-9
    assert abs(ends[1.01] @ steepest) > 1e6 * started  # 1.02^1500 = 8e12


@pytest.mark.parametrize("name", FACTORS)
def test_the_hessian_is_that_of_the_loss(name: str) -> None:
    x, y = draw(7, 3)
    c = factor(name, len(y))
    a, theta, step = design(x), np.ones(x.shape[1] + 1), 1e-3
    gradient = lambda t: 2 * c / len(y) * a.T @ (a @ t - y)  # noqa: E731
    columns = [(gradient(theta + step * e) - gradient(theta - step * e)) / (2 * step) for e in np.eye(len(theta))]
    assert hessian(x, c) == pytest.approx(np.array(columns), rel=1e-6, abs=1e-6)
    assert curvatures(x, c) == pytest.approx(np.linalg.eigvalsh(hessian(x, c)), rel=1e-8, abs=1e-8)
    assert rate_limit(x, c) == pytest.approx(rate_limit(x, 0.5) * 0.5 / c)


def test_the_forecast_of_steps_is_kept_by_a_descent() -> None:
    x, y = draw(11, 4)
    a, best, rate = design(x), solve(x, y), best_rate(x)
    n_steps = int(np.ceil(steps_to_shrink(condition_number(x))))
    theta = np.zeros(a.shape[1])
    for _ in range(n_steps):
        theta -= rate / len(y) * a.T @ (a @ theta - y)
    assert np.linalg.norm(theta - best) <= np.linalg.norm(best) / 1000 * (1 + 1e-9)


def test_scaling_one_input_makes_all_curvatures_equal() -> None:
    x, _ = draw(5, 1)
    mean, deviation = standardise(x)
    assert condition_number((x - mean) / deviation) == pytest.approx(1)
    assert condition_number(np.ones((5, 1))) == np.inf
    assert standardise(np.full((4, 1), 7.0))[1].tolist() == [1.0]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.floats(-6, 1))
def test_ridge_is_that_of_scikit_learn(seed: int, power: float) -> None:
    x, y = draw(seed)
    strength = 10**power
    theirs = Ridge(alpha=len(y) * strength, solver="svd").fit(x, y)
    assert design(x) @ ridge(x, y, strength) == pytest.approx(theirs.predict(x), abs=1e-7)


@pytest.mark.parametrize("seed", range(40))
def test_lasso_is_that_of_scikit_learn(seed: int) -> None:
    """Their objective is never lower than ours (they stop at a gap, we do not), and never much higher."""
    x, y = draw(seed)
    x = x / x.std(axis=0)
    strength = 10 ** np.random.default_rng(seed).uniform(-3, 0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = Lasso(alpha=strength, tol=1e-12, max_iter=100_000).fit(x, y)
    ours = lasso(x, y, strength)
    costs = [
        np.mean((y - design(x) @ theta) ** 2) / 2 + strength * np.abs(theta[1:]).sum()
        for theta in (ours, np.array([theirs.intercept_, *theirs.coef_]))
    ]
    assert costs[0] <= costs[1] * (1 + 1e-12)
    assert costs[0] == pytest.approx(costs[1], rel=1e-6)


@pytest.mark.parametrize("seed", range(30))
def test_lasso_meets_its_conditions(seed: int) -> None:
    """|slope| ≤ λ everywhere, = λ with the weight's sign where it is not 0, also with more inputs than rows."""
    generator = np.random.default_rng(seed)
    n, d = int(generator.integers(5, 20)), int(generator.integers(2, 15))
    x, y = generator.normal(size=(n, d)), generator.normal(size=n)
    strength = 10 ** generator.uniform(-2, 0)
    theta = lasso(x, y, strength)
    slopes = (x - x.mean(0)).T @ (y - design(x) @ theta) / n
    w = theta[1:]
    assert np.abs(slopes).max() <= strength * (1 + 1e-6)
    assert slopes[w != 0] == pytest.approx(strength * np.sign(w[w != 0]), rel=1e-6)
    assert np.count_nonzero(lasso(x, y, 100.0)[1:]) == 0
