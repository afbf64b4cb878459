"""A signal as a small picture, so that it can be shown where pictures are."""

from __future__ import annotations

import numpy as np

HEIGHT, REACH = 24, 4.0  # rows; the lowest and highest value that is drawn


def draw_signal(x: np.ndarray) -> np.ndarray:
    """(HEIGHT, W) uint8, ink 255 on 0: in every column a stroke from the value before to its own; row 0 is REACH."""
    rows = np.round((1 - np.clip(x / REACH, -1, 1)) / 2 * (HEIGHT - 1)).astype(int)  # (W,)
    before = np.concatenate([rows[:1], rows[:-1]])
    low, high = np.minimum(rows, before), np.maximum(rows, before)
    height = np.arange(HEIGHT)[:, None]
    return np.where((height >= low) & (height <= high), 255, 0).astype(np.uint8)
