"""A threshold chosen on validation and reported on test, over many ways to split the data."""

from __future__ import annotations

from typing import ClassVar, Literal

from dlcore.specs.base import Spec, number, setting

MOST_SPLITS = 200


class ThresholdChoiceSpec(Spec):
    """One step draws one more split, trains on it and chooses a threshold; every seed has its own splits."""

    kind: ClassVar[str] = "threshold_choice"

    scored_data: Literal["breast_cancer", "digit_8"] = setting("digit_8", group="data")
    n_train_cases: int = number(60, 10, 200, group="data")
    n_valid_cases: int = number(50, 10, 500, group="data")
    f_beta: float = number(1.0, 0.25, 4.0, group="threshold")
    n_steps: int = number(60, 1, MOST_SPLITS, group="seeds")  # so many splits
