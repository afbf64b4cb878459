"""Learned features: S RBMs on nudged digits, then logistic regression on pixels, on their features, on random ones."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
import torch.nn.functional as F

from dlcore.data.nudged_digits import make_nudged_digits, split_rows
from dlcore.functions.bands import band
from dlcore.models.flat_optimizers import make_buffers, update
from dlcore.models.rbm_training import RBMTraining
from dlcore.models.stacked_mlp import StackedMLP
from dlcore.models.stacked_rbm import StackedRBM, weight_pictures

ARMS = ("pixels", "learned", "random")
N_DIGITS, N_CLASSES, SIDE = 1797, 10, 8
START_SCALE, RANDOM_SCALE = 0.01, 0.3  # standard deviation of the RBM's first weights and of the random ones
RBM_BATCH, BATCH = 10, 200
CLASSIFIER_RATE = 0.03  # Adam's, falling linearly to 0
FLATTEST = 1e-6  # directions with less of the largest variance are not stretched further
N_FILTERS = 48


class RbmFeatures:
    """Letters in shapes: S seeds, N pictures, B batch, m for the test, H hidden units, C columns, K classes.

    Before the logistic regression its inputs are whitened, which leaves its optimum where it is (there is no penalty)
    but lets it be found in a few hundred updates.
    """

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        self.seeds = tuple(spec.seed + i for i in range(spec.n_seeds))
        x, y = (torch.from_numpy(part) for part in make_nudged_digits(spec.nudged))
        drawn = [split_rows(len(x), N_DIGITS, spec.keep_apart, seed) for seed in self.seeds]
        train, test = (torch.from_numpy(np.stack(rows)) for rows in zip(*drawn, strict=True))
        self.x, self.x_test, self.y, self.y_test = x[train], x[test], y[train], y[test]  # (S, N, 64) …
        self.rbm = StackedRBM(SIDE**2, spec.rbm_units, self.seeds, START_SCALE)
        self.training = RBMTraining(self.rbm, self.x, self.seeds, spec.rbm_rule, 1, RBM_BATCH, 2)
        self.random = make_random(self.x, spec.rbm_units, self.seeds)
        widths = {"pixels": SIDE**2, "learned": spec.rbm_units, "random": spec.rbm_units}
        self.nets = {name: StackedMLP((widths[name], N_CLASSES), "identity", "zeros", self.seeds) for name in ARMS}
        self.buffers = {name: make_buffers("adam", net.flat) for name, net in self.nets.items()}
        self.inputs: dict[str, tuple[torch.Tensor, torch.Tensor]] = {}  # whitened, to learn from and to test on

    def step(self) -> None:
        """One update of the RBMs or, once they are ready, of the classifiers."""
        if self.steps_done < self.spec.rbm_steps:
            self.training.step(self.steps_done, self.spec.learning_rate, 0.0, 0.0)
        else:
            self._classify_batch()
        self.steps_done += 1

    def observe(self) -> dict[str, Any]:
        """Reconstruction error, and the test accuracy of each classifier over the seeds; the first RBM's features."""
        error = (self.rbm.reconstruct(self.x_test) - self.x_test).square().mean((1, 2))
        observed = {"nothing": 0.0} | band("reconstruction", error)
        right = {name: self._accuracy(name) for name in ARMS}
        for name, values in right.items():
            observed |= band(f"accuracy_{name}", values)
        observed |= band("gain_pixels", right["learned"] - right["pixels"])
        observed |= band("gain_random", right["learned"] - right["random"])
        weight = self.rbm.weight[0].T[:N_FILTERS].nan_to_num(0.0)
        return observed | weight_pictures(weight, SIDE)

    def state(self) -> dict[str, Any]:
        """All that an update changes; what the classifiers see follows from the RBMs."""
        named = self.training.state() | {name: net.flat for name, net in self.nets.items()}
        return named | {f"{name}_buffer{i}": b for name, kept in self.buffers.items() for i, b in enumerate(kept)}

    def weights(self) -> dict[str, Any]:
        """The RBMs' weights (S, 64, H) and biases, and the classifiers' on whitened inputs (S, C, K) and (S, 1, K)."""
        rbm = self.rbm
        named = {"rbm.weight": rbm.weight, "rbm.visible_bias": rbm.visible_bias, "rbm.hidden_bias": rbm.hidden_bias}
        for name, net in self.nets.items():
            named |= {f"{name}.weight": net.weights[0], f"{name}.bias": net.biases[0]}
        return named

    def _classify_batch(self) -> None:
        done, spec = self.steps_done - self.spec.rbm_steps, self.spec
        rate = CLASSIFIER_RATE * (1 - done / (spec.n_steps - spec.rbm_steps))
        n = self.x.shape[1]
        draws = [np.random.default_rng([seed, 9, done]).integers(0, n, BATCH) for seed in self.seeds]
        rows, every = torch.from_numpy(np.stack(draws)), torch.arange(len(self.seeds))[:, None]
        for name, net in self.nets.items():
            net.grad.zero_()
            logits, _ = net.forward(self._inputs(name)[0][every, rows])  # (S, B, K)
            (F.cross_entropy(logits.flatten(0, 1), self.y[every, rows].flatten()) * len(self.seeds)).backward()
            update("adam", net.flat, net.grad, self.buffers[name], done + 1, rate, 0.0)

    def _accuracy(self, name: str) -> torch.Tensor:
        """(S,) on the test pictures; as long as a classifier has learnt nothing, the share of its first answer, 0."""
        if self.steps_done <= self.spec.rbm_steps:
            return (self.y_test == 0).float().mean(1)
        with torch.no_grad():
            logits, _ = self.nets[name].forward(self._inputs(name)[1])
        return (logits.argmax(2) == self.y_test).float().mean(1)

    def _inputs(self, name: str) -> tuple[torch.Tensor, torch.Tensor]:
        """What a classifier sees, (S, N, C) to learn from and (S, m, C) to test on; the RBMs change no more."""
        if name not in self.inputs:
            see = {"pixels": lambda v: v, "learned": self.rbm.p_hidden, "random": self.random.p_hidden}[name]
            self.inputs[name] = whiten(see(self.x), see(self.x_test))
        return self.inputs[name]


def make_random(x: torch.Tensor, n_hidden: int, seeds: tuple[int, ...]) -> StackedRBM:
    """Machines that nobody trains: random weights, and biases that put the mean picture at probability ½."""
    machines = StackedRBM(SIDE**2, n_hidden, seeds, RANDOM_SCALE, stream=8)
    machines.hidden_bias.copy_(-x.mean(1, keepdim=True) @ machines.weight)
    return machines


def whiten(x: torch.Tensor, x_test: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Columns turned and stretched so that on x (S, N, C) they have mean 0, variance 1 and no correlation."""
    mean = x.mean(1, keepdim=True)
    centred = x - mean
    values, axes = torch.linalg.eigh((centred.mT @ centred / x.shape[1]).double().nan_to_num(0.0))
    smallest = (FLATTEST * values.amax(1, keepdim=True)).clamp_min(1e-12)
    turn = (axes * values.clamp_min(smallest).rsqrt()[:, None]).float()
    return centred @ turn, (x_test - mean) @ turn
