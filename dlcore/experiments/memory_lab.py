"""The memory lab: recurrent cells on one task of remembering, each from several seeds, all with the same sequences."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F

from dlcore.data.memory_tasks import TASKS, Sequences, make_batch, make_test_set
from dlcore.experiments.playground import band
from dlcore.models.flat_optimizers import make_buffers, update
from dlcore.models.recurrent import Recurrent, clip, flatten

N_TEST, N_SHOWN = 100, 5
RECENT = 0.1  # weight of the newest batch in the running mean of the errors
SHARED = (
    "memory_task",
    "sequence_length",
    "cells",
    "n_units",
    "forget_bias",
    "learning_rate",
    "clip_norm",
    "batch_size",
    "data_seed",
    "seed",
    "n_seeds",
)
RATE_FACTOR = {"irnn": 0.1}  # of the learning rate: at the full rate the IRNN learns none of these tasks


class MemoryLab:
    """Letters in shapes: S seeds, B sequences, T steps, I inputs, K outputs, P parameters of one network."""

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        self.task = TASKS[spec.memory_task]
        self.seeds = tuple(spec.seed + i for i in range(spec.n_seeds))
        self.lanes = {cell: Lane(cell, spec, self.seeds) for cell in spec.cells}
        self.test = make_test_set(spec.memory_task, N_TEST, spec.sequence_length, spec.data_seed)

    def step(self) -> None:
        """One update of Adam of every network, on the next batch of its seed."""
        spec = self.spec
        batches = [
            make_batch(spec.memory_task, spec.batch_size, spec.sequence_length, seed + spec.data_seed, self.steps_done)
            for seed in self.seeds
        ]
        self.steps_done += 1
        for lane in self.lanes.values():
            lane.step(batches, self.steps_done, spec.learning_rate, spec.clip_norm)

    def observe(self) -> dict[str, Any]:
        """The error of every cell on sequences it has not seen, over the seeds; what the first seed answers."""
        observed: dict[str, Any] = {"floor": self.task.floor}
        answers = [self.test.y[:N_SHOWN]]
        for cell, lane in self.lanes.items():
            given = lane.answers(self.test)
            observed |= spread(f"error_{cell}", np.array([error_of(self.test, one) for one in given]))
            observed[f"grad_norm_{cell}"] = lane.grad_norm[0].item()
            answers.append(given[0][:N_SHOWN])
        if self.steps_done == 0:
            observed["example"] = np.round(255 * self.test.x[0].T).astype(np.uint8)  # (I, T)
        if self.spec.memory_task != "adding":
            return observed
        table = np.stack(answers).astype(np.float32)  # (1 + cells, N_SHOWN)
        return observed | {f"answer_{place}": column for place, column in enumerate(table.T)}

    def state(self) -> dict[str, Any]:
        """All that an update changes; the sequences follow from seed and step alone."""
        return {f"{cell}.{name}": value for cell, lane in self.lanes.items() for name, value in lane.state().items()}

    def weights(self) -> dict[str, Any]:
        """torch.nn's names after cell and seed."""
        return {
            f"{cell}.{seed}.{name}": parameter
            for cell, lane in self.lanes.items()
            for seed, net in zip(self.seeds, lane.nets, strict=True)
            for name, parameter in net.named_parameters()
        }


class Lane:
    """The networks of one cell, a seed each, and the optimiser that they share."""

    def __init__(self, cell: str, spec: Any, seeds: tuple[int, ...]) -> None:
        task = TASKS[spec.memory_task]
        self.nets = [
            Recurrent(cell, task.n_inputs, spec.n_units, task.n_outputs, seed, forget_bias=spec.forget_bias)
            for seed in seeds
        ]
        self.rate_factor = RATE_FACTOR.get(cell, 1.0)
        self.flat, self.grad = flatten(self.nets)  # (S · P,)
        self.buffers = make_buffers("adam", self.flat)
        self.grad_norm = torch.zeros(len(seeds))  # before clipping, at the last update
        self.recent = np.full(len(seeds), task.floor)  # error on the last batches, each measured before its update

    def step(self, batches: list[Sequences], step: int, learning_rate: float, clip_norm: float) -> None:
        self.grad.zero_()
        for place, (net, batch) in enumerate(zip(self.nets, batches, strict=True)):
            outputs = outputs_of(net, batch)
            loss_of(outputs, batch).backward()
            error = error_of(batch, answers_of(outputs.detach(), batch))
            self.recent[place] += RECENT * (error - self.recent[place])
        self.grad_norm.copy_(clip(self.grad, clip_norm, len(self.nets)))
        update("adam", self.flat, self.grad, self.buffers, step, self.rate_factor * learning_rate, 0.0)

    @torch.no_grad()
    def answers(self, batch: Sequences) -> list[np.ndarray]:
        """(N,) the answers of every network."""
        return [answers_of(outputs_of(net, batch), batch) for net in self.nets]

    def state(self) -> dict[str, Any]:
        buffers = {f"buffer{i}": buffer for i, buffer in enumerate(self.buffers)}
        return {"flat": self.flat, "grad_norm": self.grad_norm, "recent": self.recent, **buffers}


def open_lab(spec: Any, **changes: Any) -> MemoryLab:
    """A lab with what `spec` says and `changes`."""
    shared = {name: getattr(spec, name) for name in SHARED if name not in changes}
    return MemoryLab(SimpleNamespace(**shared, **changes))


def outputs_of(net: Recurrent, batch: Sequences) -> torch.Tensor:
    """(N, K) after the last step, or (N, T, K) where every step has an answer."""
    x = torch.from_numpy(batch.x)
    return net(x)[0] if batch.y.ndim == 2 else net.last(x)


def loss_of(outputs: torch.Tensor, batch: Sequences) -> torch.Tensor:
    """Squared error of a number, cross-entropy of a class, or cross-entropy of every next symbol."""
    y = torch.from_numpy(batch.y)
    if y.is_floating_point():
        return F.mse_loss(outputs[:, 0], y)
    return F.cross_entropy(outputs.flatten(0, -2), y.flatten(), ignore_index=-1)


def answers_of(outputs: torch.Tensor, batch: Sequences) -> np.ndarray:
    """(N,) the number or the class that is given at the judged step."""
    if batch.y.dtype.kind == "f":
        return outputs[:, 0].numpy()
    last = outputs[np.arange(len(outputs)), batch.judged] if batch.y.ndim == 2 else outputs  # (N, K)
    return last.argmax(1).numpy()


def error_of(batch: Sequences, answers: np.ndarray) -> float:
    """Mean squared error of numbers, share of wrong classes."""
    y = batch.y[np.arange(len(answers)), batch.judged] if batch.y.ndim == 2 else batch.y
    if y.dtype.kind == "f":
        return float(np.square(answers - y, dtype=np.float64).mean())
    return float((answers != y).mean())


def spread(name: str, values: np.ndarray) -> dict[str, float]:
    """One number, or the band of several."""
    return band(name, values) if len(values) > 1 else {name: float(values[0])}
