"""One line, three losses: what outliers do to squared, absolute and Huber errors."""

from __future__ import annotations

from typing import ClassVar

from dlcore.specs.base import Seed, Spec, number, setting


class RobustFitSpec(Spec):
    """Points about a line, some of them replaced by outliers at one place; MSE, MAE and Huber fit at the same time."""

    kind: ClassVar[str] = "robust_fit"

    n_samples: int = number(30, 5, 200, group="data")
    n_outliers: int = number(4, 0, 20, group="data")  # added to the points
    outlier_x: float = number(2.0, -3.0, 3.0, group="data")
    outlier_y: float = number(-6.0, -8.0, 8.0, group="data")
    spread: float = number(0.5, 0.0, 3.0, group="data")

    delta: float = number(0.5, 0.01, 5.0, group="training")
    learning_rate: float = number(0.1, 1e-4, 10.0, group="training", log=True, editable=True)
    n_steps: int = number(500, 1, 5000, group="training", log=True)
    data_seed: Seed = setting(0, group="seeds")
