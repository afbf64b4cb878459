"""micrograd's published demo: the moons, two hidden layers of 16 ReLU units, hinge loss, 100 full-batch steps."""

from __future__ import annotations

from typing import ClassVar

from dlcore.specs.base import Spec, number


class MicrogradSpec(Spec):
    """Everything is as published; the loss that the notebook prints for step k is that after k updates.

    The published run has the seed 1337.
    """

    kind: ClassVar[str] = "micrograd"

    n_steps: int = number(99, 1, 100, group="training")
