"""Series to forecast: sunspots, carbon dioxide, a reader's own; cut into a past to learn from and a test part.

Whatever is learnt or scaled comes from the past alone. Letters in shapes: N values, L lags, W training windows,
M test values, H steps ahead.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from dlcore.data.shipped import read_shipped

SUNSPOTS = read_shipped("sunspots.csv")
CO2 = read_shipped("co2.csv")
SEASONS = {"sunspots": 11, "co2": 12}  # years of a solar cycle, months of a year


class Series(NamedTuple):
    """Values (N,) at named times; after `season` values it begins to repeat itself."""

    times: tuple[str, ...]
    values: np.ndarray
    season: int


@functools.lru_cache(maxsize=2)
def read_series(name: str) -> Series:
    """Yearly sunspot numbers 1700–2008 (309,), or monthly CO₂ at Mauna Loa in ppm, 1958-03 to 2001-12 (526,).

    NOAA National Geophysical Data Center; Keeling & Whorf, Scripps Institution of Oceanography. Both public domain.
    """
    rows = [line.split(",") for line in {"sunspots": SUNSPOTS, "co2": CO2}[name].splitlines()[1:]]
    return Series(tuple(row[0] for row in rows), np.array([float(row[1]) for row in rows]), SEASONS[name])


@dataclass(frozen=True, eq=False)
class Forecasting:
    """A series cut in two; `z` is what a forecaster sees: values or their changes, scaled by the past's own numbers."""

    series: Series
    n_lags: int
    n_train: int  # values of the past
    differenced: bool
    mean: float
    deviation: float
    z: np.ndarray  # (N,), its first 0 if differenced

    @property
    def train(self) -> np.ndarray:
        """Every stretch of L + 1 values of the past (W, L + 1): L to read and the next one."""
        return np.lib.stride_tricks.sliding_window_view(self.z[self.differenced : self.n_train], self.n_lags + 1)

    def before(self, times: np.ndarray) -> np.ndarray:
        """The L true values before each time (…, L)."""
        return self.z[times[..., None] + np.arange(-self.n_lags, 0)]

    @property
    def test_times(self) -> np.ndarray:
        """Positions of the test values (M,)."""
        return np.arange(self.n_train, len(self.z))

    @property
    def horizon(self) -> int:
        """How many steps ahead forecasts are compared: one season, if the test part is that long."""
        return min(self.series.season, len(self.z) - self.n_train)

    @property
    def origins(self) -> np.ndarray:
        """Where a forecast of H steps can begin and still be checked to its end (M − H + 1,)."""
        return self.test_times[: len(self.test_times) - self.horizon + 1]

    def ahead(self, origins: np.ndarray, n_steps: int) -> np.ndarray:
        """The true values at `origins` and after (…, H)."""
        return self.series.values[origins[..., None] + np.arange(n_steps)]

    def to_values(self, z: np.ndarray, origins: np.ndarray) -> np.ndarray:
        """Forecasts z (…, H) that begin at `origins` (…,) in the series' own unit."""
        raw = z * self.deviation + self.mean
        return self.series.values[origins - 1][..., None] + raw.cumsum(-1) if self.differenced else raw


def make_forecasting(spec: Any) -> Forecasting:
    """The problem of a forecast spec; the same object again for the same series and cut."""
    return _make_forecasting(
        spec.series, tuple(spec.values), spec.season, spec.n_lags, spec.test_share, spec.differenced
    )


@functools.lru_cache(maxsize=32)
def _make_forecasting(
    name: str, values: tuple, season: int, n_lags: int, test_share: float, differenced: bool
) -> Forecasting:
    series = make_own(values, season) if name == "own" else read_series(name)
    n = len(series.values)
    n_train = n - max(1, round(test_share * n))
    moved = np.diff(series.values, prepend=series.values[0]) if differenced else series.values
    past = moved[differenced:n_train]
    mean, deviation = float(past.mean()), float(past.std()) or 1.0
    z = (moved - mean) / deviation
    return Forecasting(series, min(n_lags, n_train // 3), n_train, differenced, mean, deviation, z)


def make_own(values: tuple[tuple[float, ...], ...], season: int) -> Series:
    """A reader's values, called 1, 2, 3, …"""
    return Series(tuple(map(str, range(1, len(values) + 1))), np.array([row[0] for row in values]), season)
