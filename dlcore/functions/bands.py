"""Several seeds in three numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike


def spread(name: str, values: Sequence[float]) -> dict[str, float]:
    """The median as `name` and, of several, the lowest and the highest as `name_low` and `name_high`."""
    observed = {name: float(np.median(values))}
    if len(values) > 1:
        observed |= {f"{name}_low": float(min(values)), f"{name}_high": float(max(values))}
    return observed


def band(name: str, values: ArrayLike) -> dict[str, float]:
    """The median as `name`, the lowest and the highest as `name_low` and `name_high`, also of one value."""
    found = np.asarray(values)
    return {name: float(np.median(found)), f"{name}_low": float(found.min()), f"{name}_high": float(found.max())}
