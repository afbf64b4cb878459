"""Several seeds in three numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def spread(name: str, values: Sequence[float]) -> dict[str, float]:
    """The median as `name` and, of several, the lowest and the highest as `name_low` and `name_high`."""
    observed = {name: float(np.median(values))}
    if len(values) > 1:
        observed |= {f"{name}_low": float(min(values)), f"{name}_high": float(max(values))}
    return observed
