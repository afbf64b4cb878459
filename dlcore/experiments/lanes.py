"""Lanes: several networks of the playground on the same data, with the same seeds and the same batches."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from dlcore.experiments.playground import Playground

SHARED = (
    "dataset",
    "n_samples",
    "noise",
    "hidden_sizes",
    "init",
    "optimizer",
    "batch_size",
    "data_seed",
    "seed",
    "n_seeds",
)
FIXED = {
    "n_classes": 2,
    "train_share": 0.5,
    "points": (),
    "features": ("x1", "x2"),
    "loss": "cross_entropy",
    "momentum": 0.9,
    "l1": 0.0,
    "l2": 0.0,
}


def open_lane(spec: Any, **changes: Any) -> Playground:
    """A playground with what `spec` says, the rest as in `FIXED`, and `changes`."""
    shared = {name: getattr(spec, name) for name in SHARED}
    return Playground(SimpleNamespace(**{**FIXED, **shared, "learning_rate": spec.learning_rate, **changes}))


def step_lane(lane: Playground, steps_done: int, learning_rate: float) -> None:
    """One update, the one after `steps_done`."""
    lane.steps_done = steps_done
    lane.spec.learning_rate = learning_rate
    lane.step()


def measure_lane(lane: Playground, steps_done: int, suffix: str) -> dict[str, float]:
    """Losses and accuracies as `<measure>_<suffix>`, with `_low` and `_high` when there are several seeds."""
    lane.steps_done = steps_done
    numbers = {name: value for name, value in lane.observe().items() if isinstance(value, float) and name != "epoch"}
    return {_insert(name, suffix): value for name, value in numbers.items()}


def _insert(name: str, suffix: str) -> str:
    """`test_loss_low` and `relu` make `test_loss_relu_low`."""
    for end in ("_low", "_high"):
        if name.endswith(end):
            return f"{name.removesuffix(end)}_{suffix}{end}"
    return f"{name}_{suffix}"
