"""A 2-2-1 net trained by code that may hold a mistake; the case decides which, and with which numbers."""

from __future__ import annotations

from typing import ClassVar

from dlcore.specs.base import Spec, number


class GradientBugSpec(Spec):
    """One of 999 cases; a step is one update by the suspected code, next to the correct code from the same start."""

    kind: ClassVar[str] = "gradient_bug"

    case: int = number(1, 1, 999, group="data")
    learning_rate: float = number(0.1, 1e-3, 1.0, group="training", log=True, editable=True)
    n_steps: int = number(30, 1, 500, group="training", log=True)
