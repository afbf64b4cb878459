"""The perceptron (Rosenblatt 1958): one unit, many inputs, an update for every mistake."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import model_validator

from dlcore.errors import SpecError
from dlcore.specs.base import STARTER_POINTS, Seed, Spec, number, setting


class PerceptronSpec(Spec):
    """Two clouds of points at a chosen gap, XOR, or own points; one step is one update on a misclassified point."""

    kind: ClassVar[str] = "perceptron"

    dataset: Literal["gap", "noisy", "xor", "own"] = setting("gap", group="data")
    n_samples: int = number(40, 4, 200, group="data")
    gap: float = number(0.5, 0.0, 3.0, group="data")  # width of the empty street between the two classes
    flipped: float = number(0.1, 0.0, 0.4, group="data")  # share of wrong labels in `noisy`
    points: tuple[tuple[float, float, int], ...] = setting((), group="own", max_length=200)  # x1, x2, class 0 or 1

    learning_rate: float = number(1.0, 0.01, 10.0, group="training", log=True)
    order: Literal["cyclic", "random"] = setting("cyclic", group="training")
    pocket: bool = setting(False, group="training")
    n_steps: int = number(100, 1, 2000, group="training", log=True)
    data_seed: Seed = setting(5, group="seeds")  # a cloud that takes more than a handful of updates

    @model_validator(mode="after")
    def _check_points(self) -> Self:
        if self.dataset == "own" and len(self.points) < 4:
            raise SpecError("too_few_points", field="points", value=len(self.points), low=4, instead=STARTER_POINTS)
        for x1, x2, label in self.points:
            if not (abs(x1) <= 6 and abs(x2) <= 6 and label in (0, 1)):
                raise SpecError("point", field="points", value=f"{x1},{x2},{label}", low=-6, high=6)
        return self
