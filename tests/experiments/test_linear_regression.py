"""Descent against the closed form, torch and scikit-learn; robust losses against linear programming and scipy."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import torch
from scipy.optimize import minimize
from sklearn.linear_model import QuantileRegressor, SGDRegressor

from dlcore.advance import advance
from dlcore.data.regression_problem import make_problem
from dlcore.experiments.linear_regression import LinearRegression
from dlcore.experiments.polynomial_fit import fit
from dlcore.experiments.robust_fit import RobustFit
from dlcore.functions.least_squares import steps_to_shrink
from dlcore.specs import LinearRegressionSpec, PolynomialFitSpec, RobustFitSpec


def train(spec) -> tuple:
    chunk = advance(spec, None, spec.n_steps)
    return chunk, [frame.scalars for frame in chunk.frames]


@pytest.mark.parametrize("table", ["line", "anscombe_1", "anscombe_4", "penguins", "diabetes"])
@pytest.mark.parametrize("loss_factor", ["half_mean", "sum"])
def test_the_presets_keep_what_the_page_predicts(table: str, loss_factor: str) -> None:
    """0.99 × the limit: the loss never rises; 1.01 ×: it grows without end."""
    spec = LinearRegressionSpec(table=table, loss_factor=loss_factor, scaled=table == "diabetes", n_steps=1000)
    limit = make_problem(spec).limit
    _, below = train(spec.replace(learning_rate=0.99 * limit))
    end, above = train(spec.replace(learning_rate=1.01 * limit))
    excess = [frame["excess"] for frame in below]
    assert all(after <= before * (1 + 1e-9) + 1e-12 for before, after in itertools.pairwise(excess))
    assert end.diverged == "too_large" or above[-1]["excess"] > 1e4 * above[0]["excess"]
    assert {frame["above"] for frame in below} == {0}
    assert {frame["above"] for frame in above} == {1}


@pytest.mark.parametrize("batch_size", [500, 7])
@pytest.mark.parametrize("loss_factor", ["half_mean", "mean", "half_sum", "sum"])
def test_updates_are_those_of_torch(batch_size: int, loss_factor: str) -> None:
    spec = LinearRegressionSpec(batch_size=batch_size, loss_factor=loss_factor, learning_rate=0.002, n_steps=12)
    experiment = LinearRegression(spec)
    a, y = (torch.tensor(array) for array in (experiment.problem.a, experiment.problem.y))
    theta = torch.zeros(2, dtype=torch.float64, requires_grad=True)
    sgd = torch.optim.SGD([theta], lr=spec.learning_rate)
    factor = {"half_mean": 0.5, "mean": 1.0, "half_sum": len(y) / 2, "sum": len(y)}[loss_factor]
    for _ in range(spec.n_steps):
        rows = experiment._batch()[0] if experiment.steps_per_epoch > 1 else np.arange(len(y))
        loss = factor * torch.nn.functional.mse_loss(a[rows] @ theta, y[rows])
        sgd.zero_grad()
        loss.backward()
        sgd.step()
        experiment.step()
    assert experiment.theta[0] == pytest.approx(theta.detach().numpy(), rel=1e-10)


def test_descent_ends_at_the_closed_form() -> None:
    chunk, frames = train(LinearRegressionSpec(n_steps=1000))
    problem = make_problem(LinearRegressionSpec())
    assert (frames[-1]["b"], frames[-1]["w"]) == pytest.approx(tuple(problem.solution), abs=1e-8)
    assert chunk.diverged is None
    sgd = SGDRegressor(penalty=None, learning_rate="constant", eta0=0.001, max_iter=5000, tol=None, random_state=0)
    assert sgd.fit(problem.x, problem.y).coef_[0] == pytest.approx(
        problem.solution[1], abs=0.02
    )  # sampling noise of SGD


def test_the_forecast_of_the_page_on_scaling_is_kept() -> None:
    raw, scaled = (make_problem(LinearRegressionSpec(scaled=scaled)) for scaled in (False, True))
    assert raw.kappa == pytest.approx(33.97, abs=0.005)
    n_steps = int(np.ceil(steps_to_shrink(raw.kappa)))
    _, frames = train(LinearRegressionSpec(learning_rate=raw.best_rate, n_steps=n_steps))
    assert frames[-1]["excess"] <= 1e-6 * frames[0]["excess"]
    _, frames = train(LinearRegressionSpec(scaled=True, learning_rate=scaled.best_rate, n_steps=1))
    assert frames[-1]["excess"] < 1e-25


def test_batches_go_on_jumping_and_a_smaller_rate_calms_them() -> None:
    loud = train(LinearRegressionSpec(batch_size=5, n_seeds=8))[1][-1]
    quiet = train(LinearRegressionSpec(batch_size=5, n_seeds=8, learning_rate=0.01, n_steps=2000))[1][-1]
    whole = train(LinearRegressionSpec())[1][-1]
    assert whole["excess"] < 1e-9
    assert loud["excess_low"] > 1e-3
    assert quiet["excess_high"] < loud["excess_low"]


def test_robust_lines_are_those_of_other_solvers() -> None:
    spec = RobustFitSpec(n_steps=5000, learning_rate=0.03)
    chunk, frames = train(spec)
    experiment = RobustFit(spec)
    x, y, a = experiment.x, experiment.y, experiment.a
    slope, intercept = np.polyfit(x, y, 1)
    assert (frames[-1]["mse_b"], frames[-1]["mse_w"]) == pytest.approx((intercept, slope), abs=1e-8)
    median = QuantileRegressor(quantile=0.5, alpha=0, solver="highs").fit(x[:, None], y)
    mine = np.abs(a @ np.array([frames[-1]["mae_b"], frames[-1]["mae_w"]]) - y).mean()
    assert mine == pytest.approx(np.abs(median.predict(x[:, None]) - y).mean(), abs=0.03)  # it hops by about the rate
    huber = minimize(
        lambda theta: torch.nn.functional.huber_loss(torch.tensor(a @ theta), torch.tensor(y), delta=spec.delta).item(),
        np.zeros(2),
        method="Nelder-Mead",
        options={"xatol": 1e-9, "fatol": 1e-13, "maxiter": 2000},
    ).x
    assert (frames[-1]["huber_b"], frames[-1]["huber_w"]) == pytest.approx(tuple(huber), abs=1e-5)
    assert chunk.diverged is None


def test_what_the_page_says_of_outliers() -> None:
    default = train(RobustFitSpec())[1][-1]
    assert default["mse_w"] == pytest.approx(0.79, abs=0.01)
    assert default["mse_pull"] > 40
    assert max(default["mae_off"], default["huber_off"]) < 0.2 < default["mse_off"]
    lower = train(RobustFitSpec(outlier_y=-8))[1][-1]
    assert (lower["mae_w"], lower["huber_w"]) == pytest.approx((default["mae_w"], default["huber_w"]), abs=1e-6)
    assert lower["mse_w"] < default["mse_w"] - 0.1
    without = train(RobustFitSpec(n_outliers=0))[1][-1]
    assert without["mse_off"] < min(without["mae_off"], without["huber_off"])
    many = train(RobustFitSpec(n_outliers=20, n_steps=3000))[1][-1]
    assert many["mse_off"] < min(many["mae_off"], many["huber_off"])
    centred = train(RobustFitSpec(outlier_x=0))[1][-1]
    assert centred["mse_w"] == pytest.approx(1.6, abs=0.05)
    assert train(RobustFitSpec(delta=0.01))[1][-1]["huber_off"] > 1


def test_polynomials_are_those_of_numpy() -> None:
    generator = np.random.default_rng(1)
    x, y = generator.uniform(-1, 1, 30), generator.normal(size=30)
    places = np.linspace(-1, 1, 50)
    theirs = np.polynomial.Polynomial.fit(x, y, 7)(places)
    assert fit(x, y, 7, "none", 0.0).predict(places) == pytest.approx(theirs, rel=1e-8)
    assert fit(x, y, 0, "ridge", 1.0).predict(places) == pytest.approx(np.full(50, y.mean()))


def test_what_the_page_says_of_polynomials() -> None:
    free = train(PolynomialFitSpec())[1]
    train_errors = [frame["train_error"] for frame in free]
    assert all(after <= before * (1 + 1e-9) for before, after in itertools.pairwise(train_errors))
    assert min(range(16), key=lambda degree: free[degree]["test_error"]) == 3
    assert free[15]["test_error"] > 1e4
    lasso = train(PolynomialFitSpec(sweep="strength", penalty="lasso", n_steps=40))[1]
    at = min(lasso, key=lambda frame: abs(frame["log_strength"] + 1.4))
    assert at["n_zero"] == 7
    assert at["test_error"] < 1.1 * min(frame["test_error"] for frame in lasso)
    ridge = train(PolynomialFitSpec(sweep="strength", penalty="ridge", n_steps=40))[1]
    assert {frame["n_zero"] for frame in ridge} == {0}
    assert train(PolynomialFitSpec(n_train=200))[1][15]["test_error"] < 0.1
