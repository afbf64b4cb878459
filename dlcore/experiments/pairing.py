"""Pairings of output layer and loss: S seeds of the right one and of a broken one, trained in one batched step."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import torch

from dlcore.data.loss_tasks import EDGE, QUANTILE, make_loss_task, true_quantile
from dlcore.models.flat_optimizers import make_buffers, update
from dlcore.models.output_pairs import PAIRS
from dlcore.models.stacked_mlp import StackedMLP

GRID, N_CURVE = 40, 61
TRAIN_SHARE = 0.5
SIDES = ("right", "broken")


class Pairing:
    """Letters in shapes: S seeds, B batch, F inputs, K outputs. The first S models are right, the others broken.

    Both models of a seed begin with the same weights and see the same batches.
    """

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        self.pair = PAIRS[spec.pairing]
        x, y = make_split(spec.pairing, spec.n_samples, spec.data_seed)
        self.x_train, self.x_test = (torch.from_numpy(part) for part in x)  # (N, F)
        self.y_train, self.y_test = (torch.from_numpy(part) for part in y)  # (N, K)
        self.seeds = tuple(spec.seed + i for i in range(spec.n_seeds))
        sizes = (self.x_train.shape[1], *spec.hidden_sizes, self.y_train.shape[1])
        self.model = StackedMLP(sizes, "tanh", "xavier", self.seeds * 2)
        with torch.no_grad():
            self.model.biases[-1] += torch.tensor(start_shift(spec.pairing, spec.start_bias, self.y_train.shape[1]))
        self.buffers = make_buffers(spec.optimizer, self.model.flat)
        self.batch_size = min(spec.batch_size, len(self.x_train))
        self.steps_per_epoch = -(-len(self.x_train) // self.batch_size)
        self.epoch = -1

    def step(self) -> None:
        """One update of every model on its seed's next batch."""
        epoch, batch = divmod(self.steps_done, self.steps_per_epoch)
        if epoch != self.epoch:
            self._shuffle(epoch)
        rows = self.order[:, batch * self.batch_size : (batch + 1) * self.batch_size]  # (2S, B)
        self.model.grad.zero_()
        z, _ = self.model.forward(self.x_train[rows])
        self._losses(z, self.y_train[rows]).sum().backward()
        self.steps_done += 1
        spec, flat, grad = self.spec, self.model.flat, self.model.grad
        update(spec.optimizer, flat, grad, self.buffers, self.steps_done, spec.learning_rate, spec.momentum)

    def observe(self) -> dict[str, Any]:
        """Test score, training loss and gradient at the outputs, over the seeds; the first seed's picture."""
        observed: dict[str, Any] = {"epoch": self.steps_done / self.steps_per_epoch}
        with torch.no_grad():
            z_train, z_test = self._forward(self.x_train), self._forward(self.x_test)
        sizes = self._gradient_sizes(z_train)
        losses = self._losses(z_train, self.y_train.expand(len(z_train), -1, -1))
        for number, name in enumerate(SIDES):
            models = slice(number * len(self.seeds), (number + 1) * len(self.seeds))
            output = getattr(self.pair, name).output(z_test[models])
            observed |= band(f"{name}_score", self.pair.score(output, self.y_test))
            observed |= band(f"{name}_grad", sizes[models])
            observed |= band(f"{name}_loss", losses[models])
        if self.spec.pairing == "quantile":
            observed["wanted"] = QUANTILE
        observed |= self._picture()
        return observed | (self._static() if self.steps_done == 0 else {})

    def state(self) -> dict[str, Any]:
        """All that an update changes; the batch order follows from seed and step alone."""
        return {"flat": self.model.flat} | {f"buffer{i}": buffer for i, buffer in enumerate(self.buffers)}

    def weights(self) -> dict[str, Any]:
        """Weights (2S, in, out) and biases (2S, 1, out) by layer, the right models first."""
        named = {f"layer{i}.weight": weight for i, weight in enumerate(self.model.weights)}
        return named | {f"layer{i}.bias": bias for i, bias in enumerate(self.model.biases)}

    def _forward(self, x: torch.Tensor) -> torch.Tensor:
        """(2S, N, K) every model's raw outputs for inputs (N, F)."""
        return self.model.forward(x.expand(2 * len(self.seeds), -1, -1))[0]

    def _losses(self, z: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        """(2S,) each model's own loss."""
        n = len(self.seeds)
        return torch.cat([self.pair.right.loss(z[:n], y[:n]), self.pair.broken.loss(z[n:], y[n:])])

    def _gradient_sizes(self, z: torch.Tensor) -> torch.Tensor:
        """(2S,) the mean size |∂L/∂z| of one training sample's gradient at the raw outputs."""
        leaf = z.clone().requires_grad_()
        losses = self._losses(leaf, self.y_train.expand(len(z), -1, -1)) * z.shape[1]
        (gradient,) = torch.autograd.grad(losses.sum(), leaf)
        return gradient.norm(dim=2).mean(1)

    def _shuffle(self, epoch: int) -> None:
        order = [np.random.default_rng([seed, 2, epoch]).permutation(len(self.x_train)) for seed in self.seeds]
        self.order = torch.from_numpy(np.stack(order * 2))  # (2S, N)
        self.epoch = epoch

    def _picture(self) -> dict[str, np.ndarray]:
        """What the first seed's two models say everywhere: surfaces for two inputs, curves for one."""
        x = make_places(self.x_train.shape[1])
        with torch.no_grad():
            z = self._forward(torch.from_numpy(x))
        picture: dict[str, np.ndarray] = {}
        for number, name in enumerate(SIDES):
            first = number * len(self.seeds)
            output = getattr(self.pair, name).output(z[first : first + 1])[0]  # (places, K)
            if x.shape[1] == 1:
                picture[f"{name}_curve"] = np.concatenate([x, output.numpy()], 1)
            else:
                label, confidence = decide(self.spec.pairing, output)
                picture[f"{name}_class"] = label.to(torch.uint8).numpy().reshape(GRID, GRID)
                picture[f"{name}_confidence"] = (confidence * 255).to(torch.uint8).numpy().reshape(GRID, GRID)
        return picture

    def _static(self) -> dict[str, np.ndarray]:
        """The training points, which no update changes; for the quantile the curve that is to be found."""
        x, y = self.x_train.numpy(), self.y_train.numpy()
        if x.shape[1] == 1:
            drawn = {"points": np.concatenate([x, y], 1), "labels": np.zeros(len(x), np.uint8)}
            if self.spec.pairing == "quantile":
                places = make_places(1)
                drawn["true_curve"] = np.concatenate([places, true_quantile(places)], 1).astype(np.float32)
            return drawn
        labels = y.argmax(1) if self.spec.pairing == "multiclass" else y.sum(1)
        return {"points": x, "labels": labels.astype(np.uint8)}


@functools.lru_cache(maxsize=16)
def make_split(
    pairing: str, n_samples: int, data_seed: int
) -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """Inputs and targets in float32, each as (training, test); at least one point each."""
    x, y = make_loss_task(pairing, n_samples, np.random.default_rng([data_seed, 0]))
    n_train = round(TRAIN_SHARE * n_samples)
    x, y = x.astype(np.float32), y.astype(np.float32)
    return (x[:n_train], x[n_train:]), (y[:n_train], y[n_train:])


def start_shift(pairing: str, start_bias: float, n_outputs: int) -> list[float]:
    """What the output biases begin with: against class 1, or for the first class; 0 where it makes no sense."""
    if pairing == "binary":
        return [-start_bias]
    first = start_bias if pairing == "multiclass" else 0.0
    return [first] + [0.0] * (n_outputs - 1)


@functools.lru_cache(maxsize=2)
def make_places(n_inputs: int) -> np.ndarray:
    """The places at which models are drawn: (N_CURVE, 1), or (GRID², 2) row by row from the bottom left."""
    if n_inputs == 1:
        return np.linspace(-EDGE, EDGE, N_CURVE, dtype=np.float32)[:, None]
    centres = EDGE * ((2 * np.arange(GRID, dtype=np.float32) + 1) / GRID - 1)
    x1, x2 = np.meshgrid(centres, centres)
    return np.stack([x1.ravel(), x2.ravel()], 1)


def decide(pairing: str, output: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """The class at each place and how sure the model is, up to 1; for several labels, to how many it says yes."""
    if pairing == "multiclass":
        confidence, label = output.nan_to_num(0.0).max(1)
        return label, confidence.clamp(0, 1)
    if pairing == "multilabel":
        return (output > 0.5).sum(1), torch.full((len(output),), 0.8)
    if pairing == "margin":
        return (output[:, 0] > 0).long(), 0.5 + output[:, 0].nan_to_num(0.0).abs().clamp(0, 1) / 2
    p = output[:, 0].nan_to_num(0.5)
    return (p > 0.5).long(), torch.maximum(p, 1 - p)


def band(name: str, values: torch.Tensor) -> dict[str, float]:
    """Median, lowest and highest of one measure over the seeds."""
    found = values.detach().numpy()
    return {name: float(np.median(found)), f"{name}_low": float(found.min()), f"{name}_high": float(found.max())}
