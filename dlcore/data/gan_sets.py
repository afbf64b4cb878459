"""Distributions on the plane for generative models: mixtures of normal clouds, noisy curves, a reader's own places."""

from __future__ import annotations

import numpy as np

EXTENT = 3.0  # pictures show −EXTENT…EXTENT on both axes
SIGMA = {
    "line": 0.05,
    "two_gaussians": 0.3,
    "ring": 0.05,
    "eight_gaussians": 0.05,
    "grid": 0.05,
    "moons": 0.05,
    "own": 0.05,
}  # standard deviation of the noise on each axis
CURVES = ("line", "ring", "moons")
N_PIECES = 16  # of a curve, which count as its modes
N_ALONG = 512  # places along a curve from which distances are measured

Places = tuple[tuple[float, float], ...]


def sample_gan_set(name: str, n_samples: int, generator: np.random.Generator, points: Places = ()) -> np.ndarray:
    """(N, 2) float32 samples, drawn independently; no unit; nearly all lie within ±EXTENT.

    `name` is one of SIGMA (else KeyError); `points` are the reader's own places, all equally likely.

    Sets of our own making, with the settings that are usual in papers: eight Gaussians on a circle of radius 2 and a
    grid of 25, σ = 0.05 (as in Srivastava et al. 2017 and Gulrajani et al. 2017, scaled to this plane).
    """
    noise = SIGMA[name] * generator.standard_normal((n_samples, 2))
    if name in CURVES:
        places = along(name, generator.random(n_samples))
    else:
        centres = mode_centres(name, points)
        places = centres[generator.integers(len(centres), size=n_samples)]
    return (places + noise).astype(np.float32)


def mode_centres(name: str, points: Places = ()) -> np.ndarray:
    """(K, 2) the clouds' centres; of a curve the middles of N_PIECES equally long pieces."""
    if name in CURVES:
        return along(name, (np.arange(N_PIECES) + 0.5) / N_PIECES)
    if name == "own":
        return np.array(points, dtype=float)
    if name == "two_gaussians":
        return np.array([[-1.5, 0.0], [1.5, 0.0]])
    if name == "grid":
        return np.stack(np.meshgrid(np.arange(-2.0, 3.0), np.arange(-2.0, 3.0)), -1).reshape(-1, 2)
    angle = 2 * np.pi * np.arange(8) / 8
    return 2 * np.column_stack([np.cos(angle), np.sin(angle)])


def support(name: str, points: Places = ()) -> np.ndarray:
    """(M, 2) places from which a sample's distance is measured: the clouds' centres, or N_ALONG along a curve."""
    return along(name, (np.arange(N_ALONG) + 0.5) / N_ALONG) if name in CURVES else mode_centres(name, points)


def along(name: str, share: np.ndarray) -> np.ndarray:
    """(N, 2) the places at a share 0…1 of a curve's length."""
    if name == "line":
        return np.column_stack([4 * share - 2, 2 * share - 1])
    if name == "ring":
        return 2 * np.column_stack([np.cos(2 * np.pi * share), np.sin(2 * np.pi * share)])
    angle = 2 * np.pi * (share % 0.5)
    upper = np.column_stack([np.cos(angle) - 0.5, np.sin(angle) - 0.25])
    return 1.5 * np.where((share < 0.5)[:, None], upper, -upper)
