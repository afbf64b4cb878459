"""Polynomials of growing degree or growing penalty, fitted in closed form; train and test error."""

from __future__ import annotations

from typing import ClassVar, Literal

from dlcore.specs.base import Seed, Spec, number, setting


class PolynomialFitSpec(Spec):
    """Step k of the sweep `degree` fits degree k with `strength`; of the sweep `strength`, `degree` with the k-th λ.

    With `n_seeds` above 1, so many samples of points are fitted, from the seeds data_seed, data_seed + 1, …
    """

    kind: ClassVar[str] = "polynomial_fit"

    n_train: int = number(20, 5, 200, group="data")
    spread: float = number(0.3, 0.0, 3.0, group="data")

    sweep: Literal["degree", "strength"] = setting("degree", group="training")
    penalty: Literal["none", "ridge", "lasso"] = setting("none", group="training")
    degree: int = number(12, 1, 30, group="training")  # of the sweep over the strength
    strength: float = number(0.01, 1e-8, 10.0, group="training", log=True)  # λ of the sweep over the degree
    n_steps: int = number(15, 1, 60, group="training")

    data_seed: Seed = setting(0, group="seeds")
    n_seeds: int = number(1, 1, 64, group="band")
