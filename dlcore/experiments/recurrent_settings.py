"""Learning rate, batch size or iterations on a ladder: the same cell learns the adding problem on every rung."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from dlcore.data.memory_tasks import TASKS, Sequences, make_batch, make_test_set
from dlcore.experiments.memory_lab import Lane, error_of
from dlcore.experiments.playground import band

TASK, CLIP, FORGET_BIAS, N_TEST = "adding", 1.0, 1.0, 100
SMALLEST = 1e-5  # error that is shown, so that a logarithmic axis has an end
LADDERS = {
    "learning_rate": (0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3),
    "batch_size": (1, 4, 16, 64),
    "iterations": (1, 4, 16, 0),  # so many batches there are, again and again; 0: every one is new
}


class RecurrentSettings:
    """Letters in shapes: R rungs, S seeds. All rungs of a seed start from the same weights."""

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        self.ladder = LADDERS[spec.vary]
        self.seeds = tuple(spec.seed + i for i in range(spec.n_seeds))
        sizes = SimpleNamespace(memory_task=TASK, n_units=spec.n_units, forget_bias=FORGET_BIAS)
        self.lanes = [Lane(spec.cell, sizes, self.seeds) for _ in self.ladder]
        self.test = make_test_set(TASK, N_TEST, spec.sequence_length, spec.data_seed)

    def step(self) -> None:
        """One update of every network."""
        self.steps_done += 1
        for rung, lane in zip(self.ladder, self.lanes, strict=True):
            rate = rung if self.spec.vary == "learning_rate" else self.spec.learning_rate
            lane.step(self.batches(rung), self.steps_done, rate, CLIP)

    def batches(self, rung: float) -> list[Sequences]:
        """The next batch of every seed, on one rung."""
        spec, number = self.spec, self.steps_done - 1
        size = int(rung) if spec.vary == "batch_size" else spec.batch_size
        if spec.vary == "iterations" and rung:
            number %= int(rung)
        return [make_batch(TASK, size, spec.sequence_length, seed + spec.data_seed, number) for seed in self.seeds]

    def observe(self) -> dict[str, Any]:
        """By rung (R,): the error on new sequences, with its band, and on the batches that were trained on."""
        floor = TASKS[TASK].floor
        errors = np.array(
            [[error_of(self.test, one) for one in lane.answers(self.test)] for lane in self.lanes]
        )  # (R, S)
        recent = np.stack([lane.recent for lane in self.lanes])
        observed: dict[str, Any] = {"floor": floor, "floor_by_rung": np.full(len(self.ladder), floor)}
        for place, values in enumerate(errors):
            observed |= band(f"error_{place}", values)
        ends = {"": np.median(errors, axis=1), "_low": errors.min(1), "_high": errors.max(1)}
        observed |= {f"error_by_rung{end}": values for end, values in ends.items()}
        return observed | {"train_by_rung": np.maximum(SMALLEST, np.median(recent, axis=1))}

    def state(self) -> dict[str, Any]:
        lanes = zip(self.ladder, self.lanes, strict=True)
        return {f"{rung}.{name}": value for rung, lane in lanes for name, value in lane.state().items()}

    def weights(self) -> dict[str, Any]:
        """torch.nn's names after rung and seed."""
        return {
            f"{rung}.{seed}.{name}": parameter
            for rung, lane in zip(self.ladder, self.lanes, strict=True)
            for seed, net in zip(self.seeds, lane.nets, strict=True)
            for name, parameter in net.named_parameters()
        }
