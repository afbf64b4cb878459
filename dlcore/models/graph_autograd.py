"""The same graph differentiated by PyTorch: an independent check of every gradient."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from torch import Tensor

from dlcore.functions.graph import Graph

TORCH_OPERATIONS: dict[str, Callable[..., Tensor]] = {
    "sum": lambda c, *x: torch.stack(x) @ torch.tensor(c[:-1], dtype=torch.float64) + c[-1],
    "mul": lambda c, x, y: x * y,
    "square": lambda c, x: x**2,
    "cube": lambda c, x: x**3,
    "over": lambda c, x: c[0] / x,
    "exp": lambda c, x: torch.exp(x),
    "log": lambda c, x: torch.log(x),
    "sin": lambda c, x: torch.sin(x),
    "tanh": lambda c, x: torch.tanh(x),
    "sigmoid": lambda c, x: torch.sigmoid(x),
    "softplus": lambda c, x: torch.nn.functional.softplus(x),
    "relu": lambda c, x: torch.relu(x),
}


def autograd_gradients(graph: Graph, numbers: Sequence[float]) -> list[float]:
    """∂(output)/∂(node) for every node, by `backward()` in float64."""
    given = iter(numbers)
    values: list[Tensor] = []
    for node in graph:
        if node.op == "leaf":
            value = torch.tensor(next(given), dtype=torch.float64, requires_grad=True)
        else:
            value = TORCH_OPERATIONS[node.op](node.constants, *(values[parent] for parent in node.parents))
            value.retain_grad()
        values.append(value)
    values[-1].backward()
    return [0.0 if value.grad is None else float(value.grad) for value in values]
