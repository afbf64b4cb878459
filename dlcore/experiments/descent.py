"""Descent: update rules race down a loss surface of two parameters, in exact arithmetic and without noise."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np

from dlcore.functions.landscapes import EDGE, LANDSCAPES
from dlcore.functions.update_rules import BETAS, N_BUFFERS, RULES, move, unbias

GRID = 96  # the surface is drawn on GRID × GRID cells
LOST = 1e6  # a racer whose loss exceeds this has diverged and leaves the race
FLOOR = 1e-3  # added to the loss before its logarithm is drawn


class Descent:
    """Places (5, 2) and memories (5, 2, 2) of the five rules; those that do not race or have diverged stay put.

    `lost` (5,) is the step at which a racer's loss first exceeded LOST, 0 while it is in the race.
    """

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        self.landscape = LANDSCAPES[spec.landscape]
        self.places = np.tile(np.array([spec.start_x, spec.start_y], dtype=np.float64), (len(RULES), 1))
        self.buffers = np.zeros((len(RULES), N_BUFFERS, 2))
        self.lost = np.zeros(len(RULES), np.int64)

    def step(self) -> None:
        """One update of every racer that is still in the race."""
        self.steps_done += 1
        for racer in self._racing():
            gradient = self.landscape.gradient(self.places[racer])
            direction, self.buffers[racer] = self._move(racer, gradient, self.steps_done)
            self.places[racer] -= self.rate(racer) * direction
            if not self._loss(racer) <= LOST:
                self.lost[racer] = self.steps_done

    def rate(self, racer: int) -> float:
        """The learning rate of a racer on this surface."""
        return self.landscape.rates[RULES[racer]] * self.spec.rate_factor

    def observe(self) -> dict[str, Any]:
        """Where everyone is and the next update in numbers; of a racer that is `out`, only the step when it diverged.

        `best` is the lowest loss; with nobody left in the race it is infinite, and the run has diverged.
        """
        racing = self._racing()
        observed: dict[str, Any] = {"best": min((self._loss(racer) for racer in racing), default=float("inf"))}
        observed |= {f"{RULES[racer]}_out": int(self.lost[racer] > 0) for racer in self._entered()}
        for racer in racing:
            observed |= {f"{RULES[racer]}_{name}": float(value) for name, value in self._numbers(racer).items()}
        observed |= {f"{RULES[racer]}_lost": int(step) for racer, step in enumerate(self.lost) if step}
        if self.steps_done == 0:
            observed |= {"surface": make_surface(self.spec.landscape), "minima": np.array(self.landscape.minima)}
            observed |= {"start": self.places[:1].copy(), "start_label": np.zeros(1, np.uint8)}
        return observed

    def state(self) -> dict[str, Any]:
        return {"places": self.places, "buffers": self.buffers, "lost": self.lost}

    def weights(self) -> dict[str, Any]:
        """Where each racer is."""
        return {RULES[racer]: self.places[racer] for racer in self._entered()}

    def _numbers(self, racer: int) -> dict[str, float]:
        """Place, loss and the next update: gradient, memory, what the learning rate multiplies, new place."""
        x, y = self.places[racer]
        gradient = self.landscape.gradient(self.places[racer])
        direction, (first, second) = self._move(racer, gradient, self.steps_done + 1)
        if RULES[racer] == "adam":
            first, second = (unbias(m, b, self.steps_done + 1) for m, b in zip((first, second), BETAS, strict=True))
        new_x, new_y = self.places[racer] - self.rate(racer) * direction
        numbers = {"x": x, "y": y, "loss": self._loss(racer), "eta": self.rate(racer)}
        numbers |= {"gx": gradient[0], "gy": gradient[1], "dx": direction[0], "dy": direction[1]}
        if RULES[racer] != "sgd":
            numbers |= {"mx": first[0], "my": first[1]}
        if RULES[racer] == "adam":
            numbers |= {"sx": second[0], "sy": second[1]}
        return numbers | {"new_x": new_x, "new_y": new_y}

    def _move(self, racer: int, gradient: np.ndarray, step: int) -> tuple[np.ndarray, np.ndarray]:
        return move(RULES[racer], gradient, self.buffers[racer], step, self.spec.momentum)

    def _loss(self, racer: int) -> float:
        return float(self.landscape.loss(self.places[racer]))

    def _entered(self) -> list[int]:
        return [racer for racer, rule in enumerate(RULES) if rule in self.spec.racers]

    def _racing(self) -> list[int]:
        return [racer for racer in self._entered() if not self.lost[racer]]


@functools.lru_cache(maxsize=8)
def make_surface(name: str) -> np.ndarray:
    """log₁₀(L + FLOOR) (GRID, GRID) at the cells' centres, row 0 at the bottom."""
    centres = EDGE * ((2 * np.arange(GRID) + 1) / GRID - 1)
    x, y = np.meshgrid(centres, centres)
    return np.log10(LANDSCAPES[name].loss(np.stack([x, y], -1)) + FLOOR).astype(np.float32)
