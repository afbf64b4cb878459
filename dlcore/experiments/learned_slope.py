"""PReLU (He et al. 2015): each hidden layer learns its slope; beside it the same nets with the slope held still."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from dlcore.experiments.lanes import measure_lane, open_lane, step_lane
from dlcore.experiments.playground import Playground, band

REACH = 3.0  # the activation is drawn from −REACH to REACH


class LearnedSlope:
    """Two lanes that begin alike; `learned` updates one slope a layer with everything else, `fixed` does not."""

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        self.lanes = {name: open_lane(spec, activation="prelu") for name in ("learned", "fixed")}
        for lane in self.lanes.values():
            hold_slopes(lane, spec.start_slope)

    def step(self) -> None:
        """One update of both lanes."""
        for lane in self.lanes.values():
            step_lane(lane, self.steps_done, self.spec.learning_rate)
        hold_slopes(self.lanes["fixed"], self.spec.start_slope)
        self.steps_done += 1

    def observe(self) -> dict[str, Any]:
        """Both lanes' losses and accuracies; each layer's slope over the seeds, and its function at the median."""
        observed: dict[str, Any] = {}
        for name, lane in self.lanes.items():
            observed |= measure_lane(lane, self.steps_done, name)
        for layer, slope in enumerate(self.lanes["learned"].model.slopes, 1):
            values = slope.detach().flatten().cpu().numpy()
            observed |= band(f"slope_{layer}", values)
            median = float(np.median(values))
            observed[f"shape_{layer}"] = np.array([[-REACH, -REACH * median], [0.0, 0.0], [REACH, REACH]])
        return observed

    def state(self) -> dict[str, Any]:
        return {f"{name}.{key}": value for name, lane in self.lanes.items() for key, value in lane.state().items()}

    def weights(self) -> dict[str, Any]:
        """As in the playground, each name after its lane."""
        return {f"{name}.{key}": value for name, lane in self.lanes.items() for key, value in lane.weights().items()}


@torch.no_grad()
def hold_slopes(lane: Playground, value: float) -> None:
    """Set every slope, whatever the update made of it."""
    for slope in lane.model.slopes:
        slope.fill_(value)
