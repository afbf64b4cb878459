"""How good samples of the plane are: modes covered, share of high quality, distances between two sets of samples.

Letters in shapes: N samples, K modes, M places of the support.
"""

from __future__ import annotations

import numpy as np
import torch

FAIR_SHARE = 0.1  # of its fair share of the samples that a mode needs to be counted as covered


def distances(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """(N, M) Euclidean distances, exact for near points too."""
    return torch.cdist(x, y, compute_mode="donot_use_mm_for_euclid_dist")


def spread(x: torch.Tensor) -> float:
    """E‖x − x′‖ over all N² pairs, a sample with itself included."""
    return float(distances(x, x).mean())


def energy_distance(x: torch.Tensor, y: torch.Tensor, spread_y: float | None = None) -> float:
    """2 E‖x − y‖ − E‖x − x′‖ − E‖y − y′‖ over all pairs, never negative (Székely & Rizzo 2013, eq. 2.1 and 6.1).

    `spread_y` is the last term, where it is known.
    """
    return 2 * float(distances(x, y).mean()) - spread(x) - (spread(y) if spread_y is None else spread_y)


def wasserstein_distance(x: torch.Tensor, y: torch.Tensor) -> float:
    """The smallest mean way from N samples to N others, one to one: W₁ of the two sets, exact; NaN if they blew up."""
    from scipy.optimize import linear_sum_assignment  # half a second to import, which only the WGANs need

    cost = distances(x, y).numpy()
    if not np.isfinite(cost).all():
        return float("nan")
    rows, columns = linear_sum_assignment(cost)
    return float(cost[rows, columns].mean())


def coverage(
    samples: torch.Tensor, modes: torch.Tensor, support: torch.Tensor, radius: float
) -> tuple[torch.Tensor, torch.Tensor]:
    """Which modes (K,) are covered, and which samples (N,) are good: no further than `radius` from `support` (M, 2).

    A mode is covered when at least FAIR_SHARE · N / K good samples are nearer to it than to other modes.
    """
    is_good = distances(samples, support).amin(1) <= radius
    nearest = distances(samples, modes).argmin(1)
    count = torch.bincount(nearest[is_good], minlength=len(modes))
    return count >= max(1.0, FAIR_SHARE * len(samples) / len(modes)), is_good
