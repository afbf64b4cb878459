"""Backpropagation on one small expression: forward, error, gradients, update, until a rule says stop."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from dlcore.functions.expressions import EXPRESSIONS
from dlcore.functions.graph import backward, descend, differences, evaluate, leaf_places, weight_places
from dlcore.models.graph_autograd import autograd_gradients

RUNNING, LOSS_RULE, GRADIENT_RULE, MAX_STEPS = 0, 1, 2, 4  # 3: both rules at once


class Backprop:
    """`numbers` are the leaves' values; a step moves those that are weights against their gradients.

    It stops when the loss changed by less than `loss_tolerance` in one update, when the gradient of the weights is
    shorter than `gradient_tolerance`, or after `n_steps` updates.
    """

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        expression = EXPRESSIONS[spec.expression]
        self.graph = expression.graph
        self.numbers = np.array(spec.numbers or expression.numbers, dtype=np.float64)
        self.loss_before = np.zeros(1)

    def step(self) -> None:
        """One update of all weights."""
        values = evaluate(self.graph, self.numbers.tolist())
        gradients = backward(self.graph, values)
        self.loss_before[0] = values[-1]
        self.numbers[:] = descend(self.graph, self.numbers.tolist(), gradients, self.spec.learning_rate)
        self.steps_done += 1

    @property
    def is_done(self) -> bool:
        return self.stopped_by() in (LOSS_RULE, GRADIENT_RULE, LOSS_RULE + GRADIENT_RULE)

    def stopped_by(self) -> int:
        """The rules that hold now: LOSS_RULE, GRADIENT_RULE, their sum, MAX_STEPS if only that, else RUNNING."""
        values = evaluate(self.graph, self.numbers.tolist())
        rule = RUNNING
        if self.steps_done and abs(values[-1] - self.loss_before[0]) < self.spec.loss_tolerance:
            rule += LOSS_RULE
        if self._norm(backward(self.graph, values)) < self.spec.gradient_tolerance:
            rule += GRADIENT_RULE
        return rule or (MAX_STEPS if self.steps_done >= self.spec.n_steps else RUNNING)

    def observe(self) -> dict[str, Any]:
        """Values and gradients of all nodes, both checks of the weights' gradients, the loss, the stopping rule."""
        numbers = self.numbers.tolist()
        values = evaluate(self.graph, numbers)
        gradients = backward(self.graph, values)
        weights = list(weight_places(self.graph))
        found = np.array(differences(self.graph, numbers, values, self.spec.difference_step))
        checked = np.array(autograd_gradients(self.graph, numbers))
        exact = np.array(gradients)
        observed: dict[str, Any] = {
            "loss": values[-1],
            "gradient_norm": self._norm(gradients),
            "stopped": self.stopped_by(),
            "loss_tolerance": self.spec.loss_tolerance,
            "gradient_tolerance": self.spec.gradient_tolerance,
            "updates": self.steps_done,
            "autograd_gap": float(np.max(np.abs(exact - checked) / np.maximum(1, np.abs(exact)))),
            "values": np.array(values),
            "gradients": exact,
            "weight_values": np.array(values)[weights],
            "weight_gradients": exact[weights],
            "weight_differences": found[weights],
            "weight_autograd": checked[weights],
            "new_weights": np.array(values)[weights] - self.spec.learning_rate * exact[weights],
        }
        if self.steps_done:
            observed["loss_change"] = abs(values[-1] - float(self.loss_before[0]))
        return observed

    def ask(self, question: dict[str, Any]) -> list[float]:
        """{"numbers": the leaves'} → autograd's gradient of every node there."""
        return autograd_gradients(self.graph, question["numbers"])

    def state(self) -> dict[str, Any]:
        return {"numbers": self.numbers, "loss_before": self.loss_before}

    def weights(self) -> dict[str, Any]:
        """The weights, as they stand among the leaves."""
        among = set(weight_places(self.graph))
        return {"weights": self.numbers[[place in among for place in leaf_places(self.graph)]]}

    def _norm(self, gradients: list[float]) -> float:
        return math.hypot(*(gradients[place] for place in weight_places(self.graph)))
