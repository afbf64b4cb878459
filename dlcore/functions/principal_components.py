"""Principal components in closed form, and the angle between two subspaces; numpy alone."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class Principal(NamedTuple):
    """The mean (D,) of some rows and their first k principal directions (k, D), orthonormal."""

    mean: np.ndarray
    directions: np.ndarray

    def codes(self, x: np.ndarray) -> np.ndarray:
        """(N, k) where rows (N, D) lie along the directions."""
        return (x - self.mean) @ self.directions.T

    def rebuild(self, x: np.ndarray) -> np.ndarray:
        """(N, D) the nearest places to rows (N, D) that the directions reach from the mean."""
        return self.mean + self.codes(x) @ self.directions


def principal_components(x: np.ndarray, k: int) -> Principal:
    """Of rows (N, D), by the singular value decomposition of what is left after the mean (Pearson 1901)."""
    mean = x.mean(0)
    return Principal(mean, np.linalg.svd(x - mean, full_matrices=False)[2][:k])


def squared_error(x: np.ndarray, rebuilt: np.ndarray) -> np.ndarray:
    """(…,) Σ (x − x̂)² over the pixels, mean over the rows of arrays (…, N, D)."""
    return np.square(np.asarray(rebuilt, float) - x).sum(-1).mean(-1)


def subspace_angle(a: np.ndarray, b: np.ndarray) -> float:
    """The largest principal angle in degrees between the spans of the rows of `a` (k, D) and `b` (k, D): 0 for the
    same span, 90 where a direction of one is at a right angle to the other (Björck & Golub 1973)."""
    qa, qb = (np.linalg.qr(np.asarray(rows, float).T)[0] for rows in (a, b))
    outside = qa - qb @ (qb.T @ qa)
    return float(np.degrees(np.arcsin(min(1.0, float(np.linalg.norm(outside, 2))))))
