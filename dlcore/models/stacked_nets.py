"""Four small networks, each for several seeds at once: linear, MLP, CNN and GRU in the shapes of the MNIST-1D paper.

Letters in shapes: S models (one a seed), B samples, F numbers a sample, K outputs, L places, C channels, H rows and
W columns of an image, U units.
"""

from __future__ import annotations

import itertools
import math

import numpy as np
import torch
import torch.nn.functional as F

N_UNITS, N_CHANNELS, N_STATES = 100, 25, 6  # of the MLP, the 1-D CNN and the GRU (Greydanus & Kobak 2024)
KERNELS = (5, 3, 3)  # of the 1-D CNN; stride 2 and padding 1 throughout
N_MAPS, WINDOW = (8, 16), 3  # of the 2-D CNN; stride 2 and padding 1

Shapes = list[tuple[tuple[int, ...], int]]  # of one model's parameters, and how many inputs a unit has


class StackedNets:
    """S networks of one kind; all parameters lie in one tensor `flat` (S · P,), gradients in `grad`.

    Args:
        kind: "linear", "mlp", "cnn" or "gru".
        shape: of one sample: (F,) a table, (L, C) a sequence, (H, W, C) an image.
        n_outputs: K, one a class, or 1 for a number.
    """

    def __init__(self, kind: str, shape: tuple[int, ...], n_outputs: int, seeds: tuple[int, ...]) -> None:
        self.kind, self.shape, self.n_outputs, self.n_models = kind, as_axis(kind, shape), n_outputs, len(seeds)
        shapes = parameter_shapes(kind, self.shape, n_outputs)
        self.n_parameters = sum(math.prod(one) for one, _ in shapes)
        self.flat = torch.zeros(len(seeds) * self.n_parameters)
        self.grad = torch.zeros_like(self.flat)
        self.blocks: list[torch.Tensor] = []
        generators = [np.random.default_rng([seed, 1]) for seed in seeds]
        start = 0
        for one, n_inputs in shapes:
            end = start + len(seeds) * math.prod(one)
            drawn = np.stack([generator.uniform(-1, 1, one) for generator in generators]) / n_inputs**0.5
            self.flat[start:end] = torch.from_numpy(drawn).flatten()
            leaf = self.flat[start:end].view(len(seeds), *one).requires_grad_()
            leaf.grad = self.grad[start:end].view(len(seeds), *one)
            self.blocks.append(leaf)
            start = end

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Outputs (S, B, K) for inputs (S, B, F)."""
        if self.kind == "linear":
            return dense(x, *self.blocks)
        if self.kind == "mlp":
            return residual_mlp(x, self.blocks)
        if self.kind == "gru":
            return read_both_ways(x.view(*x.shape[:2], *self.shape), self.blocks)
        return convolve(x.view(*x.shape[:2], *self.shape), self.blocks)

    def named_blocks(self) -> dict[str, torch.Tensor]:
        """Parameters (S, …) by number, in the order of use."""
        return {f"{self.kind}.{number}": block for number, block in enumerate(self.blocks)}


def as_axis(kind: str, shape: tuple[int, ...]) -> tuple[int, ...]:
    """What a network makes of a sample: a GRU reads an image row by row, a table is a sequence of single numbers."""
    if kind in ("linear", "mlp"):
        return (math.prod(shape),)
    if len(shape) == 1:
        return (*shape, 1)
    return (shape[0], shape[1] * shape[2]) if kind == "gru" and len(shape) == 3 else shape


def parameter_shapes(kind: str, shape: tuple[int, ...], n_outputs: int) -> Shapes:
    """Shapes of one model's parameters with the n of torch's U(−1/√n, 1/√n), in the order of use."""
    if kind == "linear":
        return dense_shapes(shape[0], n_outputs)
    if kind == "mlp":
        sizes = (shape[0], N_UNITS, N_UNITS, n_outputs)
        return [one for n_in, n_out in itertools.pairwise(sizes) for one in dense_shapes(n_in, n_out)]
    if kind == "gru":
        gates: Shapes = [((2, n, 3 * N_STATES), N_STATES) for n in (shape[1], N_STATES, 1, 1)]
        return gates + dense_shapes(2 * N_STATES * shape[0], n_outputs)
    shapes: Shapes = []
    n_in, sides = shape[-1], shape[:-1]
    for channels, kernel, padding in convolutions(len(sides)):
        window = (kernel,) * len(sides)
        n_inputs = n_in * math.prod(window)
        shapes += [((channels, n_in, *window), n_inputs), ((channels,), n_inputs)]
        n_in, sides = channels, tuple((side + 2 * padding - kernel) // 2 + 1 for side in sides)
    return shapes + dense_shapes(n_in * math.prod(sides), n_outputs)


def convolutions(n_axes: int) -> list[tuple[int, int, int]]:
    """Channels, kernel and padding of every convolution along one axis or two; the stride is 2."""
    return [(N_CHANNELS, kernel, 1) for kernel in KERNELS] if n_axes == 1 else [(n, WINDOW, 1) for n in N_MAPS]


def dense_shapes(n_in: int, n_out: int) -> Shapes:
    return [((n_in, n_out), n_in), ((1, n_out), n_in)]


def dense(x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
    return torch.baddbmm(bias, x, weight)


def residual_mlp(x: torch.Tensor, blocks: list[torch.Tensor]) -> torch.Tensor:
    """Two hidden layers; the second adds to what the first says."""
    hidden = F.relu(dense(x, *blocks[:2]))
    hidden = hidden + F.relu(dense(hidden, *blocks[2:4]))
    return dense(hidden, *blocks[4:])


def convolve(x: torch.Tensor, blocks: list[torch.Tensor]) -> torch.Tensor:
    """Strided convolutions with ReLU, then a linear layer; x is (S, B, L, C) or (S, B, H, W, C).

    Each convolution is one batched product of all windows with all filters: grouped convolutions are slower here.
    """
    for number, (_, kernel, padding) in enumerate(convolutions(x.dim() - 3)):
        weight, bias = blocks[2 * number : 2 * number + 2]
        seen = windows(x, kernel, padding)  # (S, B, …, C, kernel, …)
        filters = weight.flatten(2).transpose(1, 2)  # (S, C × kernel, channels)
        places = seen.shape[1 : x.dim() - 1]
        x = dense(seen.reshape(len(x), -1, filters.shape[1]), filters, bias[:, None])
        x = F.relu(x).view(len(x), *places, -1)
    return dense(x.movedim(-1, 2).flatten(2), *blocks[-2:])


def windows(x: torch.Tensor, kernel: int, padding: int) -> torch.Tensor:
    """Every second window along the axes between samples and channels, its places after the channels."""
    n_axes = x.dim() - 3
    x = F.pad(x, (0, 0) + (padding, padding) * n_axes)
    for axis in range(2, 2 + n_axes):
        x = x.unfold(axis, kernel, 2)
    return x


def read_both_ways(x: torch.Tensor, blocks: list[torch.Tensor]) -> torch.Tensor:
    """A GRU from each end of (S, B, L, C), and a linear layer on all states of both.

    PyTorch's convention: h = (1 − z)·n + z·h, the reset gate applied after the matrix product.
    """
    n_models, n_samples, length, _ = x.shape
    weight_in, weight_state, bias_in, bias_state = (block.flatten(0, 1) for block in blocks[:4])  # (2S, …, 3U)
    both = torch.stack([x, x.flip(2)], 1).flatten(0, 1).transpose(1, 2)  # (2S, L, B, C)
    fed = torch.baddbmm(bias_in, both.reshape(2 * n_models, length * n_samples, -1), weight_in)
    fed = fed.view(2 * n_models, length, n_samples, 3 * N_STATES)
    gates, candidates = (part.unbind(1) for part in fed.split((2 * N_STATES, N_STATES), -1))
    state = x.new_zeros(2 * n_models, n_samples, N_STATES)
    states = []
    for gate, candidate in zip(gates, candidates, strict=True):
        turned, kept = torch.baddbmm(bias_state, state, weight_state).split((2 * N_STATES, N_STATES), -1)
        reset, update = torch.sigmoid(gate + turned).chunk(2, -1)
        state = torch.lerp(torch.tanh(torch.addcmul(candidate, reset, kept)), state, update)
        states.append(state)
    forth, back = torch.stack(states, 2).view(n_models, 2, n_samples, length, N_STATES).unbind(1)
    read = torch.cat([forth, back.flip(2)], -1)  # (S, B, L, 2U)
    return dense(read.flatten(2), *blocks[4:])


def multiply_adds(kind: str, shape: tuple[int, ...], n_outputs: int) -> int:
    """Multiplications (each with an addition) for one prediction; activations are not counted."""
    shape = as_axis(kind, shape)
    shapes = [one for one, _ in parameter_shapes(kind, shape, n_outputs)]
    if kind == "gru":
        return shape[0] * sum(math.prod(one) for one in shapes[:2]) + math.prod(shapes[4])
    if kind != "cnn":
        return sum(math.prod(one) for one in shapes[::2])
    total, sides = math.prod(shapes[-2]), shape[:-1]
    for one, (_, kernel, padding) in zip(shapes[::2], convolutions(len(sides)), strict=False):
        sides = tuple((side + 2 * padding - kernel) // 2 + 1 for side in sides)
        total += math.prod(one) * math.prod(sides)
    return total
