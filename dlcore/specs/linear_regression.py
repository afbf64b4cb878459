"""Linear regression by gradient descent, beside its closed form."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import model_validator

from dlcore.errors import SpecError
from dlcore.specs.base import Seed, Spec, number, setting

MAX_ROWS, MAX_INPUTS, MAX_CELLS = 200, 6, 600  # of a reader's own table: all of it travels in the link
MAX_VALUE = 1e4
STARTER_ROWS = ((1.0, 2.1), (2.0, 2.9), (3.0, 4.2), (4.0, 4.8), (5.0, 6.1))  # what an own table begins with


class LinearRegressionSpec(Spec):
    """The loss is c/n Σ (ŷ − y)² with c from `loss_factor`; a step uses `batch_size` rows, at most all.

    With `n_seeds` above 1, descents that differ only in the order of their batches run side by side.
    """

    kind: ClassVar[str] = "linear_regression"

    table: Literal["line", "anscombe_1", "anscombe_2", "anscombe_3", "anscombe_4", "penguins", "diabetes", "own"] = (
        setting("line", group="data")
    )
    n_samples: int = number(40, 4, 200, group="data")
    x_mean: float = number(2.0, -5.0, 10.0, group="data")
    x_spread: float = number(1.0, 0.1, 5.0, group="data")
    spread: float = number(0.5, 0.0, 3.0, group="data")  # standard deviation of the noise in y
    rows: tuple[tuple[float, ...], ...] = setting((), group="own", max_length=MAX_ROWS)  # inputs, then the target
    scaled: bool = setting(False, group="data")

    loss_factor: Literal["half_mean", "mean", "half_sum", "sum"] = setting("half_mean", group="training")
    learning_rate: float = number(0.3, 1e-9, 100.0, group="training", log=True, editable=True)
    batch_size: int = number(500, 1, 500, group="training", log=True)
    start_b: float = number(0.0, -1000.0, 1000.0, group="training")
    start_w: float = number(0.0, -1000.0, 1000.0, group="training")
    n_steps: int = number(200, 1, 20000, group="training", log=True)

    data_seed: Seed = setting(0, group="seeds")
    n_seeds: int = number(1, 1, 64, group="band")

    @model_validator(mode="after")
    def _check_rows(self) -> Self:
        if self.table == "own" and len(self.rows) < 3:
            raise SpecError("too_few_points", field="rows", value=len(self.rows), low=3, instead=STARTER_ROWS)
        width = len(self.rows[0]) if self.rows else 2
        if not 2 <= width <= MAX_INPUTS + 1 or width * len(self.rows) > MAX_CELLS:
            raise SpecError("own_width", field="rows", value=width, low=2, high=MAX_INPUTS + 1, limit=MAX_CELLS)
        for row in self.rows:
            if len(row) != width or not all(abs(value) <= MAX_VALUE for value in row):
                raise SpecError("own_row", field="rows", value=",".join(map(str, row)), high=MAX_VALUE)
        return self
