"""The constant that a loss likes best: what MSE, MAE, Huber and pinball make of a handful of numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence

BISECTIONS = 200  # halves an interval until its ends are neighbouring floats

Interval = tuple[float, float]


def mean(values: Sequence[float]) -> Interval:
    """The constant with the smallest mean squared error, twice: it is the only one."""
    found = sum(values) / len(values)
    return found, found


def quantile(values: Sequence[float], q: float) -> Interval:
    """All constants with the smallest mean pinball loss at 0 < q < 1 (Koenker & Bassett 1978); q = ½ is the median.

    With n numbers the slope jumps at each of them and is 0 between the (qn)-th and the next when qn is whole.
    """
    ordered = sorted(values)
    place = q * len(ordered)
    if math.isclose(place, round(place), abs_tol=1e-9):
        return ordered[round(place) - 1], ordered[round(place)]
    return ordered[math.floor(place)], ordered[math.floor(place)]


def huber(values: Sequence[float], delta: float) -> Interval:
    """All constants with the smallest mean Huber loss (Huber 1964): where the residuals, clipped to ±δ, add up to 0."""
    return _edge(values, delta, -1), _edge(values, delta, 1)


def _edge(values: Sequence[float], delta: float, side: int) -> float:
    """The left (−1) or right (1) end of the places where the slope is 0, by bisection: the slope never falls."""
    low, high = min(values), max(values)
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        slope = sum(max(-delta, min(delta, middle - value)) for value in values)
        if slope < -1e-12 or (side > 0 and slope <= 1e-12):
            low = middle
        else:
            high = middle
    return (low + high) / 2
