"""Dead units: the same nets with ReLU and with leaky ReLU, trained at a ladder of learning rates in batched steps."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from dlcore.experiments.playground import band, make_features, make_split
from dlcore.models.flat_optimizers import make_buffers, update
from dlcore.models.output_loss import output_gradient, output_loss
from dlcore.models.stacked_mlp import StackedMLP

RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)  # the ladder; the reader's own rate is one more
KINDS = ("relu", "leaky_relu")
TRAIN_SHARE = 0.5


class DeadUnits:
    """Letters in shapes: R rates (the last is the reader's own), S seeds, M = R · S models, N points, U units.

    A unit counts as dead while its sum is at most 0 for every training point: with ReLU it then answers 0 everywhere
    and its weights get no gradient. A leaky unit in that place answers a little and goes on learning.
    """

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        data = make_split(spec.dataset, spec.n_samples, spec.noise, 2, TRAIN_SHARE, spec.data_seed, ())
        self.x = make_features(data["x_train"], ("x1", "x2")).double()  # (1, N, 2)
        self.y = torch.from_numpy(data["y_train"].astype(np.float64))[None, :, None]  # (1, N, 1)
        self.seeds = tuple(spec.seed + i for i in range(spec.n_seeds))
        self.n_rates = len(RATES) + 1
        sizes = (2, *spec.hidden_sizes, 1)
        self.models = {
            kind: StackedMLP(sizes, kind, spec.init, self.seeds * self.n_rates, dtype=torch.float64) for kind in KINDS
        }
        self.buffers = {kind: make_buffers(spec.optimizer, model.flat) for kind, model in self.models.items()}
        self.batch_size = min(spec.batch_size, self.x.shape[1])
        self.steps_per_epoch = -(-self.x.shape[1] // self.batch_size)
        self.epoch = -1
        self.own_rate = 0.0

    def step(self) -> None:
        """One update of every model, each at its own rate."""
        epoch, batch = divmod(self.steps_done, self.steps_per_epoch)
        if epoch != self.epoch:
            self._shuffle(epoch)
        if self.spec.learning_rate != self.own_rate:
            self.own_rate = self.spec.learning_rate
            self.rates = spread_rates(self.models["relu"], (*RATES, self.own_rate), len(self.seeds))
        rows = slice(batch * self.batch_size, (batch + 1) * self.batch_size)
        self.steps_done += 1
        for kind, model in self.models.items():
            model.grad.zero_()
            outputs, _ = model.forward(self.x_epoch[:, rows])
            outputs.backward(output_gradient("cross_entropy", outputs, self.y_epoch[:, rows]))
            move = torch.zeros_like(model.flat)  # what the optimiser would do at rate 1
            update(self.spec.optimizer, move, model.grad, self.buffers[kind], self.steps_done, 1.0, momentum=0.0)
            model.flat.addcmul_(move, self.rates)

    def observe(self) -> dict[str, Any]:
        """Share of dead units and accuracy: of the ladder over the rates, of the own rate over the seeds.

        A model whose numbers have overflowed is counted in `lost_by_rate` and nowhere else.
        """
        observed: dict[str, Any] = {}
        for kind, model in self.models.items():
            tables = {name: values.reshape(self.n_rates, -1) for name, values in self._measure(model).items()}  # (R, S)
            alive = np.isfinite(tables["loss"])
            observed[f"lost_by_rate_{kind}"] = 1 - alive[:-1].mean(1)
            for name in ("dead", "accuracy"):
                total = np.where(alive, tables[name], 0.0).sum(1)
                observed[f"{name}_by_rate_{kind}"] = (total / np.maximum(1, alive.sum(1)))[:-1]
                observed |= band(f"{name}_{kind}", tables[name][-1])
            observed |= band(f"loss_{kind}", tables["loss"][-1])
        return observed

    def state(self) -> dict[str, Any]:
        """All that an update changes; the batch order follows from seed and step alone."""
        flats = {kind: model.flat for kind, model in self.models.items()}
        return flats | {f"{kind}{i}": buffer for kind in KINDS for i, buffer in enumerate(self.buffers[kind])}

    def weights(self) -> dict[str, Any]:
        """Weights (M, in, out) and biases (M, 1, out) by kind and layer; models rate by rate, seed by seed."""
        named: dict[str, Any] = {}
        for kind, model in self.models.items():
            named |= {f"{kind}.layer{i}.weight": weight for i, weight in enumerate(model.weights)}
            named |= {f"{kind}.layer{i}.bias": bias for i, bias in enumerate(model.biases)}
        return named

    @torch.no_grad()
    def _measure(self, model: StackedMLP) -> dict[str, np.ndarray]:
        """(M,) each: share of dead units, accuracy and loss on the training points."""
        outputs, hidden = model.forward(self.x.expand(len(self.seeds) * self.n_rates, -1, -1))
        dead = torch.cat([(layer <= 0).all(1) for layer in hidden], 1)  # (M, U)
        return {
            "dead": dead.double().mean(1).numpy(),
            "accuracy": ((outputs > 0) == (self.y > 0.5)).double().mean((1, 2)).numpy(),
            "loss": output_loss("cross_entropy", outputs, self.y).numpy(),
        }

    def _shuffle(self, epoch: int) -> None:
        order = [np.random.default_rng([seed, 2, epoch]).permutation(self.x.shape[1]) for seed in self.seeds]
        index = torch.from_numpy(np.stack(order * self.n_rates))  # (M, N)
        self.x_epoch, self.y_epoch = self.x[0][index], self.y[0][index]
        self.epoch = epoch


def spread_rates(model: StackedMLP, rates: tuple[float, ...], n_seeds: int) -> torch.Tensor:
    """The learning rate of every parameter, in the order of `model.flat`, for models rate by rate, seed by seed."""
    of_model = torch.tensor(rates, dtype=model.flat.dtype).repeat_interleave(n_seeds)  # (M,)
    spread = torch.zeros_like(model.flat)
    for block in (*model.weights, *model.biases):
        start = block.storage_offset()
        spread[start : start + block.numel()].view(len(of_model), -1).copy_(
            of_model[:, None].expand(-1, block[0].numel())
        )
    return spread
