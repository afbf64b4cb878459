"""Universal approximation: networks of 1, 2, 4 … 64 hidden units learn one curve, each from several seeds."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import torch

from dlcore.functions.approximation import (
    DEGREES,
    WIDTHS,
    hat_error,
    make_places,
    polynomial_error,
    stair_error,
    target_values,
)
from dlcore.models.flat_optimizers import make_buffers, update
from dlcore.models.width_ladder import WidthLadder

N_TRAIN, MOMENTUM = 128, 0.9


class FunctionFit:
    """Letters in shapes: S seeds, W widths, N places. The loss is the mean square over all training places."""

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        (u, y), self.test = make_curves(spec.fit_source, spec.fit_formula, spec.fit_drawn, float(spec.fit_reach))
        self.u, self.y = as_column(u), as_column(y)  # (N, 1)
        seeds = tuple(spec.seed + number for number in range(spec.n_seeds))
        self.model = WidthLadder(WIDTHS, spec.activation, spec.steepness, seeds)
        self.buffers = make_buffers(spec.optimizer, self.model.flat)

    def step(self) -> None:
        """One update of every network on all training places."""
        self.model.grad.zero_()
        ((self.model.forward(self.u) - self.y) ** 2).mean(1).sum().backward()
        self.steps_done += 1
        spec, model = self.spec, self.model
        update(spec.optimizer, model.flat, model.grad, self.buffers, self.steps_done, spec.learning_rate, MOMENTUM)

    def observe(self) -> dict[str, Any]:
        """The RMS error of every width over the seeds, and the first seed's network of the shown width."""
        errors = self.errors()  # (S, W)
        middle, low, high = np.median(errors, 0), errors.min(0), errors.max(0)
        observed: dict[str, Any] = {"rmse": middle, "rmse_low": low, "rmse_high": high}
        for at, width in enumerate(WIDTHS):
            observed |= {f"error_{width}": float(middle[at])}
            observed |= {f"error_{width}_low": float(low[at]), f"error_{width}_high": float(high[at])}
        observed["rises"] = float((errors[:, 1:] > errors[:, :-1]).sum(1).mean())
        return observed | self._shown(errors) | (self._static() if self.steps_done == 0 else {})

    def errors(self) -> np.ndarray:
        """(S, W) RMS distances from the target, between the training places too."""
        u, y = self.test
        with torch.no_grad():
            distance = self.model.forward(as_column(u)) - as_column(y)
        return (distance**2).mean(1).sqrt().numpy().astype(np.float32)

    def state(self) -> dict[str, Any]:
        """All that an update changes."""
        return {"flat": self.model.flat} | {f"buffer{i}": buffer for i, buffer in enumerate(self.buffers)}

    def weights(self) -> dict[str, Any]:
        """w, b and v (S, 1, U) of all units, by width, and the levels (S, 1, W) that are added to them."""
        model = self.model
        return {"inner": model.inner, "bias": model.bias, "outer": model.outer, "level": model.level}

    def _shown(self, errors: np.ndarray) -> dict[str, Any]:
        width = int(self.spec.shown_width)
        units = self.model.units(0, width).numpy().astype(np.float32)
        kinks = -units[:, 1] / np.where(units[:, 0] == 0, np.inf, units[:, 0])
        level = self.model.level.detach()[0, 0, WIDTHS.index(width)]
        return {
            "parts": units,
            "level": level.numpy().astype(np.float32).reshape(1),
            "kinks_inside": float((np.abs(kinks) <= 1).sum()),
            "error_shown": float(errors[0, WIDTHS.index(width)]),
        }

    def _static(self) -> dict[str, np.ndarray]:
        """The target, and the errors of the proofs' networks and of the best polynomial, which no update changes."""
        u, y = self.test
        known = {"hats": [hat_error(width, u, y) for width in WIDTHS]}
        known["stairs"] = [stair_error(width, u, y) for width in WIDTHS]
        if self.spec.activation in DEGREES:
            known["floor"] = [polynomial_error(DEGREES[self.spec.activation], u, y)] * len(WIDTHS)
        drawn = np.stack([u * float(self.spec.fit_reach), y], 1).astype(np.float32)
        return {"target": drawn} | {name: np.array(errors, np.float32) for name, errors in known.items()}


@functools.lru_cache(maxsize=32)
def make_curves(
    source: str, formula: str, heights: tuple[int, ...], reach: float
) -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """Inputs from −1 to 1 and the target's heights there, (N,) each: for training, in the middles of N_TRAIN cells, and
    where errors are told."""
    middles = (2 * np.arange(N_TRAIN) + 1) / N_TRAIN - 1
    places = (middles, make_places(1.0))
    train, test = ((u, target_values(source, formula, heights, reach, u * reach)) for u in places)
    return train, test


def as_column(values: np.ndarray) -> torch.Tensor:
    """(N, 1) in float32."""
    return torch.from_numpy(values.astype(np.float32))[:, None]
