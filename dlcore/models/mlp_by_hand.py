"""Forward and backward of stacked perceptrons by hand: what autograd would find, in fewer and plainer operations.

Letters in shapes: S models, B samples.
"""

from __future__ import annotations

from collections.abc import Callable

import torch

from dlcore.models.stacked_mlp import StackedMLP

DERIVATIVES: dict[
    str, Callable[[torch.Tensor, torch.Tensor], torch.Tensor]
] = {  # what comes from above times f′, from the activation h = f(z): the kernels that autograd uses too
    "relu": lambda delta, h: torch.ops.aten.threshold_backward(delta, h, 0),
    "leaky_relu": lambda delta, h: torch.ops.aten.leaky_relu_backward(delta, h, 0.01, True),
    "tanh": torch.ops.aten.tanh_backward,
}


@torch.no_grad()
def run_forward(model: StackedMLP, x: torch.Tensor) -> tuple[torch.Tensor, list[torch.Tensor]]:
    """Outputs (S, B, out), and what went into each layer, for inputs (S, B, in)."""
    outputs, hidden = model.forward(x)
    return outputs, [x, *hidden]


@torch.no_grad()
def run_backward(
    model: StackedMLP, layers: list[torch.Tensor], delta: torch.Tensor, into_weights: bool = True
) -> torch.Tensor:
    """The gradient (S, B, in) at the inputs, for the gradient `delta` (S, B, out) at the outputs.

    `into_weights` overwrites the gradients of the parameters too.
    """
    derivative = DERIVATIVES[model.activation]
    for number in reversed(range(len(layers))):
        weight, bias = model.weights[number], model.biases[number]
        if into_weights:
            torch.bmm(layers[number].transpose(1, 2), delta, out=weight.grad)
            torch.sum(delta, 1, keepdim=True, out=bias.grad)
        delta = torch.bmm(delta, weight.transpose(1, 2))
        if number:
            delta = derivative(delta, layers[number])
    return delta
