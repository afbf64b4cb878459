"""Points of the plane with classes or values to learn, in the domain of TensorFlow Playground."""

from __future__ import annotations

import numpy as np

DATASETS = ("circle", "xor", "gauss", "spiral", "moons", "blobs", "plane", "multi_gauss")
REGRESSION = ("plane", "multi_gauss")
DOMAIN = 6.0  # pictures show −DOMAIN..DOMAIN on both axes

MULTI_GAUSS = np.array(
    [[-4, 2.5, 1], [0, 2.5, -1], [4, 2.5, 1], [-4, -2.5, -1], [0, -2.5, 1], [4, -2.5, -1]]
)  # x, y, sign


def make_toy2d(
    name: str, n_samples: int, noise: float, generator: np.random.Generator, n_classes: int = 2
) -> tuple[np.ndarray, np.ndarray]:
    """Points x (N, 2) float64 without unit and y (N,): classes 0..K−1 int64, or float64 for the names in REGRESSION.

    `name` is one of DATASETS (else KeyError), `noise` 0..0.5, `n_classes` counts for blobs only; the others have two.
    Classes are balanced before noise, to one point, except in xor, where they follow the points. The order is random.

    Most points lie within ±DOMAIN; the normal noise of gauss, moons and blobs can carry some beyond. The values of
    multi_gauss lie in −1..1, those of plane in −1.2..1.2, and up to half as far again at the strongest noise.

    Source: circle, xor, gauss, spiral, plane and multi_gauss follow the formulas of TensorFlow Playground (Smilkov et
    al. 2017, src/dataset.ts, Apache-2.0), moons those of scikit-learn's make_moons (BSD-3); the code is our own.
    """
    if name == "blobs":
        x, y = make_blobs(n_samples, noise, generator, n_classes)
    else:
        x, y = MAKERS[name](n_samples, noise, generator)
    order = generator.permutation(n_samples)
    return x[order], y[order]


def make_circle(n_samples: int, noise: float, generator: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Class 1 in a disc of radius 2.5, class 0 in a ring of radii 3.5 to 5; noise moves points before labelling."""
    n_inside = n_samples // 2
    inside = generator.uniform(0, 2.5, n_inside)
    outside = generator.uniform(3.5, 5, n_samples - n_inside)
    r = np.concatenate([inside, outside])
    angle = generator.uniform(0, 2 * np.pi, n_samples)
    x = r[:, None] * np.column_stack([np.sin(angle), np.cos(angle)])
    moved = x + noise * generator.uniform(-5, 5, x.shape)
    return x, (np.hypot(moved[:, 0], moved[:, 1]) < 2.5).astype(np.int64)


def make_xor(n_samples: int, noise: float, generator: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Class 1 where x1 x2 ≥ 0, with an empty cross of width 0.6; noise moves points before labelling."""
    x = generator.uniform(-5, 5, (n_samples, 2))
    x += np.where(x > 0, 0.3, -0.3)
    moved = x + noise * generator.uniform(-5, 5, x.shape)
    return x, (moved[:, 0] * moved[:, 1] >= 0).astype(np.int64)


def make_gauss(n_samples: int, noise: float, generator: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Two normal clouds, class 1 at (2, 2) and class 0 at (−2, −2), of variance 0.5 + 7 noise on each axis."""
    y = np.arange(n_samples) % 2
    centers = np.where(y == 1, 2.0, -2.0)[:, None]
    return generator.normal(centers, np.sqrt(0.5 + 7 * noise), (n_samples, 2)), y.astype(np.int64)


def make_spiral(n_samples: int, noise: float, generator: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Two interleaved arms of 1¾ turns out to radius 5, even steps along each; noise is uniform in ±noise."""
    y = np.arange(n_samples) % 2
    share = np.arange(n_samples) // 2 / (n_samples / 2)
    angle = 1.75 * share * 2 * np.pi + np.where(y == 1, 0, np.pi)
    x = 5 * share[:, None] * np.column_stack([np.sin(angle), np.cos(angle)])
    return x + noise * generator.uniform(-1, 1, x.shape), y.astype(np.int64)


def make_moons(n_samples: int, noise: float, generator: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Two interleaved half circles of radius 10/3, even steps along each; noise is normal, in units of that radius."""
    n_upper = n_samples - n_samples // 2
    upper, lower = np.linspace(0, np.pi, n_upper), np.linspace(0, np.pi, n_samples - n_upper)
    moons = [
        np.column_stack([np.cos(upper) - 0.5, np.sin(upper) - 0.25]),
        np.column_stack([0.5 - np.cos(lower), 0.25 - np.sin(lower)]),
    ]
    x = np.concatenate(moons) + noise * generator.standard_normal((n_samples, 2))
    return 10 / 3 * x, (np.arange(n_samples) >= n_upper).astype(np.int64)


def make_blobs(
    n_samples: int, noise: float, generator: np.random.Generator, n_classes: int
) -> tuple[np.ndarray, np.ndarray]:
    """Normal clouds of standard deviation 0.5 + 2 noise, centred evenly on a circle of radius 4, the first on top."""
    y = np.arange(n_samples) % n_classes
    angle = 2 * np.pi * y / n_classes
    centers = 4 * np.column_stack([np.sin(angle), np.cos(angle)])
    return generator.normal(centers, 0.5 + 2 * noise), y.astype(np.int64)


def make_plane(n_samples: int, noise: float, generator: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """(x1 + x2) / 10 over the whole domain; noise moves points, by up to ±6 noise, before the value is taken."""
    x = generator.uniform(-DOMAIN, DOMAIN, (n_samples, 2))
    moved = x + noise * generator.uniform(-DOMAIN, DOMAIN, x.shape)
    return x, moved.sum(axis=1) / 10


def make_multi_gauss(n_samples: int, noise: float, generator: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Six cones of radius 2 and height ±1, 0 elsewhere (Gaussians in name only); noise as in plane."""
    x = generator.uniform(-DOMAIN, DOMAIN, (n_samples, 2))
    moved = x + noise * generator.uniform(-DOMAIN, DOMAIN, x.shape)
    distance = np.linalg.norm(moved[:, None] - MULTI_GAUSS[:, :2], axis=2)  # (N, 6)
    height = np.clip(1 - distance / 2, 0, 1)
    nearest = distance.argmin(axis=1)
    return x, MULTI_GAUSS[nearest, 2] * height.max(axis=1)


MAKERS = {
    "circle": make_circle,
    "xor": make_xor,
    "gauss": make_gauss,
    "spiral": make_spiral,
    "moons": make_moons,
    "plane": make_plane,
    "multi_gauss": make_multi_gauss,
}
