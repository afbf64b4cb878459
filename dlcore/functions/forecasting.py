"""Forecasts that need no network: the last value, the last season, a ridge autoregression. Numpy, closed form.

Letters in shapes: L lags, W windows, B series side by side, H steps ahead.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from dlcore.functions.least_squares import ridge

STRENGTHS = tuple(10.0**power for power in range(-4, 3))  # of the penalty, the best of which is chosen
VALID_SHARE = 0.2  # of the windows, the newest, on which it is chosen


class Autoregression(NamedTuple):
    """ẑ = a + w · (the last L values), fitted with a penalty of this strength."""

    theta: np.ndarray  # (L + 1,), the intercept, then the weights from the oldest lag on
    strength: float

    def predict(self, windows: np.ndarray) -> np.ndarray:
        """The next value (…,) after windows (…, L)."""
        return windows @ self.theta[1:] + self.theta[0]


def fit_autoregression(windows: np.ndarray) -> Autoregression:
    """Ridge regression of the last column of windows (W, L + 1) on the others.

    The strength is the one that forecasts the newest fifth of the windows best after a fit on the others; then all are
    used.
    """
    n_valid = max(1, int(VALID_SHARE * len(windows)))
    fit, valid = windows[:-n_valid], windows[-n_valid:]
    if len(fit) < 2:
        return _fit(windows, 1.0)
    errors = [np.mean((_fit(fit, s).predict(valid[:, :-1]) - valid[:, -1]) ** 2) for s in STRENGTHS]
    return _fit(windows, STRENGTHS[int(np.argmin(errors))])


def _fit(windows: np.ndarray, strength: float) -> Autoregression:
    return Autoregression(ridge(windows[:, :-1], windows[:, -1], strength), strength)


def run_freely(predict: Callable[[np.ndarray], np.ndarray], windows: np.ndarray, n_steps: int) -> np.ndarray:
    """H forecasts (B, H) after windows (B, L), each made from the forecasts before it."""
    forecasts = []
    for _ in range(n_steps):
        forecasts.append(predict(windows))
        windows = np.concatenate([windows[:, 1:], forecasts[-1][:, None]], axis=1)
    return np.stack(forecasts, axis=1)


def persist(values: np.ndarray, origins: np.ndarray, n_steps: int, season: int = 1) -> np.ndarray:
    """Forecasts (B, H) from `origins` (B,) on: the value one season before, or as many seasons as are needed for it to
    lie before the origin; with season 1 the last value."""
    back = -(np.arange(n_steps) % season) + season
    return values[origins[:, None] - back]


def rms(errors: np.ndarray, axis: int | None = None) -> np.ndarray:
    """The root of the mean square."""
    return np.sqrt(np.mean(errors**2, axis=axis))
