"""Find the bug: a 2-2-1 net trained by suspected code, with a numeric check of every gradient and every update."""

from __future__ import annotations

from typing import Any

import numpy as np

from dlcore.functions.faulty_backprop import (
    NAMES,
    central_differences,
    coded_change,
    coded_gradient,
    draw_case,
    loss,
)

AGREEMENT = 1e-6  # share of max(1, |value|) within which two numbers count as equal


class GradientBug:
    """`parameters` (9,) are trained by the suspected code, `correct` (9,) by the correct one from the same start.

    `before` (9,) is what the suspected code called the gradient at the step before.
    """

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        self.fault, self.parameters, self.x, self.t = draw_case(spec.case)
        self.correct = self.parameters.copy()
        self.before = np.zeros(len(NAMES))

    def step(self) -> None:
        """One update by both."""
        gradient = self._gradient()
        self.parameters += coded_change(self.fault, gradient, self.spec.learning_rate)
        self.before[:] = gradient
        right = coded_gradient("none", self.correct, self.x, self.t, self.before)
        self.correct += coded_change("none", right, self.spec.learning_rate)
        self.steps_done += 1

    def observe(self) -> dict[str, Any]:
        """The code's gradient beside central differences, its next update beside that gradient, both losses."""
        gradient = self._gradient()
        checked = central_differences(self.parameters, self.x, self.t)
        moved = coded_change(self.fault, gradient, self.spec.learning_rate) / -self.spec.learning_rate
        differs, moves_otherwise = _differ(gradient, checked), _differ(moved, gradient)
        return {
            "loss": loss(self.parameters, self.x, self.t),
            "correct_loss": loss(self.correct, self.x, self.t),
            "n_wrong_gradients": int(differs.sum()),
            "n_wrong_updates": int(moves_otherwise.sum()),
            "suspicious": int(differs.any() or moves_otherwise.any()),
            "parameters": self.parameters,
            "coded": gradient,
            "checked": checked,
            "moved": moved,
            "differs": differs.astype(np.uint8),
            "moves_otherwise": moves_otherwise.astype(np.uint8),
        }

    def state(self) -> dict[str, Any]:
        return {"parameters": self.parameters, "correct": self.correct, "before": self.before}

    def weights(self) -> dict[str, Any]:
        """W, b, v and c, one after the other, as the suspected code left them."""
        return {"parameters": self.parameters}

    def _gradient(self) -> np.ndarray:
        return coded_gradient(self.fault, self.parameters, self.x, self.t, self.before)


def _differ(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    return np.abs(first - second) > AGREEMENT * np.maximum(1, np.abs(second))
