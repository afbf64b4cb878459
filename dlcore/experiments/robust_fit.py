"""Three lines through the same points with outliers, descending on MSE, MAE and Huber at the same time."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np

from dlcore.functions.losses import huber_gradient, mae_gradient, mse_gradient

LOSSES = ("mse", "mae", "huber")
INTERCEPT, SLOPE = 1.0, 1.5  # of the line that the honest points come from
EDGE_X, EDGE_Y = 3.0, 8.0  # what is drawn: −EDGE…EDGE


class RobustFit:
    """θ = (intercept, slope) of every loss `theta` (3, 2), all from zero; a step uses all points, without a ½."""

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        self.x, self.y = make_points(spec)
        self.a = np.column_stack([np.ones(len(self.x)), self.x])  # (N, 2)
        self.theta = np.zeros((len(LOSSES), 2))

    def step(self) -> None:
        """θ ← θ − η · mean of ψ(ŷᵢ − yᵢ) (1, xᵢ), ψ the derivative of the loss."""
        pulls = self.pulls()
        with np.errstate(over="ignore", invalid="ignore"):
            self.theta -= self.spec.learning_rate * pulls @ self.a / len(self.y)
        self.steps_done += 1

    def pulls(self) -> np.ndarray:
        """ψ of every loss and point (3, N)."""
        with np.errstate(over="ignore", invalid="ignore"):
            y_pred = self.theta @ self.a.T  # (3, N)
            return np.stack(
                [
                    mse_gradient(y_pred[0], self.y),
                    mae_gradient(y_pred[1], self.y),
                    huber_gradient(y_pred[2], self.y, delta=self.spec.delta),
                ]
            )

    def observe(self) -> dict[str, Any]:
        """For every loss: the line, how far it is from the honest one, how much of the pull comes from outliers."""
        n = self.spec.n_samples
        honest = self.a[:n]
        pulls = np.abs(self.pulls())
        observed: dict[str, Any] = {"case": 0}
        for number, name in enumerate(LOSSES):
            with np.errstate(over="ignore", invalid="ignore"):
                off = honest @ (self.theta[number] - np.array([INTERCEPT, SLOPE]))
                total = pulls[number].sum()
                observed[f"{name}_off"] = float(np.sqrt(np.mean(off**2)))
            observed[f"{name}_b"], observed[f"{name}_w"] = (float(value) for value in self.theta[number])
            observed[f"{name}_pull"] = float(100 * pulls[number, n:].sum() / total) if total > 0 else 0.0
            observed[f"{name}_line"] = _ends(self.theta[number])
        if self.steps_done == 0:
            observed["xy"] = np.column_stack([self.x, self.y])
            observed["labels"] = (np.arange(len(self.x)) >= n).astype(np.uint8)
            observed["truth"] = np.array([SLOPE, -1.0, INTERCEPT])
        return observed

    def state(self) -> dict[str, Any]:
        return {"theta": self.theta}

    def weights(self) -> dict[str, Any]:
        """Intercept and slope of every loss (2,)."""
        return dict(zip(LOSSES, self.theta, strict=True))


def make_points(spec: Any) -> tuple[np.ndarray, np.ndarray]:
    """x and y (N,): the honest points about y = 1 + 1.5 x, then the outliers about their place."""
    return _make_points(spec.n_samples, spec.n_outliers, spec.outlier_x, spec.outlier_y, spec.spread, spec.data_seed)


@functools.lru_cache(maxsize=32)
def _make_points(n: int, n_outliers: int, x: float, y: float, noise: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng([seed, 0])
    honest_x = generator.uniform(-2.5, 2.5, n)
    honest_y = INTERCEPT + SLOPE * honest_x + noise * generator.standard_normal(n)
    place = np.random.default_rng([seed, 1]).normal(0, 0.15, (2, n_outliers))
    return np.concatenate([honest_x, x + place[0]]), np.concatenate([honest_y, y + place[1]])


def _ends(theta: np.ndarray) -> np.ndarray:
    """The line from one side of the picture to the other (2, 2)."""
    x = np.array([-EDGE_X, EDGE_X])
    return np.column_stack([x, np.clip(theta[0] + theta[1] * x, -1e6, 1e6)])
