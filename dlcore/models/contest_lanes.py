"""A lane is one fit of the contest from all seeds, done piece by piece: a classical model's or a net's.

Letters in shapes: S seeds, n training samples, m test samples, F numbers a sample, K outputs.
"""

from __future__ import annotations

import math

import numpy as np
import torch
import torch.nn.functional as F

from dlcore.data.contest_tasks import N_TEST, Fold, Task, load_view, make_fold, score
from dlcore.functions.contest_plan import NETS, UPDATES, Cell, count_pieces
from dlcore.models.classic_models import fit_piece
from dlcore.models.flat_optimizers import make_buffers, update
from dlcore.models.stacked_nets import StackedNets, as_axis, multiply_adds, parameter_shapes

BATCH, LEARNING_RATE = 100, 0.01  # of the nets, as in the MNIST-1D paper


class ClassicLane:
    """One seed after another: `test` (S, m, K) gathers what the pieces say."""

    def __init__(self, cell: Cell, task: Task, seeds: tuple[int, ...]) -> None:
        self.cell, self.task, self.seeds = cell, task, seeds
        self.folds = make_folds(cell, task, seeds)
        n_outputs = max(1, task.n_classes)
        self.train = np.zeros((len(self.folds[0].x_train), n_outputs), np.float32)
        self.test = np.zeros((len(seeds), len(self.folds[0].x_test), n_outputs), np.float32)
        self.sizes = np.zeros((len(seeds), 2), np.float32)  # numbers kept, operations for one prediction
        self.n_pieces = count_pieces(cell.contestant, cell.task)  # of one seed

    def do(self, piece: int) -> None:
        number, piece = divmod(piece, self.n_pieces)
        if piece == 0:
            self.train[:] = 0
        fold, seed, n_classes = self.folds[number], self.seeds[number], self.task.n_classes
        self.sizes[number] += fit_piece(
            self.cell.contestant, fold, n_classes, piece, seed, self.train, self.test[number]
        )

    def scores(self, n_done: int) -> list[float]:
        """Of the seeds that have begun."""
        n_begun = -(-n_done // self.n_pieces)
        return [score(self.task, *pair) for pair in zip(self.test[:n_begun], self._truth(), strict=False)]

    def size(self) -> np.ndarray:
        """(2,) of the first seed's model."""
        return self.sizes[0]

    def state(self) -> list[np.ndarray]:
        return [self.train, self.test, self.sizes]

    def _truth(self) -> list[np.ndarray]:
        return [fold.y_test for fold in self.folds]


class NetLane:
    """All seeds' nets in one batched update, each with its own samples and batches."""

    def __init__(self, cell: Cell, task: Task, seeds: tuple[int, ...]) -> None:
        self.task, self.seeds = task, seeds
        folds = make_folds(cell, task, seeds)
        self.x_train, self.y_train, self.x_test, self.y_test = (
            torch.from_numpy(np.stack([fold[part] for fold in folds])) for part in range(4)
        )
        n_outputs = max(1, task.n_classes)
        self.nets = StackedNets(cell.contestant, task.shape, n_outputs, seeds)
        self.buffers = make_buffers("adam", self.nets.flat)
        self.batch_size = min(BATCH, self.x_train.shape[1])
        self.operations = multiply_adds(cell.contestant, task.shape, n_outputs)
        self.epoch = -1

    def do(self, piece: int) -> None:
        for number in range(piece * UPDATES, (piece + 1) * UPDATES):
            self._update(number)

    def scores(self, n_done: int) -> list[float]:
        with torch.no_grad():
            outputs = self.nets.forward(self.x_test).numpy()  # (S, m, K)
        return [score(self.task, *pair) for pair in zip(outputs, self.y_test.numpy(), strict=True)]

    def size(self) -> np.ndarray:
        return np.array([self.nets.n_parameters, self.operations], np.float32)

    def state(self) -> list[np.ndarray]:
        return [part.detach().numpy() for part in (self.nets.flat, *self.buffers)]

    def _update(self, number: int) -> None:
        """One update of Adam, the one after `number`."""
        rows = self._rows(number)  # (S, B)
        every = torch.arange(len(self.seeds))[:, None]
        self.nets.grad.zero_()
        output, target = self.nets.forward(self.x_train[every, rows]), self.y_train[every, rows]
        if self.task.n_classes:
            loss = F.cross_entropy(output.flatten(0, 1), target.flatten())
        else:
            loss = F.mse_loss(output[..., 0], target)
        (loss * len(self.seeds)).backward()
        update("adam", self.nets.flat, self.nets.grad, self.buffers, number + 1, LEARNING_RATE, 0.0)

    def _rows(self, number: int) -> torch.Tensor:
        """(S, B) the batch of each seed: its samples in an order of their own in every epoch."""
        n = self.x_train.shape[1]
        epoch, batch = divmod(number, -(-n // self.batch_size))
        if epoch != self.epoch:
            orders = [np.random.default_rng([seed, 2, epoch]).permutation(n) for seed in self.seeds]
            self.order, self.epoch = torch.from_numpy(np.stack(orders)), epoch
        return self.order[:, batch * self.batch_size : (batch + 1) * self.batch_size]


def make_folds(cell: Cell, task: Task, seeds: tuple[int, ...]) -> list[Fold]:
    return [make_fold(cell.task, task, cell.n_train, seed) for seed in seeds]


def open_lane(cell: Cell, seeds: tuple[int, ...]) -> ClassicLane | NetLane:
    """The lane of a cell, before its first piece."""
    kind = NetLane if cell.contestant in NETS else ClassicLane
    return kind(cell, load_view(cell.task, cell.view), seeds)


def store_lane(lane: ClassicLane | NetLane, memory: np.ndarray) -> None:
    """Copy what a lane has learnt to the beginning of `memory`."""
    learnt = np.concatenate([part.ravel() for part in lane.state()])
    memory[: len(learnt)] = learnt


def restore_lane(lane: ClassicLane | NetLane, memory: np.ndarray) -> None:
    """The inverse of `store_lane`."""
    start = 0
    for part in lane.state():
        part[...] = memory[start : start + part.size].reshape(part.shape)
        start += part.size


def memory_size(cell: Cell, n_seeds: int) -> int:
    """How many numbers a lane has to keep between two pieces."""
    task = load_view(cell.task, cell.view)
    n_outputs = max(1, task.n_classes)
    if cell.contestant in NETS:
        shapes = parameter_shapes(cell.contestant, as_axis(cell.contestant, task.shape), n_outputs)
        return 3 * n_seeds * sum(math.prod(shape) for shape, _ in shapes)
    n_test = N_TEST[cell.task]
    return min(cell.n_train, len(task.x) - n_test) * n_outputs + n_seeds * (n_test * n_outputs + 2)
