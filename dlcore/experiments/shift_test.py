"""Why convolution: CNN and MLP with equally many parameters, whole and shuffled pictures, accuracy against a shift."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F

from dlcore.data.image_splits import make_image_split
from dlcore.data.moved_pictures import move_pictures, pad_pictures, shuffle_pixels
from dlcore.device import choose_device
from dlcore.functions.equal_parameters import equal_mlp
from dlcore.functions.layer_arithmetic import describe_stack, parse_stack
from dlcore.models.conv_stack import ConvStack
from dlcore.models.flat_optimizers import make_buffers, update

SHIFTS = (0, 1, 2, 3)  # pixels
LANES = ("cnn", "mlp", "cnn_shuffled", "mlp_shuffled")
MARGINS = {"digits": 3, "mnist": 0}  # MNIST has an empty border of its own
SIDES = {"digits": 14, "mnist": 28}
STACKS = {
    "digits": "conv 16 3 p1-relu-{pooling} 2-conv 32 3 p1-relu-{pooling} 2-flatten-linear 10",
    "mnist": "conv 8 5 p2-relu-{pooling} 2-conv 16 5 p2-relu-{pooling} 2-flatten-linear 10",
}
PORTION = 100  # pictures that go through a net at once


class ShiftTest:
    """Letters in shapes: S models a lane (one a seed), N pictures, D shifts, H and W sides, K classes.

    All lanes of a seed see the same batches; a net and the same net on shuffled pixels begin with the same weights.
    """

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        self.x_train, self.y_train, self.x_test, self.y_test, self.examples = make_moved_split(
            spec.image_set, spec.train_size, spec.test_size, spec.data_seed
        )
        self.batch_size = min(spec.batch_size, len(self.y_train))
        self.steps_per_epoch = -(-len(self.y_train) // self.batch_size)
        self.seeds = tuple(spec.seed + i for i in range(spec.n_seeds))
        side = SIDES[spec.image_set]
        stacks = {"cnn": STACKS[spec.image_set].format(pooling=spec.pooling)}
        reports = describe_stack(parse_stack(stacks["cnn"]), (1, side, side))
        n_parameters = sum(report.n_parameters for report in reports)
        stacks["mlp"] = equal_mlp(n_parameters, side * side, 10)
        multiply_adds = sum(report.n_multiply_adds for report in reports)
        self.device = choose_device(self, 3 * len(self.seeds) * self.batch_size * multiply_adds)
        self.models = {
            lane: ConvStack(parse_stack(stacks[lane.split("_")[0]]), (1, side, side), "he", self.seeds, self.device)
            for lane in LANES
        }
        self.buffers = {lane: make_buffers(spec.optimizer, model.flat) for lane, model in self.models.items()}
        self.epoch = -1

    def step(self) -> None:
        """One update of every net on its seed's next batch."""
        epoch, batch = divmod(self.steps_done, self.steps_per_epoch)
        if epoch != self.epoch:
            self._shuffle(epoch)
        self.steps_done += 1
        spec = self.spec
        for lane, model in self.models.items():
            model.grad.zero_()
            x = self.x_train[is_shuffled(lane)]
            for number in range(len(self.seeds)):
                rows = self.order[number, batch * self.batch_size : (batch + 1) * self.batch_size]
                scores = model.forward(x[rows].to(self.device), number)[-1]
                F.cross_entropy(scores, self.y_train[rows].to(self.device)).backward()
            buffers = self.buffers[lane]
            update(spec.optimizer, model.flat, model.grad, buffers, self.steps_done, spec.learning_rate, spec.momentum)

    def observe(self) -> dict[str, Any]:
        """Accuracy of the whole pictures' nets at every shift, of the shuffled ones' at none; over the seeds."""
        observed: dict[str, Any] = {"epoch": self.steps_done / self.steps_per_epoch}
        for net in ("cnn", "mlp"):
            found = torch.stack([self._accuracy(net, self.x_test[shift]) for shift in SHIFTS])  # (D, S)
            for shift, values in zip(SHIFTS, found, strict=True):
                observed |= spread(f"{net}_shift_{shift}", values)
            observed |= spread(f"{net}_shuffled", self._accuracy(f"{net}_shuffled", self.x_test[-1]))
            middle = np.median(found.numpy(), axis=1)
            observed |= {f"{net}_by_shift": middle, f"{net}_by_shift_low": found.amin(1).numpy()}
            observed[f"{net}_by_shift_high"] = found.amax(1).numpy()
            observed[f"{net}_parameters"] = self.models[net].flat.shape[1]
        return observed | ({"examples": self.examples} if self.steps_done == 0 else {})

    def state(self) -> dict[str, Any]:
        """All that an update changes; the batch order follows from seed and step alone."""
        flats = {f"{lane}.flat": model.flat for lane, model in self.models.items()}
        buffers = {f"{lane}.buffer{i}": b for lane, kept in self.buffers.items() for i, b in enumerate(kept)}
        return flats | buffers

    def weights(self) -> dict[str, Any]:
        """Every lane's parameters, a row a seed, flat in the order of the layers."""
        return {lane: model.flat for lane, model in self.models.items()}

    def _shuffle(self, epoch: int) -> None:
        n_train = len(self.y_train)
        order = [np.random.default_rng([seed, 2, epoch]).permutation(n_train) for seed in self.seeds]
        self.order = torch.from_numpy(np.stack(order))  # (S, N)
        self.epoch = epoch

    @torch.no_grad()
    def _accuracy(self, lane: str, x: torch.Tensor) -> torch.Tensor:
        """(S,) the share of pictures (N, 1, H, W) that each net of the lane judges right."""
        model, pieces = self.models[lane], x.to(self.device).split(PORTION)
        predicted = [
            torch.cat([model.forward(piece, number)[-1].argmax(1) for piece in pieces])
            for number in range(len(self.seeds))
        ]
        return (torch.stack(predicted).cpu() == self.y_test).float().mean(1)


