"""Recurrent networks: a tanh RNN, an IRNN, an LSTM or a GRU of torch.nn with a linear layer that reads its states.

Letters in shapes: B sequences, T steps, I inputs, H units, K outputs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import nn

KERNELS: dict[str, tuple[Any, dict[str, str]]] = {
    "rnn": (nn.RNN, {"nonlinearity": "tanh"}),
    "irnn": (nn.RNN, {"nonlinearity": "relu"}),
    "lstm": (nn.LSTM, {}),
    "gru": (nn.GRU, {}),
}
CELLS = tuple(KERNELS)
IRNN_STD = (
    0.1  # of the IRNN's weights that don't recur; Le et al. 2015 have 0.001, from which Adam starts far more slowly
)


class Recurrent(nn.Module):
    """A recurrent layer and its readout; weights are drawn from `seed` alone.

    Args:
        cell: "rnn" with tanh; "irnn", a ReLU RNN that starts as the identity (Le et al. 2015); "lstm"; "gru".
        forget_bias: what the forget gate's two biases of an LSTM sum to at the start; None leaves them as drawn.
        bidirectional: a second layer reads the sequence from its end; the readout then gets 2H states.
    """

    def __init__(
        self,
        cell: str,
        n_inputs: int,
        n_units: int,
        n_outputs: int,
        seed: int,
        forget_bias: float | None = None,
        bidirectional: bool = False,
    ) -> None:
        super().__init__()
        sizes: dict[str, Any] = {"batch_first": True, "bidirectional": bidirectional}
        kernel, options = KERNELS[cell]
        # on the device "meta" torch's own generator draws nothing
        self.layer = kernel(n_inputs, n_units, **options, **sizes, device="meta")
        self.readout = nn.Linear(n_units * (1 + bidirectional), n_outputs, device="meta")
        self.to_empty(device="cpu")
        self.cell = cell
        self._fill(np.random.default_rng([seed, 1]), forget_bias)

    def forward(self, x: torch.Tensor, state: object = None) -> tuple[torch.Tensor, torch.Tensor, object]:
        """Outputs (B, T, K), hidden states (B, T, H), and the state to go on from, for inputs (B, T, I)."""
        hidden, state = self.layer(x, state)
        return self.readout(hidden), hidden, state

    def last(self, x: torch.Tensor, state: object = None) -> torch.Tensor:
        """Outputs (B, K) after the last input: only that state is read."""
        return self.readout(self.layer(x, state)[0][:, -1])

    @torch.no_grad()
    def _fill(self, generator: np.random.Generator, forget_bias: float | None) -> None:
        """U(−1/√H, 1/√H) as torch.nn has it; for the IRNN identity, zero biases and N(0, 0.1²)."""
        n_units = self.layer.hidden_size
        for name, weight in (*self.layer.named_parameters(), *self.readout.named_parameters()):
            drawn = generator.uniform(-1, 1, tuple(weight.shape)) / n_units**0.5
            weight.copy_(torch.from_numpy(drawn))
            if self.cell == "irnn" and name.startswith("weight_hh"):
                weight.copy_(torch.eye(n_units))
            elif self.cell == "irnn" and name.startswith("bias"):
                weight.zero_()
            elif self.cell == "irnn":
                weight.copy_(torch.from_numpy(generator.normal(0, IRNN_STD, tuple(weight.shape))))
            elif self.cell == "lstm" and name.startswith("bias_") and forget_bias is not None:
                weight[n_units : 2 * n_units] = forget_bias if name.startswith("bias_ih") else 0.0


def flatten(modules: Sequence[nn.Module]) -> tuple[torch.Tensor, torch.Tensor]:
    """Move all parameters of `modules` into one tensor, and their gradients into another; returns both, each (P,).

    The modules go on working: their parameters are views. An optimiser step on the first tensor updates everything, and
    what belongs to one module lies together, module after module.
    """
    parameters = [parameter for module in modules for parameter in module.parameters()]
    flat = torch.cat([parameter.detach().flatten() for parameter in parameters])
    grad = torch.zeros_like(flat)
    start = 0
    for parameter in parameters:
        end = start + parameter.numel()
        parameter.data = flat[start:end].view_as(parameter)
        parameter.grad = grad[start:end].view_as(parameter)
        start = end
    return flat, grad


def clip(grad: torch.Tensor, limit: float, n_models: int = 1) -> torch.Tensor:
    """Shorten each model's part of `grad` (n_models · P,) to norm `limit` where it is longer (Pascanu et al. 2013);
    returns the norms before (n_models,). A limit of 0 shortens nothing."""
    parts = grad.view(n_models, -1)
    norms = parts.norm(dim=1)
    if limit > 0:
        parts.mul_((limit / norms.clamp_min(limit))[:, None])
    return norms
