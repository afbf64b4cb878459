"""The network playground: S multilayer perceptrons of one shape learn points of the plane in batched steps."""

from __future__ import annotations

import functools
import itertools
from typing import Any

import numpy as np
import torch

from dlcore.data.toy2d import DOMAIN, make_toy2d
from dlcore.device import choose_device
from dlcore.models.flat_optimizers import make_buffers, update
from dlcore.models.output_loss import output_gradient, output_loss
from dlcore.models.stacked_mlp import StackedMLP

GRID = 48  # the decision surface is drawn on GRID × GRID cells
N_HIDDEN_POINTS = 200  # as many training points are shown in the hidden space

FEATURES = {
    "x1": lambda x1, x2: x1,
    "x2": lambda x1, x2: x2,
    "x1_squared": lambda x1, x2: x1**2,
    "x2_squared": lambda x1, x2: x2**2,
    "x1_x2": lambda x1, x2: x1 * x2,
    "sin_x1": lambda x1, x2: np.sin(x1),
    "sin_x2": lambda x1, x2: np.sin(x2),
}


class Playground:
    """Letters in shapes: S models (one a seed), N points, B batch, F features, K outputs, L layers, P parameters."""

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        self.data = make_split(
            spec.dataset, spec.n_samples, spec.noise, spec.n_classes, spec.train_share, spec.data_seed, spec.points
        )
        self.is_regression = self.data["y_train"].dtype.kind == "f"
        self.n_classes = (
            0 if self.is_regression else 1 + int(max(self.data["y_train"].max(), self.data["y_test"].max()))
        )
        n_out = self.n_classes if self.n_classes > 2 else 1
        sizes = (len(spec.features), *spec.hidden_sizes, n_out)
        self.seeds = tuple(spec.seed + i for i in range(spec.n_seeds))
        n_train = len(self.data["y_train"])
        work = 3 * spec.n_seeds * min(spec.batch_size, n_train) * sum(a * b for a, b in itertools.pairwise(sizes))
        self.device = choose_device(self, work)  # forward and backward
        self.model = StackedMLP(sizes, spec.activation, spec.init, self.seeds, device=self.device)
        self.buffers = make_buffers(spec.optimizer, self.model.flat)
        self.x_train = make_features(self.data["x_train"], spec.features).to(self.device)  # (1, N, F)
        self.x_test = make_features(self.data["x_test"], spec.features).to(self.device)
        self.target_train = self._targets(self.data["y_train"])  # (1, N, K)
        self.target_test = self._targets(self.data["y_test"])
        self.batch_size = min(spec.batch_size, self.x_train.shape[1])
        self.steps_per_epoch = -(-self.x_train.shape[1] // self.batch_size)
        self.epoch = -1

    def step(self) -> None:
        """One update of every model on its next batch."""
        epoch, batch = divmod(self.steps_done, self.steps_per_epoch)
        if epoch != self.epoch:
            self._shuffle(epoch)
        rows = slice(batch * self.batch_size, (batch + 1) * self.batch_size)
        self.model.grad.zero_()
        outputs, _ = self.model.forward(self.x_epoch[:, rows])
        outputs.backward(output_gradient(self.spec.loss, outputs, self.target_epoch[:, rows]))
        spec, flat, grad = self.spec, self.model.flat, self.model.grad
        if spec.l2:
            grad.addcmul_(flat, self.model.is_weight, value=2 * spec.l2)  # of l2 · Σ w²
        if spec.l1:
            grad.addcmul_(flat.sign(), self.model.is_weight, value=spec.l1)  # of l1 · Σ |w|
        self.steps_done += 1
        update(spec.optimizer, flat, grad, self.buffers, self.steps_done, spec.learning_rate, spec.momentum)

    def observe(self) -> dict[str, Any]:
        """Losses (without penalty) and accuracies; the pictures of one model, or the band of several."""
        observed: dict[str, Any] = {"epoch": self.steps_done / self.steps_per_epoch}
        several = len(self.seeds) > 1
        for split, x, target in (
            ("train", self.x_train, self.target_train),
            ("test", self.x_test, self.target_test),
        ):
            with torch.no_grad():
                outputs, _ = self.model.forward(x.expand(len(self.seeds), -1, -1))
                measures = {f"{split}_loss": output_loss(self.spec.loss, outputs, target)}
            if not self.is_regression:
                measures[f"{split}_accuracy"] = self._is_right(outputs, self.data[f"y_{split}"]).float().mean(1)
            for name, value in measures.items():
                observed |= band(name, value.cpu().numpy()) if several else {name: float(value[0])}
        if not several:
            observed |= self._parameters() | self._pictures() | (self._static() if self.steps_done == 0 else {})
        return observed

    def state(self) -> dict[str, Any]:
        """All that an update changes; the batch order follows from seed and step alone."""
        return {"flat": self.model.flat} | {f"buffer{i}": buffer for i, buffer in enumerate(self.buffers)}

    def weights(self) -> dict[str, Any]:
        """Weights (S, in, out) and biases (S, 1, out) by layer; PReLU's slopes (S, 1, 1)."""
        named = {f"layer{i}.weight": weight for i, weight in enumerate(self.model.weights)}
        named |= {f"layer{i}.bias": bias for i, bias in enumerate(self.model.biases)}
        return named | {f"layer{i}.slope": slope for i, slope in enumerate(self.model.slopes)}

    def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        """`{"scores": "train" | "test"}`: labels and raw outputs of the first model on that split."""
        split = question["scores"]
        x = self.x_train if split == "train" else self.x_test
        with torch.no_grad():
            outputs, _ = self.model.forward(x.expand(len(self.seeds), -1, -1))
        return {"y_true": self.data[f"y_{split}"].copy(), "y_score": outputs[0].cpu().numpy()}

    def _shuffle(self, epoch: int) -> None:
        n_samples = self.x_train.shape[1]
        order = [np.random.default_rng([seed, 2, epoch]).permutation(n_samples) for seed in self.seeds]
        index = torch.from_numpy(np.stack(order)).to(self.device)  # (S, N)
        self.x_epoch, self.target_epoch = self.x_train[0][index], self.target_train[0][index]
        self.epoch = epoch

    def _targets(self, y: np.ndarray) -> torch.Tensor:
        """(1, N, K) what the loss compares with: numbers, 0/1 or ±1; one column a class if there are more than two."""
        if self.is_regression:
            return torch.from_numpy(y.astype(np.float32)).to(self.device)[None, :, None]
        positive = np.arange(self.n_classes) if self.n_classes > 2 else np.array([1])
        columns = torch.from_numpy((y[:, None] == positive).astype(np.float32)).to(self.device)[None]
        return columns if self.spec.loss == "cross_entropy" else 2 * columns - 1

    def _is_right(self, outputs: torch.Tensor, y: np.ndarray) -> torch.Tensor:
        """(S, N) whether the predicted class is the true one."""
        predicted = outputs.argmax(2) if self.n_classes > 2 else (outputs[:, :, 0] > 0).long()
        return predicted == torch.from_numpy(y).to(self.device)

    def _parameters(self) -> dict[str, np.ndarray]:
        """The first model's weights and biases, flat layer by layer, and the gradient norm of each layer's weights."""
        self.model.grad.zero_()
        outputs, hidden = self.model.forward(self.x_train.expand(len(self.seeds), -1, -1))
        outputs.backward(output_gradient(self.spec.loss, outputs, self.target_train))
        norms = [float(weight.grad.norm()) for weight in self.model.weights]  # type: ignore[union-attr]
        self.model.grad.zero_()
        return {
            "weights": torch.cat([weight.detach()[0].flatten() for weight in self.model.weights]).cpu().numpy(),
            "biases": torch.cat([bias.detach()[0].flatten() for bias in self.model.biases]).cpu().numpy(),
            "grad_norm": np.array(norms),
            "hidden_xy": hidden_space(
                (hidden[-1] if hidden else self.x_train).detach()[0, :N_HIDDEN_POINTS].cpu().numpy()
            ),
        }

    def _pictures(self) -> dict[str, np.ndarray]:
        """The decision surface and the surface of every hidden unit, row 0 at the bottom."""
        with torch.no_grad():
            outputs, hidden = self.model.forward(
                make_grid_features(self.spec.features).to(self.device)
            )  # (1, GRID², K)
        pictures: dict[str, np.ndarray] = {}
        if self.n_classes > 2:
            confidence, label = outputs[0].softmax(1).max(1)
            pictures["surface_class"] = label.to(torch.uint8).cpu().numpy().reshape(GRID, GRID)
            pictures["surface_confidence"] = (confidence * 255).to(torch.uint8).cpu().numpy().reshape(GRID, GRID)
        else:
            signed = outputs[0, :, 0]
            signed = torch.tanh(signed / 2) if self.spec.loss == "cross_entropy" else signed  # 2p − 1
            pictures["surface"] = _to_int8(signed).reshape(GRID, GRID)
        if hidden:
            units = torch.cat([layer[0] for layer in hidden], 1).T  # (units, GRID²)
            largest = units.abs().amax(1)
            scaled = (units / largest.clamp_min(1e-12)[:, None]).view(-1, GRID, GRID)
            stride = unit_stride(len(units))
            small = scaled[:, stride // 2 :: stride, stride // 2 :: stride]
            pictures |= {"units": _to_int8(small), "unit_max": largest.cpu().numpy()}
        return pictures

    def _static(self) -> dict[str, np.ndarray]:
        """The points, which no update changes."""
        drawn = {"hidden_y": self._drawn_label(self.data["y_train"][:N_HIDDEN_POINTS])}
        for split in ("train", "test"):
            drawn |= {f"{split}_xy": self.data[f"x_{split}"], f"{split}_y": self._drawn_label(self.data[f"y_{split}"])}
        return drawn

    def _drawn_label(self, y: np.ndarray) -> np.ndarray:
        return y.astype(np.float32) if self.is_regression else y.astype(np.uint8)


@functools.lru_cache(maxsize=16)
def make_split(
    dataset: str, n_samples: int, noise: float, n_classes: int, train_share: float, data_seed: int, points: tuple
) -> dict[str, np.ndarray]:
    """The data set, shuffled and cut: `x_train, x_test` (N, 2) and `y_train, y_test` (N,), at least one point each."""
    generator = np.random.default_rng([data_seed, 0])
    if dataset == "own":
        table = np.array(points, dtype=float)[generator.permutation(len(points))]
        x, y = table[:, :2], table[:, 2].astype(np.int64)
    else:
        x, y = make_toy2d(dataset, n_samples, noise, generator, n_classes)
    n_train = min(max(1, round(train_share * len(x))), len(x) - 1)
    return {"x_train": x[:n_train], "x_test": x[n_train:], "y_train": y[:n_train], "y_test": y[n_train:]}


def make_features(x: np.ndarray, names: tuple[str, ...]) -> torch.Tensor:
    """(1, N, F) the chosen input features of points (N, 2)."""
    columns = np.stack([FEATURES[name](x[:, 0], x[:, 1]) for name in names], 1)
    return torch.from_numpy(columns.astype(np.float32))[None]


@functools.lru_cache(maxsize=16)
def make_grid_features(names: tuple[str, ...]) -> torch.Tensor:
    """(1, GRID², F) the features of the cells' centres, row by row from the bottom left."""
    centres = DOMAIN * ((2 * np.arange(GRID) + 1) / GRID - 1)
    x1, x2 = np.meshgrid(centres, centres)
    return make_features(np.stack([x1.ravel(), x2.ravel()], 1), names)


def unit_stride(n_units: int) -> int:
    """Every how many cells a unit's small picture has a pixel: the more units, the smaller their pictures."""
    return 3 if n_units <= 8 else 4 if n_units <= 32 else 6


def hidden_space(activations: np.ndarray) -> np.ndarray:
    """(N, 2) activations (N, H) on their two principal axes, −1..1 as −32767..32767; one or two units as they are.

    The sign of a principal axis is free: its largest component is made positive, the same way at every step.
    """
    n_units = activations.shape[1]
    if n_units == 1:
        flat = np.concatenate([activations, np.zeros_like(activations)], 1)
    elif n_units == 2:
        flat = activations
    elif not np.isfinite(activations).all():
        flat = np.zeros((len(activations), 2))  # the run is about to be called diverged
    else:
        centred = (activations - activations.mean(0)).astype(np.float64)
        axes = np.linalg.eigh(centred.T @ centred)[1][:, :-3:-1]  # (H, 2) by falling variance
        axes = axes * np.where(axes[np.abs(axes).argmax(0), [0, 1]] < 0, -1, 1)
        flat = centred @ axes
    return np.round(flat / max(float(np.abs(flat).max()), 1e-12) * 32767).astype(np.int16)


def band(name: str, values: np.ndarray) -> dict[str, float]:
    """Median, lowest and highest of one measure over the seeds."""
    return {name: float(np.median(values)), f"{name}_low": float(values.min()), f"{name}_high": float(values.max())}


def _to_int8(values: torch.Tensor) -> np.ndarray:
    """−1..1 as −127..127, whatever blew up."""
    return values.nan_to_num(0.0).clamp(-1, 1).mul(127).round().to(torch.int8).cpu().numpy()
