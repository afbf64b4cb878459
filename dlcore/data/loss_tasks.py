"""Six small tasks, each asking for another output layer and loss; all points are drawn here from the formulas below."""

from __future__ import annotations

import numpy as np

EDGE = 3.0  # inputs lie in −EDGE..EDGE
N_CLASSES, N_LABELS = 4, 3
CLOUD, BLOB_RADIUS, BLOB_SPREAD = 1.2, 2.0, 0.6
DISC_RADIUS, DISC_DISTANCE = 1.7, 1.0
WAVE, WAVE_NOISE = 1.5, 0.2
QUANTILE = 0.9


def make_loss_task(name: str, n_samples: int, generator: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Inputs x (N, 1 or 2) and targets y of the task `name`, without units; synthetic, made for this course.

    binary, margin: two Gaussian clouds, y (N, 1) 0 or 1. multiclass: four Gaussian blobs on a circle, y (N, 4) one
    column a class. multilabel: three overlapping discs, y (N, 3) whether x lies in each. regression: y = 1.5 sin x plus
    Gaussian noise. quantile: y = x/2 plus exponential noise whose mean grows with x, see `noise_scale`; y (N, 1).
    """
    if name in ("binary", "margin"):
        y = generator.integers(0, 2, (n_samples, 1))
        return (2 * y - 1) * CLOUD + generator.standard_normal((n_samples, 2)), y.astype(float)
    if name == "multiclass":
        labels = generator.integers(0, N_CLASSES, n_samples)
        centres = BLOB_RADIUS * _directions(N_CLASSES)
        return centres[labels] + BLOB_SPREAD * generator.standard_normal((n_samples, 2)), np.eye(N_CLASSES)[labels]
    if name == "multilabel":
        x = generator.uniform(-EDGE, EDGE, (n_samples, 2))
        distance = np.linalg.norm(x[:, None] - DISC_DISTANCE * _directions(N_LABELS), axis=2)
        return x, (distance < DISC_RADIUS).astype(float)
    x = generator.uniform(-EDGE, EDGE, (n_samples, 1))
    if name == "regression":
        return x, WAVE * np.sin(x) + WAVE_NOISE * generator.standard_normal((n_samples, 1))
    return x, x / 2 + noise_scale(x) * generator.standard_exponential((n_samples, 1))


def noise_scale(x: np.ndarray) -> np.ndarray:
    """Mean of the exponential noise of the quantile task at x."""
    return 0.3 + 0.2 * (x + EDGE)


def true_quantile(x: np.ndarray) -> np.ndarray:
    """Below this lies y of the quantile task with probability QUANTILE: x/2 − scale · ln(1 − q)."""
    return x / 2 - noise_scale(x) * np.log(1 - QUANTILE)


def _directions(count: int) -> np.ndarray:
    """(count, 2) unit vectors, evenly spaced, the first one upright."""
    angles = np.pi / 2 + 2 * np.pi * np.arange(count) / count
    return np.stack([np.cos(angles), np.sin(angles)], 1)
