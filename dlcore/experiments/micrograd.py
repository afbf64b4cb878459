"""micrograd's published moons demo with our network, loss gradient and update, in float64.

Source: karpathy/micrograd, demo.ipynb: two hidden layers of 16 ReLU units, hinge loss plus 1e-4 times the sum of all
squared parameters, full-batch steps of SGD with learning rate 1 − 0.9·k/100.
"""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import torch
from sklearn.datasets import make_moons

from dlcore.models.flat_optimizers import update
from dlcore.models.output_loss import output_gradient, output_loss
from dlcore.models.stacked_mlp import StackedMLP

ALPHA = 1e-4  # of the penalty on all parameters, biases included


class Micrograd:
    """N = 100 points, one model."""

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        x, y = make_moons(n_samples=100, noise=0.1, random_state=np.random.RandomState(spec.seed))
        self.x, self.target = torch.from_numpy(x)[None], torch.from_numpy(y * 2.0 - 1)[None, :, None]  # (1, N, ·)
        self.model = StackedMLP((2, 16, 16, 1), "relu", "zeros", (0,), torch.float64)
        draw_as_micrograd_does(self.model, random.Random(spec.seed))

    def step(self) -> None:
        """One update with all points."""
        self.model.grad.zero_()
        outputs, _ = self.model.forward(self.x)
        outputs.backward(output_gradient("hinge", outputs, self.target))
        self.model.grad.add_(self.model.flat, alpha=2 * ALPHA)
        rate = 1.0 - 0.9 * self.steps_done / 100
        self.steps_done += 1
        update("sgd", self.model.flat, self.model.grad, [], self.steps_done, rate, 0.0)

    def observe(self) -> dict[str, Any]:
        """The loss with its penalty, and the accuracy."""
        with torch.no_grad():
            outputs, _ = self.model.forward(self.x)
            loss = output_loss("hinge", outputs, self.target) + ALPHA * self.model.flat.square().sum()
            right = ((outputs > 0) == (self.target > 0)).double().mean()
        return {"loss": float(loss), "accuracy": float(right)}

    def state(self) -> dict[str, Any]:
        """All that an update changes."""
        return {"flat": self.model.flat}

    def weights(self) -> dict[str, Any]:
        """Weights (1, in, out) and biases (1, 1, out) by layer."""
        named = {f"layer{i}.weight": weight for i, weight in enumerate(self.model.weights)}
        return named | {f"layer{i}.bias": bias for i, bias in enumerate(self.model.biases)}


@torch.no_grad()
def draw_as_micrograd_does(model: StackedMLP, generator: random.Random) -> None:
    """uniform(−1, 1) neuron by neuron, biases 0."""
    for weight in model.weights:
        _, n_in, n_out = weight.shape
        rows = [[generator.uniform(-1, 1) for _ in range(n_in)] for _ in range(n_out)]
        weight.copy_(torch.tensor(rows, dtype=torch.float64).T[None])
