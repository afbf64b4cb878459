"""What bounds the perceptron's number of mistakes: the largest margin of its data, computed exactly."""

from __future__ import annotations

import numpy as np
from scipy.optimize import nnls

SEPARABLE = 1e-7  # a margin below this share of the largest |x_i| counts as none


def max_margin(x: np.ndarray, y: np.ndarray) -> tuple[float, np.ndarray]:
    """The largest γ such that y_i w·x_i ≥ γ for all i and some |w| = 1, and that w (D,).

    `x` (N, D) is already augmented with the constant 1, `y` (N,) is ±1. γ is the distance from the origin to the convex
    hull of the y_i x_i, in the units of x. Not separable, or γ below 1e-7 of the largest |x_i|: 0 and the zero vector.

    Method: least distance programming, min |v| subject to y_i v·x_i ≥ 1, solved as non-negative least squares
    (Lawson & Hanson 1974, chapter 23, algorithm LDP). γ is measured on the data: w attains it whatever the rounding,
    which makes γ too small by a share of about 1e-16 (R/γ)², R the largest |x_i|.
    """
    z = y[:, None] * x
    radius = np.linalg.norm(z, axis=1).max()
    gamma, w = 0.0, np.zeros(x.shape[1])
    scale = radius
    for _ in range(3):  # solved again in units of γ, where rounding matters least
        if scale <= SEPARABLE * radius:
            break
        direction = _least_distance(z / scale)
        scale = float((z @ direction).min())
        if scale > max(gamma, SEPARABLE * radius):
            gamma, w = scale, direction
    return gamma, w


def novikoff_bound(x: np.ndarray, y: np.ndarray) -> float:
    """(R/γ)², which the perceptron's number of mistakes never exceeds; inf where the classes cannot be separated.

    `x` (N, D) augmented with the constant 1, `y` (N,) ±1, R the largest |x_i|, γ from `max_margin`. It holds for a
    start at w = 0, any learning rate and any order (Novikoff 1962, On convergence proofs on perceptrons).
    """
    gamma, _ = max_margin(x, y)
    return float((np.linalg.norm(x, axis=1).max() / gamma) ** 2) if gamma > 0 else float("inf")


def _least_distance(z: np.ndarray) -> np.ndarray:
    """The direction (D,) of the shortest v with v·z_i ≥ 1 for all i; meaningless if there is no such v."""
    a = np.vstack([z.T, np.ones(len(z))])  # (D + 1, N)
    b = np.append(np.zeros(z.shape[1]), 1.0)
    u, _ = nnls(a, b)
    toward_hull = z.T @ u
    return toward_hull / max(np.linalg.norm(toward_hull), np.finfo(float).tiny)
