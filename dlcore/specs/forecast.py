"""Forecasting a series with a recurrent network, beside baselines that need none."""

from __future__ import annotations

import math
from typing import ClassVar, Literal, Self

from pydantic import model_validator

from dlcore.errors import SpecError
from dlcore.specs.base import Seed, Spec, number, setting

MIN_VALUES, MAX_VALUES = 24, 600  # of a reader's own series: all of it travels in the link
LARGEST = 1e9
STARTER_SERIES = tuple(  # what an own series begins with: a wave of 12 on a slow rise
    (round(10 + 0.1 * t + 3 * math.sin(2 * math.pi * t / 12), 2),) for t in range(60)
)


class ForecastSpec(Spec):
    """The newest `test_share` of the series is held back; the network reads `n_lags` values and says the next one.

    With `differenced` it reads and says changes. With `n_seeds` above 1 networks that differ in weights and batch order
    learn side by side.
    """

    kind: ClassVar[str] = "forecast"

    series: Literal["sunspots", "co2", "own"] = setting("sunspots", group="data")
    values: tuple[tuple[float, ...], ...] = setting((), group="own", max_length=MAX_VALUES)  # one number a row
    season: int = number(12, 1, 60, group="own")
    test_share: float = number(0.2, 0.1, 0.5, group="data")
    differenced: bool = setting(False, group="data")

    cell: Literal["rnn", "lstm", "gru"] = setting("lstm", group="network")
    n_lags: int = number(22, 2, 36, group="network")
    n_units: int = number(16, 1, 32, group="network")

    learning_rate: float = number(0.01, 1e-5, 1.0, group="training", log=True, editable=True)
    batch_size: int = number(32, 1, 64, group="training", log=True)
    n_steps: int = number(600, 1, 5000, group="training", log=True)

    n_seeds: int = number(1, 1, 3, group="band")
    seed: Seed = setting(0, group="seeds")

    @model_validator(mode="after")
    def _check_values(self) -> Self:
        if self.series == "own" and len(self.values) < MIN_VALUES:
            raise SpecError(
                "too_few_values", field="values", value=len(self.values), low=MIN_VALUES, instead=STARTER_SERIES
            )
        for row in self.values:
            if len(row) != 1 or not abs(row[0]) <= LARGEST:
                raise SpecError("own_value", field="values", value=",".join(map(str, row)), high=LARGEST)
        return self
