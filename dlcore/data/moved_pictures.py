"""Pictures that were moved by a few pixels, and pictures whose pixels were shuffled."""

from __future__ import annotations

import numpy as np

DIRECTIONS = ((0, 1), (1, 0), (0, -1), (-1, 0))  # rows down, columns to the right


def pad_pictures(x: np.ndarray, margin: int) -> np.ndarray:
    """(N, 1, H, W) with `margin` empty pixels on all sides, so that nothing is lost when they are moved."""
    return np.pad(x, ((0, 0), (0, 0), (margin, margin), (margin, margin)))


def move_pictures(x: np.ndarray, pixels: int, generator: np.random.Generator) -> np.ndarray:
    """(N, 1, H, W) each moved by so many pixels in one of the four directions; what comes in is empty."""
    moved = np.zeros_like(x)
    chosen = generator.integers(len(DIRECTIONS), size=len(x))
    for number, (down, right) in enumerate(DIRECTIONS):
        rows, into_rows = _overlap(x.shape[2], down * pixels)
        columns, into_columns = _overlap(x.shape[3], right * pixels)
        which = np.flatnonzero(chosen == number)
        moved[which, :, into_rows, into_columns] = x[which, :, rows, columns]
    return moved


def shuffle_pixels(x: np.ndarray, order: np.ndarray) -> np.ndarray:
    """(N, 1, H, W) with the pixels in another order (H · W,), the same for all."""
    return x.reshape(len(x), -1)[:, order].reshape(x.shape)


def _overlap(side: int, by: int) -> tuple[slice, slice]:
    """Which part of a side stays, and where it goes to."""
    return slice(max(0, -by), side - max(0, by)), slice(max(0, by), side - max(0, -by))
