"""Descent on a loss surface of two parameters: up to five update rules race from the same start."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import model_validator

from dlcore.errors import SpecError
from dlcore.specs.base import Spec, number, setting

Racer = Literal["sgd", "momentum", "nesterov", "rmsprop", "adam"]


class DescentSpec(Spec):
    """A surface, a start and the racers; every rule has a learning rate for each surface, times `rate_factor`."""

    kind: ClassVar[str] = "descent"

    landscape: Literal["bowl", "ravine", "saddle", "rosenbrock", "himmelblau"] = setting("ravine", group="data")
    start_x: float = number(-2.5, -3.0, 3.0, group="data")
    start_y: float = number(0.8, -3.0, 3.0, group="data")
    racers: tuple[Racer, ...] = setting(
        ("sgd", "momentum", "nesterov", "rmsprop", "adam"), group="training", min_length=1, max_length=5
    )
    rate_factor: float = number(1.0, 0.01, 100.0, group="training", log=True, editable=True)
    momentum: float = number(0.9, 0.0, 0.99, group="training")
    n_steps: int = number(200, 1, 5000, group="training", log=True)

    @model_validator(mode="after")
    def _check_racers(self) -> Self:
        if len(set(self.racers)) < len(self.racers):
            raise SpecError("repeated", field="racers", value=",".join(self.racers))
        return self
