"""Linear regression: gradient descent, on all rows or on batches, towards a closed form that is known beforehand."""

from __future__ import annotations

from typing import Any

import numpy as np

from dlcore.data.regression_problem import make_problem

GRID = 96  # the loss over two weights is drawn on GRID × GRID cells
FLOOR = 1e-3  # share of the loss's range, added to the distance from the minimum before its logarithm is drawn


class LinearRegression:
    """Letters in shapes: S seeds, N rows, B batch, D inputs. θ = (intercept, weights) `theta` (S, D + 1), in float64.

    With `scaled` inputs θ belongs to the standardised ones; what is drawn over the raw inputs is converted back.
    """

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        self.problem = make_problem(spec)
        n, width = self.problem.a.shape
        self.theta = np.zeros((spec.n_seeds, width))
        self.theta[:, 0], self.theta[:, 1] = spec.start_b, spec.start_w
        self.batch_size = min(spec.batch_size, n)
        self.steps_per_epoch = -(-n // self.batch_size)
        self.epoch = -1

    def step(self) -> None:
        """θ ← θ − η g, g the gradient on the next batch, in the size that the gradient on all rows would have."""
        with np.errstate(over="ignore", invalid="ignore"):
            self.theta -= self.spec.learning_rate * self.gradient()
        self.steps_done += 1

    def gradient(self) -> np.ndarray:
        """2c × the batch's mean of (θ·xᵢ − yᵢ) xᵢ (S, D + 1)."""
        a, y = self.problem.a, self.problem.y
        if self.steps_per_epoch == 1:
            error = self.theta @ a.T - y  # (S, N)
            return 2 * self.problem.c / len(y) * error @ a
        rows = self._batch()  # (S, B)
        error = np.einsum("sd,sbd->sb", self.theta, a[rows]) - y[rows]
        return 2 * self.problem.c / rows.shape[1] * np.einsum("sb,sbd->sd", error, a[rows])

    def observe(self) -> dict[str, Any]:
        """Loss above its minimum and the next update in numbers; of several seeds, the band."""
        problem = self.problem
        with np.errstate(over="ignore", invalid="ignore"):
            excess = np.array([problem.excess(theta) for theta in self.theta])
        observed: dict[str, Any] = {"epoch": self.steps_done / self.steps_per_epoch}
        if len(self.theta) > 1:
            return observed | {
                "excess": float(np.median(excess)),
                "excess_low": float(excess.min()),
                "excess_high": float(excess.max()),
            }
        eta = self.spec.learning_rate
        observed |= {"excess": float(excess[0]), "loss": float(excess[0] + problem.least)}
        observed |= {
            "eta": eta,
            "limit": problem.limit,
            "ratio": eta / problem.limit,
            "above": int(eta > problem.limit),
        }
        observed |= self._update_numbers() | self._pictures()
        return observed | (self._static() if self.steps_done == 0 else {})

    def state(self) -> dict[str, Any]:
        """All that an update changes; the batch order follows from seed and step alone."""
        return {"theta": self.theta}

    def weights(self) -> dict[str, Any]:
        """Intercept and weights of the raw inputs (S, D + 1), and the closed form (D + 1,)."""
        raw = np.stack([self.problem.to_raw(theta) for theta in self.theta])
        return {"theta": raw, "closed_form": self.problem.to_raw(self.problem.solution)}

    def _batch(self) -> np.ndarray:
        """The rows of this step for every seed (S, B)."""
        epoch, batch = divmod(self.steps_done, self.steps_per_epoch)
        if epoch != self.epoch:
            seeds = range(self.spec.seed, self.spec.seed + self.spec.n_seeds)
            n = len(self.problem.y)
            self.order = np.stack([np.random.default_rng([seed, 3, epoch]).permutation(n) for seed in seeds])
            self.epoch = epoch
        return self.order[:, batch * self.batch_size : (batch + 1) * self.batch_size]

    def _update_numbers(self) -> dict[str, float]:
        """θ, the next gradient and the next θ in the first two coordinates."""
        theta, gradient = self.theta[0], self.gradient()[0]
        new = theta - self.spec.learning_rate * gradient
        numbers = {"b": theta[0], "w": theta[1], "gb": gradient[0], "gw": gradient[1], "new_b": new[0], "new_w": new[1]}
        return {name: float(value) for name, value in numbers.items()}

    def _pictures(self) -> dict[str, Any]:
        """One input: the line over the raw input; several: the weights, and predictions against the truth."""
        problem, theta = self.problem, self.theta[0]
        if problem.n_inputs == 1:
            b, w = problem.to_raw(theta)
            return {"line": _ends(b, w, problem.extent)}
        with np.errstate(over="ignore"):
            predicted = np.clip(problem.a @ theta, -1e9, 1e9)
        return {"weights_now": theta[1:].copy(), "answers": np.column_stack([problem.y, predicted])}

    def _static(self) -> dict[str, Any]:
        problem = self.problem
        nothing = np.zeros(len(problem.y), np.uint8)
        if problem.n_inputs > 1:
            low, high = problem.extent[2:]
            best = np.column_stack([problem.y, problem.a @ problem.solution])
            diagonal = np.array([[low, low], [high, high]])
            return {"weights_best": problem.solution[1:], "best": best, "labels": nothing, "diagonal": diagonal}
        b, w = problem.to_raw(problem.solution)
        left, right, bottom, top = problem.map_extent
        columns = left + (np.arange(GRID) + 0.5) / GRID * (right - left)
        rows = bottom + (np.arange(GRID) + 0.5) / GRID * (top - bottom)
        theta = np.stack(np.meshgrid(columns, rows), -1) - problem.solution  # (GRID, GRID, 2)
        height = np.einsum("rci,ij,rcj->rc", theta, problem.hessian, theta) / 2
        return {
            "xy": np.column_stack([problem.x[:, 0], problem.y]),
            "labels": nothing,
            "best_line": np.array([w, -1.0, b]),
            "surface": np.log10(height + FLOOR * height.max()).astype(np.float32),
            "minimum": problem.solution[None, :],
        }


def _ends(b: float, w: float, extent: tuple[float, float, float, float]) -> np.ndarray:
    """The line b + w x from one side of the picture to the other (2, 2), as steep as a browser can draw."""
    x = np.array(extent[:2])
    return np.column_stack([x, np.clip(b + w * x, -1e6, 1e6)])
