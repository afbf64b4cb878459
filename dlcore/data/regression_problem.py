"""What is known of a linear regression before any training: closed form, curvature, learning-rate limit, extents."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

import numpy as np

from dlcore.data.regression import make_table
from dlcore.functions.least_squares import (
    best_rate,
    condition_number,
    design,
    factor,
    hessian,
    rate_limit,
    solve,
    standardise,
)

Extent = tuple[float, float, float, float]  # left, right, bottom, top


@dataclass(frozen=True, eq=False)
class Problem:
    """Rows (N), inputs (D) and everything that follows from them; `a` (N, D + 1) has a first column of ones.

    θ (D + 1,) are intercept and weights of the inputs that the descent sees: the raw ones, or the standardised.
    """

    x: np.ndarray  # raw inputs (N, D)
    y: np.ndarray  # (N,)
    a: np.ndarray
    mean: np.ndarray  # of the raw inputs (D,), 0 without scaling
    deviation: np.ndarray  # (D,), 1 without scaling
    c: float  # the loss is c/n Σ (ŷ − y)²
    solution: np.ndarray  # θ of the closed form
    hessian: np.ndarray
    limit: float  # 2/λmax
    best_rate: float  # 2/(λmin + λmax)
    kappa: float

    @property
    def n_inputs(self) -> int:
        return self.x.shape[1]

    @property
    def least(self) -> float:
        """The loss of the closed form."""
        return float(self.c * np.mean((self.a @ self.solution - self.y) ** 2))

    def excess(self, theta: np.ndarray) -> float:
        """How far the loss lies above its minimum: ½ (θ−θ*)ᵀ H (θ−θ*), exact because the loss is quadratic."""
        error = self.a @ (theta - self.solution)
        return float(self.c * np.mean(error**2))

    def to_raw(self, theta: np.ndarray) -> np.ndarray:
        """Intercept and weights for the raw inputs."""
        w = theta[1:] / self.deviation
        return np.concatenate([[theta[0] - self.mean @ w], w])

    @property
    def extent(self) -> Extent:
        """A frame around the data: x and y, or the target on both axes where there are several inputs."""
        across = self.x[:, 0] if self.n_inputs == 1 else self.y
        return (*_frame(across), *_frame(self.y))

    @property
    def map_extent(self) -> Extent:
        """A square of (b, w) around the solution that holds the start at 0: same scale on both axes."""
        half = 1.35 * float(np.abs(self.solution[:2]).max()) or 1.0
        b, w = (float(value) for value in self.solution[:2])
        return (b - half, b + half, w - half, w + half)


def make_problem(spec: Any) -> Problem:
    """The problem of a linear-regression spec; the same object again for the same data and loss."""
    line = (spec.n_samples, spec.x_mean, spec.x_spread, spec.spread, spec.data_seed)
    return _make_problem(spec.table, tuple(spec.rows), line, spec.scaled, spec.loss_factor)


@functools.lru_cache(maxsize=64)
def _make_problem(name: str, rows: tuple, line: tuple, scaled: bool, loss_factor: str) -> Problem:
    x, y = make_table(name, rows, line)
    zeros, ones = np.zeros(x.shape[1]), np.ones(x.shape[1])
    mean, deviation = standardise(x) if scaled else (zeros, ones)
    seen = (x - mean) / deviation
    c = factor(loss_factor, len(y))
    return Problem(
        x=x,
        y=y,
        a=design(seen),
        mean=mean,
        deviation=deviation,
        c=c,
        solution=solve(seen, y),
        hessian=hessian(seen, c),
        limit=rate_limit(seen, c),
        best_rate=best_rate(seen, c),
        kappa=condition_number(seen),
    )


def _frame(values: np.ndarray) -> tuple[float, float]:
    """The range of the values with some air."""
    low, high = float(values.min()), float(values.max())
    air = 0.08 * (high - low) or 0.5 * max(1.0, abs(low))
    return low - air, high + air
