"""A drawn digit as the sets of handwritten digits store one."""

from __future__ import annotations

import numpy as np

BOX, CELLS = 32, 8  # pixels and cells along a side of a form that was scanned for the 8×8 digits
INK = 0.305  # of all pixels are black in the mean of the set, and in each of its classes within 5 % of that


def to_digits_grid(picture: np.ndarray) -> np.ndarray:
    """(8, 8) ink from 0 to 1 in steps of 1/16, of a picture (H, W) uint8 with ink 255 on 0.

    As Alpaydin & Kaynak 1998 made the 8×8 digits: the box around the ink is scaled to 32×32 pixels, black or white,
    strokes get about the same thickness, and every 4×4 block is counted. A 1 stays narrow. Without ink all 0.
    """
    ink = picture.astype(np.float32) / 255
    rows, columns = np.flatnonzero(ink.max(1) > 0.25), np.flatnonzero(ink.max(0) > 0.25)
    if len(rows) == 0:
        return np.zeros((CELLS, CELLS), np.float32)
    ink = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    height, width = ink.shape
    scale = BOX / max(height, width)
    sides = max(1, round(height * scale)), max(1, round(width * scale))
    enlarged = resample(ink, sides) > 0.5  # (≤ 32, ≤ 32)
    box = np.zeros((BOX, BOX), bool)
    top, left = (BOX - sides[0]) // 2, (BOX - sides[1]) // 2
    box[top : top + sides[0], left : left + sides[1]] = enlarged
    box, block = thicken(box), BOX // CELLS
    return (box.reshape(CELLS, block, CELLS, block).sum((1, 3)) / block**2).astype(np.float32)


def thicken(black: np.ndarray) -> np.ndarray:
    """Black pixels (H, W) with their neighbours, again and again while that does not overshoot the set's usual ink."""
    while black.any():
        p = np.pad(black, 1)
        grown = black | p[:-2, 1:-1] | p[2:, 1:-1] | p[1:-1, :-2] | p[1:-1, 2:]
        if black.mean() >= INK or grown.mean() > 1.15 * INK:
            break
        black = grown
    return black


def resample(x: np.ndarray, sides: tuple[int, int]) -> np.ndarray:
    """Bilinear, with pixel centres at (i + ½)."""
    for axis, side in enumerate(sides):
        x = np.moveaxis(x, axis, 0)
        at = np.clip((np.arange(side) + 0.5) * len(x) / side - 0.5, 0, len(x) - 1)
        low = at.astype(int)
        share = (at - low)[:, None]
        x = np.moveaxis(x[low] * (1 - share) + x[np.minimum(low + 1, len(x) - 1)] * share, 0, axis)
    return x
