"""The race: one net, one data set, the same seeds and batches; every lane has another activation."""

from __future__ import annotations

from typing import Any

from dlcore.experiments.lanes import measure_lane, open_lane, step_lane
from dlcore.models.activation_cost import measure_cost


class ActivationRace:
    """A playground's network for each activation, stepped in turn; where shapes allow all start from equal weights."""

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        self.lanes = {name: open_lane(spec, activation=name) for name in spec.activations}

    def step(self) -> None:
        """One update in every lane."""
        for lane in self.lanes.values():
            step_lane(lane, self.steps_done, self.spec.learning_rate)
        self.steps_done += 1

    def observe(self) -> dict[str, Any]:
        """Each lane's losses and accuracies, over its seeds."""
        observed: dict[str, Any] = {}
        for name, lane in self.lanes.items():
            observed |= measure_lane(lane, self.steps_done, name)
        return observed

    def state(self) -> dict[str, Any]:
        return {f"{name}.{key}": value for name, lane in self.lanes.items() for key, value in lane.state().items()}

    def weights(self) -> dict[str, Any]:
        """As in the playground, each name after its activation."""
        return {f"{name}.{key}": value for name, lane in self.lanes.items() for key, value in lane.weights().items()}

    def ask(self, question: dict[str, Any]) -> list[dict[str, Any]]:
        """`{"cost": n}`: nanoseconds for one of `n` elements, one row an activation, on the machine that answers.

        A question, no part of a frame: a timing is no function of the spec.
        """
        return measure_cost(int(question["cost"]))
