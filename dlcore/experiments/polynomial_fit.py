"""Polynomials in closed form: a step is the next degree, or the next strength of the penalty."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from dlcore.data.regression import make_sample, sine
from dlcore.functions.least_squares import lasso, ridge, solve, standardise

N_CURVE = 161  # places at which the curve is drawn
LARGEST_ERROR = 1e9  # errors beyond are told as this: off every chart
LOG_STRENGTHS = (-5.0, 1.0)  # log₁₀ λ at the first and the last step of a sweep over the strength


class Fit(NamedTuple):
    """A fitted polynomial: θ (d + 1,) over the standardised terms, and what standardises them."""

    theta: np.ndarray
    mean: np.ndarray
    deviation: np.ndarray

    def predict(self, x: np.ndarray) -> np.ndarray:
        """Values (N,) at places (N,)."""
        terms = make_polynomials(x, len(self.mean))
        return self.theta[0] + ((terms - self.mean) / self.deviation) @ self.theta[1:]


class PolynomialFit:
    """Nothing is carried from step to step: the fit of step k follows from the spec and k alone."""

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        self.seeds = range(spec.data_seed, spec.data_seed + spec.n_seeds)

    def step(self) -> None:
        """On to the next degree or strength."""
        self.steps_done += 1

    @property
    def degree(self) -> int:
        return self.steps_done if self.spec.sweep == "degree" else self.spec.degree

    @property
    def strength(self) -> float:
        """λ of the penalty at this step."""
        if self.spec.sweep == "degree":
            return self.spec.strength
        low, high = LOG_STRENGTHS
        return float(10 ** (low + (high - low) * self.steps_done / self.spec.n_steps))

    def observe(self) -> dict[str, Any]:
        """Mean squared errors on training and test points; of one sample the curve and weights, of several the band."""
        data = [make_sample(self.spec.n_train, self.spec.spread, seed) for seed in self.seeds]
        fits = [fit(x[0], y[0], self.degree, self.spec.penalty, self.strength) for x, y in data]
        observed: dict[str, Any] = {
            "case": int(self.spec.penalty != "none"),
            "degree": self.degree,
            "log_strength": float(np.log10(self.strength)),
        }
        for split, name in enumerate(("train_error", "test_error")):
            squares = [(f.predict(x[split]) - y[split]) ** 2 for f, (x, y) in zip(fits, data, strict=True)]
            errors = np.minimum([square.mean() for square in squares], LARGEST_ERROR)
            observed[name] = float(np.median(errors))
            if len(errors) > 1:
                observed |= {f"{name}_low": float(errors.min()), f"{name}_high": float(errors.max())}
        return observed if len(fits) > 1 else observed | self._pictures(fits[0], data[0])

    def state(self) -> dict[str, Any]:
        return {}

    def weights(self) -> dict[str, Any]:
        """θ of the standardised terms, their means and deviations, for every sample."""
        named: dict[str, Any] = {}
        for seed in self.seeds:
            x, y = make_sample(self.spec.n_train, self.spec.spread, seed)
            found = fit(x[0], y[0], self.degree, self.spec.penalty, self.strength)
            named |= {f"seed{seed}.{name}": value for name, value in found._asdict().items()}
        return named

    def _pictures(self, found: Fit, data: Any) -> dict[str, Any]:
        longest = self.spec.n_steps if self.spec.sweep == "degree" else self.spec.degree
        padded = np.zeros(longest)
        padded[: len(found.theta) - 1] = found.theta[1:]
        x = np.linspace(-1, 1, N_CURVE)
        observed: dict[str, Any] = {
            "fit": np.column_stack([x, np.clip(found.predict(x), -1e6, 1e6)]),
            "coefficients": np.clip(padded, -1e9, 1e9),
            "size": float(np.sqrt((padded**2).sum())),
            "n_zero": int((padded[: len(found.theta) - 1] == 0).sum()),
        }
        if self.steps_done == 0:
            (train_x, test_x), (train_y, test_y) = data
            observed |= {
                "train_xy": np.column_stack([train_x, train_y]),
                "test_xy": np.column_stack([test_x, test_y]),
                "train_labels": np.zeros(len(train_x), np.uint8),
                "test_labels": np.ones(len(test_x), np.uint8),
                "truth": np.column_stack([x, sine(x)]),
            }
        return observed


def make_polynomials(x: np.ndarray, degree: int) -> np.ndarray:
    """Legendre's polynomials P₁(x) … P_degree(x) (N, degree), which span the same curves as x, x², …, x^degree.

    They overlap far less on −1…1 than the powers do, so that weights can be computed, and compared, to many digits.
    """
    return np.polynomial.legendre.legvander(x, degree)[:, 1:]


def fit(x: np.ndarray, y: np.ndarray, degree: int, penalty: str, strength: float) -> Fit:
    """The polynomial of this degree with the smallest 1/(2n) Σ (ŷ−y)² + penalty on the standardised terms' weights."""
    if degree == 0:
        return Fit(np.array([y.mean()]), np.zeros(0), np.ones(0))
    terms = make_polynomials(x, degree)
    mean, deviation = standardise(terms)
    scaled = (terms - mean) / deviation
    if penalty == "none":
        return Fit(solve(scaled, y), mean, deviation)
    return Fit({"ridge": ridge, "lasso": lasso}[penalty](scaled, y, strength), mean, deviation)
