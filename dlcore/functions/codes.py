"""What a small network has learned: whether weights mirror each other in ratios 1 : 2 : 4, whether codes are binary.

Letters in shapes: S networks, P patterns, H hidden units, F inputs.
"""

from __future__ import annotations

import itertools

import numpy as np

N_BITS, N_PATTERNS = 6, 8  # of the mirror task, and of the encoder
WANTED, NEAR = 2.0, 0.5  # a ratio is near 2 within 25 %
MIRRORED = 0.1  # the most that w + its mirror image may be, as a share of the unit's largest weight
CLOSE = 0.2  # a unit is binary so near 0 or 1


def mirror_patterns() -> tuple[np.ndarray, np.ndarray]:
    """All 64 rows of six bits (P, 6) in binary order, and (P, 1) 1 for those that read the same from both ends."""
    x = np.array(list(itertools.product((0, 1), repeat=N_BITS)), np.float32)
    return x, (x == x[:, ::-1]).all(1, keepdims=True).astype(np.float32)


def one_hot_patterns() -> tuple[np.ndarray, np.ndarray]:
    """Eight patterns with a single 1 (8, 8), each its own target."""
    x = np.eye(N_PATTERNS, dtype=np.float32)
    return x, x


def mirror_order() -> np.ndarray:
    """(64,) the patterns row by row as in the 8×8 picture: a row is the left half, a column the right half's mirror
    image, so that symmetric patterns lie on the diagonal."""
    half = N_BITS // 2
    mirrored = [int(f"{column:0{half}b}"[::-1], 2) for column in range(2**half)]
    return np.array([row * 2**half + column for row in range(2**half) for column in mirrored])


def mirror_fault(weights: np.ndarray) -> np.ndarray:
    """(S, H) how far weights (S, F, H) are from w and −w in mirrored places, as a share of a unit's largest weight."""
    largest = np.abs(weights).max(1)
    return np.abs(weights + weights[:, ::-1]).max(1) / np.maximum(largest, 1e-12)


def weight_ratios(weights: np.ndarray) -> np.ndarray:
    """(S, H, 2) each unit's weight sizes by rank, each over the one before: 2 and 2 for 1 : 2 : 4, in any order.

    The size of a pair of mirrored places is the mean of both sizes.
    """
    sizes = np.abs(weights)
    pairs = np.sort((sizes + sizes[:, ::-1])[:, : weights.shape[1] // 2] / 2, 1)  # (S, 3, H)
    return np.moveaxis(pairs[:, 1:] / np.maximum(pairs[:, :-1], 1e-12), 1, 2)


def is_near(weights: np.ndarray) -> np.ndarray:
    """(S,) whether all units' weights mirror each other within 10 % and both ratios are within 25 % of 2."""
    near = (np.abs(weight_ratios(weights) - WANTED) <= NEAR).all(2)
    mirrored = mirror_fault(weights) <= MIRRORED
    return (near & mirrored).min(1)


def code_numbers(hidden: np.ndarray) -> np.ndarray:
    """(S, P) hidden units (S, P, H) rounded to 0 or 1, read as a binary number."""
    return ((hidden > 0.5) * 2 ** np.arange(hidden.shape[2])).sum(2)


def n_distinct(hidden: np.ndarray) -> np.ndarray:
    """(S,) how many different codes there are after rounding."""
    ordered = np.sort(code_numbers(hidden), 1)
    return 1 + (np.diff(ordered, axis=1) > 0).sum(1)


def is_binary(hidden: np.ndarray) -> np.ndarray:
    """(S,) whether every unit is within 0.2 of 0 or 1 for every pattern."""
    return (np.minimum(hidden, 1 - hidden) <= CLOSE).all((1, 2))
