"""Ten digits as one draws them with a mouse: strokes of places (x, y) on a sheet from (0, 0) to (1, 1)."""

from __future__ import annotations

import math

Stroke = list[tuple[float, float]]


def arc(x: float, y: float, wide: float, high: float, start: float, end: float) -> Stroke:
    """A part of an ellipse around (x, y), in degrees clockwise from the right, a place every 15 degrees or so."""
    n_parts = max(2, round(abs(end - start) / 15))
    angles = [math.radians(start + (end - start) * part / n_parts) for part in range(n_parts + 1)]
    return [(x + wide * math.cos(angle), y + high * math.sin(angle)) for angle in angles]


DIGITS: dict[int, list[Stroke]] = {
    0: [arc(0.50, 0.50, 0.19, 0.31, -90, 270)],
    1: [[(0.55, 0.18), (0.53, 0.45), (0.50, 0.82)]],
    2: [[*arc(0.49, 0.34, 0.19, 0.16, -165, 35), (0.45, 0.66), (0.28, 0.81), (0.52, 0.79), (0.74, 0.81)]],
    3: [[*arc(0.47, 0.34, 0.19, 0.15, -150, 90), *arc(0.47, 0.66, 0.21, 0.17, -90, 150)]],
    4: [[(0.34, 0.19), (0.31, 0.50), (0.50, 0.53), (0.70, 0.50)], [(0.66, 0.20), (0.63, 0.50), (0.61, 0.83)]],
    5: [[(0.35, 0.20), (0.33, 0.45), *arc(0.45, 0.62, 0.22, 0.19, -110, 150)], [(0.35, 0.20), (0.68, 0.19)]],
    6: [[(0.60, 0.18), (0.42, 0.35), *arc(0.50, 0.65, 0.18, 0.17, 190, -175)]],
    7: [[(0.28, 0.22), (0.50, 0.21), (0.71, 0.22), (0.58, 0.50), (0.46, 0.82)]],
    8: [[*arc(0.5, 0.34, 0.16, 0.15, -45, -270), *arc(0.5, 0.66, 0.18, 0.17, -90, 270), (0.65, 0.4), (0.61, 0.23)]],
    9: [[*arc(0.50, 0.36, 0.17, 0.17, -20, -360), (0.67, 0.30), (0.65, 0.55), (0.58, 0.83)]],
}  # fmt: skip
