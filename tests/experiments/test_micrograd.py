"""micrograd's published moons demo, rerun with our network, loss gradient and update, in float64.

Source: karpathy/micrograd, demo.ipynb: two hidden layers of 16 ReLU units, hinge loss plus 1e-4 times the sum of all
squared parameters, 100 full-batch steps of SGD with learning rate 1 − 0.9·k/100.
"""

from __future__ import annotations

import random

import numpy as np
import pytest
import torch
from sklearn.datasets import make_moons

from dlcore.models.flat_optimizers import update
from dlcore.models.output_loss import output_gradient, output_loss
from dlcore.models.stacked_mlp import StackedMLP

ALPHA = 1e-4


def test_the_published_losses_are_reproduced():
    np.random.seed(1337)
    random.seed(1337)
    x, y = make_moons(n_samples=100, noise=0.1)
    inputs, target = torch.from_numpy(x)[None], torch.from_numpy(y * 2.0 - 1)[None, :, None]
    model = StackedMLP((2, 16, 16, 1), "relu", "zeros", (0,), torch.float64)
    draw_as_micrograd_does(model)
    losses = []
    for k in range(100):
        outputs, _ = model.forward(inputs)
        losses.append(float(output_loss("hinge", outputs.detach(), target) + ALPHA * model.flat.square().sum()))
        model.grad.zero_()
        outputs.backward(output_gradient("hinge", outputs, target))
        model.grad.add_(model.flat, alpha=2 * ALPHA)
        update("sgd", model.flat, model.grad, [], k + 1, 1.0 - 0.9 * k / 100, 0.0)
    assert losses[0] == pytest.approx(0.8958441028683222, rel=1e-12)
    assert losses[99] == pytest.approx(0.0109783701354927, rel=1e-9)


@torch.no_grad()
def draw_as_micrograd_does(model: StackedMLP) -> None:
    """uniform(−1, 1) neuron by neuron, biases 0."""
    for weight in model.weights:
        _, n_in, n_out = weight.shape
        rows = [[random.uniform(-1, 1) for _ in range(n_in)] for _ in range(n_out)]
        weight.copy_(torch.tensor(rows, dtype=torch.float64).T[None])
