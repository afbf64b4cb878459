"""Loss surfaces of two parameters for watching descent: value, gradient and minima in closed form, with sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

EDGE = 3.0  # every surface is drawn on −EDGE..EDGE in both directions
RAVINE_CURVATURE, ROSENBROCK_STEEPNESS = 50.0, 100.0

Point = tuple[float, float]


@dataclass(frozen=True)
class Landscape:
    """A loss surface L(x, y) whose smallest value is 0, taken at `minima`.

    `loss` maps places (..., 2) to values (...), `gradient` to (∂L/∂x, ∂L/∂y) (..., 2), both in float64. `start` is a
    place from which the surface shows what it is known for, `rates` a learning rate for each update rule that suits it:
    for the quadratics SGD's limit is 2 / largest curvature; RMSProp and Adam move by about the learning rate itself,
    whatever the slope. `formula` is LaTeX.
    """

    name: str
    loss: Callable[[ArrayLike], np.ndarray]
    gradient: Callable[[ArrayLike], np.ndarray]
    minima: tuple[Point, ...]
    start: Point
    rates: Mapping[str, float]
    formula: str
    source: str


def bowl(place: ArrayLike) -> np.ndarray:
    """½ (x² + 2 y²): curvatures 1 and 2."""
    x, y = _split(place)
    return (x**2 + 2 * y**2) / 2


def bowl_gradient(place: ArrayLike) -> np.ndarray:
    """(x, 2 y)."""
    x, y = _split(place)
    return np.stack([x, 2 * y], -1)


def ravine(place: ArrayLike) -> np.ndarray:
    """½ (x² + 50 y²): curvatures 1 and 50."""
    x, y = _split(place)
    return (x**2 + RAVINE_CURVATURE * y**2) / 2


def ravine_gradient(place: ArrayLike) -> np.ndarray:
    """(x, 50 y)."""
    x, y = _split(place)
    return np.stack([x, RAVINE_CURVATURE * y], -1)


def saddle(place: ArrayLike) -> np.ndarray:
    """½ x² + ¼ (y² − 1)²: a saddle of height ¼ at the origin between two minima."""
    x, y = _split(place)
    return x**2 / 2 + (y**2 - 1) ** 2 / 4


def saddle_gradient(place: ArrayLike) -> np.ndarray:
    """(x, y³ − y)."""
    x, y = _split(place)
    return np.stack([x, y**3 - y], -1)


def rosenbrock(place: ArrayLike) -> np.ndarray:
    """(1 − x)² + 100 (y − x²)²: a bent valley that is almost flat along its floor."""
    x, y = _split(place)
    return (1 - x) ** 2 + ROSENBROCK_STEEPNESS * (y - x**2) ** 2


def rosenbrock_gradient(place: ArrayLike) -> np.ndarray:
    """(−2 (1 − x) − 400 x (y − x²), 200 (y − x²))."""
    x, y = _split(place)
    away = y - x**2
    return np.stack([-2 * (1 - x) - 4 * ROSENBROCK_STEEPNESS * x * away, 2 * ROSENBROCK_STEEPNESS * away], -1)


def himmelblau(place: ArrayLike) -> np.ndarray:
    """(u² + v − 11)² + (u + v² − 7)² with u = 2 x, v = 2 y: four minima of equal depth."""
    u, v = (2 * part for part in _split(place))
    return (u**2 + v - 11) ** 2 + (u + v**2 - 7) ** 2


def himmelblau_gradient(place: ArrayLike) -> np.ndarray:
    """Twice (4 u a + 2 b, 2 a + 4 v b) with a = u² + v − 11, b = u + v² − 7."""
    u, v = (2 * part for part in _split(place))
    a, b = u**2 + v - 11, u + v**2 - 7
    return 2 * np.stack([4 * u * a + 2 * b, 2 * a + 4 * v * b], -1)


def _split(place: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    places = np.asarray(place, dtype=np.float64)
    return places[..., 0], places[..., 1]


_ALL = (
    Landscape(
        name="bowl",
        loss=bowl,
        gradient=bowl_gradient,
        minima=((0.0, 0.0),),
        start=(-2.5, 2.0),
        rates={"sgd": 0.1, "momentum": 0.03, "nesterov": 0.03, "rmsprop": 0.05, "adam": 0.1},
        formula=r"L = \tfrac12\,(x^2 + 2y^2)",
        source="Boyd & Vandenberghe 2004, Convex optimization, section 9.3.2",
    ),
    Landscape(
        name="ravine",
        loss=ravine,
        gradient=ravine_gradient,
        minima=((0.0, 0.0),),
        start=(-2.5, 0.8),
        rates={"sgd": 0.03, "momentum": 0.01, "nesterov": 0.01, "rmsprop": 0.05, "adam": 0.1},
        formula=r"L = \tfrac12\,(x^2 + 50y^2)",
        source="Boyd & Vandenberghe 2004, Convex optimization, section 9.3.2",
    ),
    Landscape(
        name="saddle",
        loss=saddle,
        gradient=saddle_gradient,
        minima=((0.0, -1.0), (0.0, 1.0)),
        start=(-2.5, 0.01),
        rates={"sgd": 0.1, "momentum": 0.03, "nesterov": 0.03, "rmsprop": 0.02, "adam": 0.05},
        formula=r"L = \tfrac12 x^2 + \tfrac14\,(y^2 - 1)^2",
        source="Nesterov 2004, Introductory lectures on convex optimization, example 1.2.2",
    ),
    Landscape(
        name="rosenbrock",
        loss=rosenbrock,
        gradient=rosenbrock_gradient,
        minima=((1.0, 1.0),),
        start=(-1.2, 1.0),
        rates={"sgd": 0.001, "momentum": 0.001, "nesterov": 0.001, "rmsprop": 0.01, "adam": 0.1},
        formula=r"L = (1 - x)^2 + 100\,(y - x^2)^2",
        source="Rosenbrock 1960, An automatic method for finding the greatest or least value of a function",
    ),
    Landscape(
        name="himmelblau",
        loss=himmelblau,
        gradient=himmelblau_gradient,
        minima=(
            (1.5, 1.0),
            (-1.4025590434763724, 1.5656562591252865),
            (-1.8896551266888735, -1.6415929956430848),
            (1.7922141701652459, -0.9240632634822018),
        ),
        start=(0.0, 0.2),
        rates={"sgd": 0.002, "momentum": 0.001, "nesterov": 0.001, "rmsprop": 0.02, "adam": 0.1},
        formula=r"L = (u^2 + v - 11)^2 + (u + v^2 - 7)^2,\quad u = 2x,\ v = 2y",
        source="Himmelblau 1972, Applied nonlinear programming",
    ),
)
LANDSCAPES: dict[str, Landscape] = {landscape.name: landscape for landscape in _ALL}
