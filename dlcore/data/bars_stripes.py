"""Bars and stripes: every square picture whose rows, or whose columns, are each wholly on or wholly off."""

from __future__ import annotations

import itertools

import numpy as np

SIDE = 3


def make_bars_and_stripes(side: int = SIDE) -> np.ndarray:
    """(N, side²) float32, 0 or 1, sorted as binary numbers (MacKay 2003, section 43.1, in the version with both).

    There are 2^side choices of rows and as many of columns; all off and all on are among both, so
    N = 2 · 2^side − 2: 14 of the 512 pictures of 3×3.
    """
    patterns = set()
    for lines in itertools.product((0, 1), repeat=side):
        picture = np.repeat([lines], side, 0)
        patterns |= {tuple(picture.ravel()), tuple(picture.T.ravel())}
    return np.array(sorted(patterns), np.float32)
