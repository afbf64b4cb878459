"""Several multilayer perceptrons of one shape, stacked along a leading axis and run in one batched product a layer.

Letters in shapes: S models (one a seed), B samples, P parameters a model.
"""

from __future__ import annotations

import itertools

import numpy as np
import torch
import torch.nn.functional as F

ACTIVATIONS = {
    "identity": lambda z: z,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": F.relu,
    "leaky_relu": lambda z: F.leaky_relu(z, 0.01),
    "silu": F.silu,
    "elu": F.elu,
    "selu": F.selu,
    "gelu": F.gelu,
    "gelu_tanh": lambda z: F.gelu(z, approximate="tanh"),
    "softplus": F.softplus,
    "mish": F.mish,
}
PRELU_SLOPE = 0.25  # He et al. 2015: the slope every layer starts from


class StackedMLP:
    """S perceptrons with layer sizes `sizes`; all parameters lie in one tensor `flat` (S · P,), gradients in `grad`.

    Block by block: weights (S, in, out), then biases (S, 1, out), layer after layer; with PReLU one slope (S, 1, 1) for
    each hidden layer at the end. An optimiser step on `flat` updates everything; `is_weight` is 1 where a weight lies,
    0 at biases and slopes.
    """

    def __init__(
        self,
        sizes: tuple[int, ...],
        activation: str,
        init: str,
        seeds: tuple[int, ...],
        dtype: torch.dtype = torch.float32,
        device: torch.device | None = None,
    ) -> None:
        self.activation = activation
        shapes = [shape for n_in, n_out in itertools.pairwise(sizes) for shape in ((n_in, n_out), (1, n_out))]
        n_slopes = len(sizes) - 2 if activation == "prelu" else 0
        shapes += [(1, 1)] * n_slopes
        n_parameters = sum(rows * columns for rows, columns in shapes)
        self.flat = torch.zeros(len(seeds) * n_parameters, dtype=dtype, device=device)
        self.grad, self.is_weight = torch.zeros_like(self.flat), torch.zeros_like(self.flat)
        blocks = self._blocks(shapes, len(seeds))
        n_layers = len(sizes) - 1
        self.weights, self.biases, self.slopes = (
            blocks[: 2 * n_layers : 2],
            blocks[1 : 2 * n_layers : 2],
            blocks[2 * n_layers :],
        )
        self._fill(init, seeds)

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, list[torch.Tensor]]:
        """Outputs (S, B, out) and the hidden layers' activations, for inputs (S, B, in)."""
        hidden = []
        last = len(self.weights) - 1
        for layer, (weight, bias) in enumerate(zip(self.weights, self.biases, strict=True)):
            x = torch.baddbmm(bias, x, weight)  # (S, B, out)
            if layer < last:
                x = self._activate(x, layer)
                hidden.append(x)
        return x, hidden

    def _activate(self, z: torch.Tensor, layer: int) -> torch.Tensor:
        if self.activation == "prelu":
            return torch.where(z > 0, z, self.slopes[layer] * z)
        return ACTIVATIONS[self.activation](z)

    def _blocks(self, shapes: list[tuple[int, int]], n_models: int) -> list[torch.Tensor]:
        """Leaves that look into `flat`, their gradients into `grad`."""
        blocks, start = [], 0
        for rows, columns in shapes:
            end = start + n_models * rows * columns
            leaf = self.flat[start:end].view(n_models, rows, columns).requires_grad_()
            leaf.grad = self.grad[start:end].view(n_models, rows, columns)
            blocks.append(leaf)
            start = end
        return blocks

    @torch.no_grad()
    def _fill(self, init: str, seeds: tuple[int, ...]) -> None:
        """Each model's weights are drawn from its own seed, so that they don't depend on its neighbours; biases 0.

        Variances: Xavier (Glorot & Bengio 2010) 2 / (n_in + n_out), He (He et al. 2015) 2 / n_in, normal 0.1².
        """
        generators = [np.random.default_rng([seed, 1]) for seed in seeds]
        for weight in self.weights:
            n_in, n_out = weight.shape[1:]
            scale = {"xavier": (2 / (n_in + n_out)) ** 0.5, "he": (2 / n_in) ** 0.5, "normal": 0.1, "zeros": 0.0}[init]
            drawn = np.stack([generator.standard_normal((n_in, n_out)) for generator in generators])
            weight.copy_(torch.from_numpy(scale * drawn))
            start = weight.storage_offset()
            self.is_weight[start : start + weight.numel()] = 1
        for slope in self.slopes:
            slope.fill_(PRELU_SLOPE)
