"""The perceptron (Rosenblatt 1958): for every misclassified point, w ← w + η y x, until there is none."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np

from dlcore.functions.perceptron import max_margin

EDGE = 5.0  # points are drawn from the square −EDGE..EDGE


class Perceptron:
    """Weights `w` (3,) of the augmented input (x1, x2, 1), all zero at first; one step is one mistake put right.

    A point counts as misclassified when y (w · x) ≤ 0. `pocket` (Gallant 1990, with ratchet) holds the weights with
    the fewest errors so far.
    """

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        points, labels = make_points(spec.dataset, spec.n_samples, spec.gap, spec.flipped, spec.data_seed, spec.points)
        self.x = np.column_stack([points, np.ones(len(points))])  # (N, 3)
        self.y = labels  # (N,) ±1
        self.w = np.zeros(3)
        self.pocket = np.zeros(3)
        self.pocket_errors = np.array([len(self.y)])
        self.position = np.zeros(1, np.int64)  # where the next pass through the points begins
        self.radius = float(np.linalg.norm(self.x, axis=1).max())
        self.gamma = best_margin(self.x.tobytes(), self.y.tobytes())

    @property
    def is_done(self) -> bool:
        """Whether every point is on its side."""
        return self.next_point() is None

    def next_point(self) -> int | None:
        """The misclassified point that the next update uses: the next one in turn, or one drawn at random."""
        wrong = np.flatnonzero(self.y * (self.x @ self.w) <= 0)
        if len(wrong) == 0:
            return None
        if self.spec.order == "random":
            return int(np.random.default_rng([self.spec.seed, 3, self.steps_done]).choice(wrong))
        ahead = wrong[wrong >= self.position[0]]
        return int(ahead[0] if len(ahead) else wrong[0])

    def step(self) -> None:
        """One update on one misclassified point."""
        point = self.next_point()
        self.steps_done += 1
        if point is None:
            return
        self.w += self.spec.learning_rate * self.y[point] * self.x[point]
        self.position[0] = point + 1
        errors = self._errors(self.w)
        if errors < self.pocket_errors[0]:
            self.pocket[:], self.pocket_errors[0] = self.w, errors

    def observe(self) -> dict[str, Any]:
        """The line, the point that the next update will use, and that update in numbers."""
        point = self.next_point()
        observed: dict[str, Any] = {
            "mistakes": self.steps_done,
            "errors": self._errors(self.w),
            "radius": self.radius,
            "converged": point is None,
            "w1": self.w[0],
            "w2": self.w[1],
            "b": self.w[2],
            "boundary": self.w,
        }
        if self.gamma > 0:
            observed |= {"gamma": self.gamma, "bound": (self.radius / self.gamma) ** 2}
        if self.spec.pocket:
            observed |= {"pocket_errors": int(self.pocket_errors[0]), "pocket_boundary": self.pocket}
        observed["next_point"] = self.x[[] if point is None else [point], :2]
        if point is not None:
            x, y = self.x[point], self.y[point]
            new = self.w + self.spec.learning_rate * y * x
            observed |= {"x1": x[0], "x2": x[1], "y": y, "margin": y * (self.w @ x), "eta": self.spec.learning_rate}
            observed |= {"new_w1": new[0], "new_w2": new[1], "new_b": new[2]}
        if self.steps_done == 0:
            observed |= {"points": self.x[:, :2], "labels": (self.y > 0).astype(np.uint8)}
        return observed

    def state(self) -> dict[str, Any]:
        return {
            "w": self.w, "pocket": self.pocket, "pocket_errors": self.pocket_errors, "position": self.position
        }  # fmt: skip

    def weights(self) -> dict[str, Any]:
        """The weights and, with a pocket, the best ones."""
        return {"w": self.w} | ({"pocket": self.pocket} if self.spec.pocket else {})

    def _errors(self, w: np.ndarray) -> int:
        return int((self.y * (self.x @ w) <= 0).sum())


@functools.lru_cache(maxsize=32)
def make_points(
    dataset: str, n_samples: int, gap: float, flipped: float, data_seed: int, own: tuple
) -> tuple[np.ndarray, np.ndarray]:
    """Points (N, 2) and labels ±1 (N,): two classes beside an empty street, some labels flipped, XOR, or own."""
    if dataset == "own":
        table = np.array(own, dtype=float)
        return table[:, :2], np.where(table[:, 2] > 0, 1.0, -1.0)
    generator = np.random.default_rng([data_seed, 0])
    if dataset == "xor":
        points = generator.uniform(-EDGE, EDGE, (n_samples, 2))
        return points, np.where(points[:, 0] * points[:, 1] > 0, 1.0, -1.0)
    angle, offset = generator.uniform(0, 2 * np.pi), generator.uniform(-1, 1)
    normal = np.array([np.cos(angle), np.sin(angle)])
    candidates = generator.uniform(-EDGE, EDGE, (20 * n_samples, 2))
    distance = candidates @ normal - offset
    kept = np.flatnonzero(np.abs(distance) >= gap / 2)[:n_samples]
    labels = np.where(distance[kept] > 0, 1.0, -1.0)
    if dataset == "noisy":
        labels[generator.permutation(len(kept))[: round(flipped * len(kept))]] *= -1
    return candidates[kept], labels


@functools.lru_cache(maxsize=32)
def best_margin(x: bytes, y: bytes) -> float:
    """The largest margin γ of any line through points, given as bytes of (N, 3) and (N,) floats; 0 if none."""
    return float(max_margin(np.frombuffer(x).reshape(-1, 3), np.frombuffer(y))[0])