def is_shuffled(lane: str) -> bool:
    return lane.endswith("shuffled")


@functools.lru_cache(maxsize=4)
def make_moved_split(
    image_set: str, train_size: int, test_size: int, data_seed: int
) -> tuple[dict[bool, torch.Tensor], torch.Tensor, dict[int, torch.Tensor], torch.Tensor, np.ndarray]:
    """Training pictures by whether they are shuffled, their classes; test pictures by shift (−1: shuffled), theirs.

    All standardised alike. Last come examples (D + 1, H, W) in uint8: one test picture at every shift, then shuffled.
    """
    x_train, y_train, x_test, y_test = make_image_split(image_set, train_size, test_size, data_seed)
    x_train, x_test = (pad_pictures(x, MARGINS[image_set]) for x in (x_train, x_test))
    order = np.random.default_rng([data_seed, 5]).permutation(x_train[0].size)
    tested = {shift: move_pictures(x_test, shift, np.random.default_rng([data_seed, 6])) for shift in SHIFTS}
    tested[-1] = shuffle_pixels(x_test, order)
    mean, std = float(x_train.mean()), float(x_train.std())
    examples = np.stack([(255 * x[0, 0]).astype(np.uint8) for x in tested.values()])
    trained = {False: x_train, True: shuffle_pixels(x_train, order)}
    ready = {key: torch.from_numpy((x - mean) / std) for key, x in trained.items()}
    ready_tests = {shift: torch.from_numpy((x - mean) / std) for shift, x in tested.items()}
    return ready, torch.from_numpy(y_train), ready_tests, torch.from_numpy(y_test), examples


def spread(name: str, values: torch.Tensor) -> dict[str, float]:
    """Median, lowest and highest of one measure over the seeds."""
    found = values.numpy()
    return {name: float(np.median(found)), f"{name}_low": float(found.min()), f"{name}_high": float(found.max())}
