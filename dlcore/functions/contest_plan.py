"""The contest's plan: which fits there are, in which order, and how many pieces each takes; plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

NETS = ("mlp", "cnn", "gru")
UPDATES = 5  # of a net in one piece
N_TREES, N_ROUNDS = 100, 60  # of the forest and of gradient boosting: one piece each
N_CLASSES = {"friedman1": 0, "diabetes": 0, "opinions": 2, "mnist1d": 10, "digits": 10, "mnist": 10}  # 0: a number


class Cell(NamedTuple):
    """One fit, from every seed."""

    task: str
    view: str
    n_train: int
    contestant: str

    @property
    def name(self) -> str:
        return "_".join(map(str, self))


def make_cells(
    tasks: Sequence[str], views: Sequence[str], train_sizes: Sequence[str], contestants: Sequence[str]
) -> list[Cell]:
    """Every fit, small samples before large ones, in the order in which they are done."""
    sizes = sorted(map(int, train_sizes))
    places = [(task, view, size) for task in tasks for size in sizes for view in views]
    return [Cell(*place, contestant) for place in places for contestant in contestants]


def count_pieces(contestant: str, task: str) -> int:
    """Pieces of one seed's fit of a classical model."""
    if contestant == "svm":
        return max(1, N_CLASSES[task] * (N_CLASSES[task] - 1) // 2)
    return {"forest": N_TREES, "boosting": N_ROUNDS}.get(contestant, 1)


def count_steps(cell: Cell, net_updates: int, n_seeds: int) -> int:
    """Pieces of a fit from all seeds; the seeds of a net learn together."""
    if cell.contestant in NETS:
        return -(-net_updates // UPDATES)
    return n_seeds * count_pieces(cell.contestant, cell.task)
