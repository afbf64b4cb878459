"""MNIST-1D: S copies of one network, trained in one batched step from their own seeds and batch orders."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
import torch.nn.functional as F

from dlcore.data.signals import LENGTH, N_TRAIN, make_mnist1d
from dlcore.functions.features import shuffled_order
from dlcore.models.flat_optimizers import make_buffers, update
from dlcore.models.stacked_nets import StackedNets

N_CLASSES = 10


class SignalClassifier:
    """Letters in shapes: S seeds, B batch, N samples, K classes."""

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        x, y = make_mnist1d()
        x = x[:, shuffled_order(LENGTH)] if spec.shuffled else x
        self.x_train, self.x_test = torch.from_numpy(x).split((N_TRAIN, len(x) - N_TRAIN))
        self.y_train, self.y_test = torch.from_numpy(y).split((N_TRAIN, len(y) - N_TRAIN))
        self.seeds = tuple(spec.seed + i for i in range(spec.n_seeds))
        self.nets = StackedNets(spec.net, (LENGTH, 1), N_CLASSES, self.seeds)
        self.buffers = make_buffers("adam", self.nets.flat)
        self.steps_per_epoch = -(-N_TRAIN // spec.batch_size)
        self.epoch = -1

    def step(self) -> None:
        """One update of every network on its seed's next batch."""
        epoch, batch = divmod(self.steps_done, self.steps_per_epoch)
        if epoch != self.epoch:
            self._shuffle(epoch)
        rows = self.order[:, batch * self.spec.batch_size : (batch + 1) * self.spec.batch_size]  # (S, B)
        self.nets.grad.zero_()
        logits = self.nets.forward(self.x_train[rows])  # (S, B, K)
        loss = F.cross_entropy(logits.flatten(0, 1), self.y_train[rows].flatten()) * len(self.seeds)
        loss.backward()
        self.steps_done += 1
        update("adam", self.nets.flat, self.nets.grad, self.buffers, self.steps_done, self.spec.learning_rate, 0.0)

    def observe(self) -> dict[str, Any]:
        """Test loss and accuracy over the seeds, and the first seed's confusion matrix (K, K), truth down, in %."""
        with torch.no_grad():
            logits = self.nets.forward(self.x_test.expand(len(self.seeds), -1, -1))  # (S, N, K)
        truth = self.y_test.expand(len(self.seeds), -1)
        losses = F.cross_entropy(logits.transpose(1, 2), truth, reduction="none").mean(1)
        answers = logits.argmax(2)
        observed: dict[str, Any] = {"epoch": self.steps_done / self.steps_per_epoch}
        observed |= band("test_loss", losses) | band("test_accuracy", (answers == truth).float().mean(1))
        counts = torch.bincount(self.y_test * N_CLASSES + answers[0], minlength=N_CLASSES**2).view(N_CLASSES, -1)
        observed["confusion"] = (100 * counts / counts.sum(1, keepdim=True)).round().to(torch.uint8).numpy()
        return observed | (self._static() if self.steps_done == 0 else {})

    def state(self) -> dict[str, Any]:
        """All that an update changes; the batch order follows from seed and step alone."""
        return {"flat": self.nets.flat} | {f"buffer{i}": buffer for i, buffer in enumerate(self.buffers)}

    def weights(self) -> dict[str, Any]:
        """Every layer's parameters (S, …)."""
        return self.nets.named_blocks()

    def _shuffle(self, epoch: int) -> None:
        order = [np.random.default_rng([seed, 2, epoch]).permutation(N_TRAIN) for seed in self.seeds]
        self.order = torch.from_numpy(np.stack(order))  # (S, N)
        self.epoch = epoch

    def _static(self) -> dict[str, np.ndarray]:
        """One test signal of each digit (40,), as the network gets it."""
        first = [int((self.y_test == digit).nonzero()[0]) for digit in range(N_CLASSES)]
        return {f"signal_{digit}": self.x_test[row].numpy() for digit, row in enumerate(first)}


def band(name: str, values: torch.Tensor) -> dict[str, float]:
    """Mean, lowest and highest of one measure over the seeds."""
    return {name: float(values.mean()), f"{name}_low": float(values.min()), f"{name}_high": float(values.max())}
