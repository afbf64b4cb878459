"""Curves to be fitted, and what k hidden units are known to reach: the networks of the proofs, without any training.

Letters in shapes: N places, K knots.
"""

from __future__ import annotations

import numpy as np

from dlcore.errors import DataError
from dlcore.functions.formulas import formula_values

WIDTHS = (1, 2, 4, 8, 16, 32, 64)
LARGEST = 10.0  # that a target may be
FULL = 50.0  # a drawn height of 50 is y = 1
N_PLACES = 257  # at which an error is measured
DEGREES = {"identity": 1, "square": 2}  # of the polynomial that a network is, whatever its width, by activation
PRESETS = {
    "waves": ("sin(3x) + 0.5 sin(9x)", "1"),
    "kink": ("abs(x)", "1"),
    "jump": ("step(x)", "1"),
    "hump": ("exp(-8x^2)", "1"),
    "stairs": ("floor(2x)/2", "1"),
    "chirp": ("sin(4x^2)", "3"),
}


def make_places(reach: float, n_places: int = N_PLACES) -> np.ndarray:
    """(N,) equally spaced from −reach to reach."""
    return np.linspace(-reach, reach, n_places)


def target_values(source: str, formula: str, heights: tuple[int, ...], reach: float, x: np.ndarray) -> np.ndarray:
    """(N,) the curve that is to be fitted: a formula, or heights at equally spaced places with straight lines between.

    Raises DataError as `formula_values` does, and formula_large (at, high) for values beyond ±10.
    """
    if source == "drawn":
        heights = heights or (0,)
        return np.interp(x, make_places(reach, len(heights)), np.array(heights) / FULL)
    y = formula_values(formula, x)
    if np.abs(y).max() > LARGEST:
        raise DataError("formula_large", value=formula, at=float(x[np.abs(y).argmax()]), high=LARGEST)
    return y


def hat_values(knots: np.ndarray, heights: np.ndarray, x: np.ndarray) -> np.ndarray:
    """(N,) what K − 1 ReLU units make that join K points by straight lines: each unit turns the line at a knot.

    f(x₀) + Σ (sⱼ − sⱼ₋₁) relu(x − xⱼ), sⱼ the slope after knot j, s₋₁ = 0, for places from the first knot on.
    """
    slopes = np.diff(heights) / np.diff(knots)
    turns = np.diff(slopes, prepend=0.0)
    return heights[0] + np.maximum(x[:, None] - knots[:-1], 0.0) @ turns


def stair_values(edges: np.ndarray, heights: np.ndarray, x: np.ndarray) -> np.ndarray:
    """(N,) what K − 1 infinitely steep sigmoid units make of K heights: each unit is a jump at one of the K − 1 edges.

    h₀ + Σ (hⱼ − hⱼ₋₁) σ(s (x − eⱼ)) for s → ∞ (the step of Cybenko's and Hornik's constructions).
    """
    return heights[0] + (x[:, None] > edges) @ np.diff(heights)


def hat_error(n_units: int, x: np.ndarray, y: np.ndarray) -> float:
    """RMS distance of the curve from the hats of `n_units` ReLU units whose knots are equally spaced."""
    knots = np.linspace(x[0], x[-1], n_units + 1)
    return rms(hat_values(knots, np.interp(knots, x, y), x) - y)


def stair_error(n_units: int, x: np.ndarray, y: np.ndarray) -> float:
    """RMS distance from the stairs of `n_units` steep sigmoid units: equally wide steps at the curve's mean heights."""
    edges = np.linspace(x[0], x[-1], n_units + 2)[1:-1]
    step = np.searchsorted(edges, x, side="left")
    heights = np.bincount(step, y, n_units + 1) / np.bincount(step, minlength=n_units + 1)
    return rms(stair_values(edges, heights, x) - y)


def polynomial_error(degree: int, x: np.ndarray, y: np.ndarray) -> float:
    """RMS distance from the best polynomial of this degree: the least that units with such an activation can reach."""
    powers = (x / x[-1])[:, None] ** np.arange(degree + 1)
    return rms(powers @ np.linalg.lstsq(powers, y, rcond=None)[0] - y)


def rms(differences: np.ndarray) -> float:
    """The root of the mean square."""
    return float(np.sqrt((differences**2).mean()))
