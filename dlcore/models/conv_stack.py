"""Stacks of layers as the builder writes them, one model a seed, all parameters in one flat tensor.

The models are trained in turns: on one core a grouped convolution over all seeds took half the time at 8×8 pixels and
1.4 times the time at 28×28, where the time matters.

Letters in shapes: S models, P parameters a model, B samples, C channels, H and W sides (H = 1 for signals), O outputs.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F

from dlcore.functions.layer_arithmetic import WINDOWS, Layer, describe_stack
from dlcore.models.stacked_mlp import ACTIVATIONS, PRELU_SLOPE

NORM_MOMENTUM, NORM_EPS = 0.1, 1e-5  # of batch norm, torch's defaults
N_BLOCKS = {"conv": 2, "linear": 2, "batchnorm": 2, "prelu": 1}  # blocks of parameters of a layer


@dataclass(frozen=True)
class Block:
    """Where one tensor of parameters lies among the P of a model, and how it is drawn."""

    layer: int
    name: str
    shape: tuple[int, ...]
    start: int
    fan_in: int = 0  # of weights; 0 for what begins with the constant `fill`
    fan_out: int = 0
    fill: float = 0.0

    @property
    def end(self) -> int:
        return self.start + math.prod(self.shape)


@dataclass(frozen=True)
class Window:
    """Kernel, stride, padding and dilation of a layer for both sides; a signal's first side is 1."""

    kernel: tuple[int, int]
    stride: tuple[int, int]
    padding: tuple[int, int]
    dilation: tuple[int, int]


class ConvStack:
    """S models of one stack; `flat` (S, P) holds the parameters and `grad` their gradients.

    `running` (S, R) holds what batch norm remembers, means then variances layer by layer. Kernels lie as (O, H, W, C),
    so that a convolution runs in torch's channels-last order without copying.
    """

    def __init__(
        self,
        layers: tuple[Layer, ...],
        input_shape: tuple[int, ...],
        init: str,
        seeds: tuple[int, ...],
        device: torch.device,
    ) -> None:
        self.layers = layers
        self.shapes = [input_shape, *(report.shape for report in describe_stack(layers, input_shape))]
        self.blocks = make_blocks(layers, self.shapes)
        n_parameters = self.blocks[-1].end if self.blocks else 0
        is_signal = len(input_shape) == 2
        self.windows = {n: window_of(layer, is_signal) for n, layer in enumerate(layers) if layer.kind in WINDOWS}
        self.flat = torch.from_numpy(draw_parameters(self.blocks, n_parameters, init, seeds)).to(device)
        self.grad = torch.zeros_like(self.flat)
        self.parameters = [self._leaves(model) for model in range(len(seeds))]
        self.norms = [number for number, layer in enumerate(layers) if layer.kind == "batchnorm"]
        sizes = [self.shapes[number][0] for number in self.norms]
        start = np.concatenate([np.repeat((0.0, 1.0), size) for size in sizes]) if sizes else np.zeros(0)
        self.running = torch.tensor(np.tile(start, (len(seeds), 1)), dtype=torch.float32, device=device)
        self.means = [self._split_running(model, sizes) for model in range(len(seeds))]

    def forward(self, x: torch.Tensor, model: int = 0, dropout: torch.Generator | None = None) -> list[torch.Tensor]:
        """Every layer's output for inputs (B, C, H, W); while training, `dropout` draws what is left out."""
        outputs = []
        parameters = iter(self.parameters[model])
        for number, layer in enumerate(self.layers):
            own = [next(parameters) for _ in range(N_BLOCKS.get(layer.kind, 0))]
            if number in self.windows:
                x = slide(layer.kind, x, self.windows[number], own)
            elif layer.kind == "batchnorm":
                x = self._normalise(number, x, own, model, is_training=dropout is not None)
            elif layer.kind == "linear":
                x = F.linear(x, own[0], own[1])
            elif layer.kind == "flatten":
                x = x.flatten(1)
            elif layer.kind == "dropout":
                x = x if dropout is None else drop(x, layer.share, dropout)
            elif layer.kind == "prelu":
                x = torch.where(x > 0, x, own[0] * x)
            else:
                x = ACTIVATIONS[layer.kind](x)
            outputs.append(x)
        return outputs

    def _normalise(
        self, number: int, x: torch.Tensor, own: list[torch.Tensor], model: int, is_training: bool
    ) -> torch.Tensor:
        """Batch norm; a batch of one value a channel has no deviation and is treated as at test time."""
        mean, variance = self.means[model][self.norms.index(number)]
        is_training = is_training and x.numel() > x.shape[1]
        return F.batch_norm(x, mean, variance, own[0], own[1], is_training, NORM_MOMENTUM, NORM_EPS)

    def _leaves(self, model: int) -> list[torch.Tensor]:
        """Leaves that look into a row of `flat`, their gradients into that of `grad`."""
        leaves = []
        for block in self.blocks:
            rows = (tensor[model, block.start : block.end].view(block.shape) for tensor in (self.flat, self.grad))
            value, grad = (row.permute(0, 3, 1, 2) if row.dim() == 4 else row for row in rows)
            leaf = value.requires_grad_()
            leaf.grad = grad
            leaves.append(leaf)
        return leaves

    def _split_running(self, model: int, sizes: list[int]) -> list[tuple[torch.Tensor, torch.Tensor]]:
        """Mean and variance of every batch norm, as views into `running`."""
        parts = self.running[model].split([size for size in sizes for _ in range(2)])
        return list(zip(parts[::2], parts[1::2], strict=True))


def window_of(layer: Layer, is_signal: bool) -> Window:
    numbers = (layer.kernel, layer.stride, layer.padding, layer.dilation)
    return Window(*zip((1, 1, 0, 1) if is_signal else numbers, numbers, strict=True))


def slide(kind: str, x: torch.Tensor, window: Window, own: list[torch.Tensor]) -> torch.Tensor:
    """A convolution or a pooling of x (B, C, H, W)."""
    if kind == "conv":
        return F.conv2d(x, own[0], own[1], window.stride, window.padding, window.dilation)
    if kind == "maxpool":
        return F.max_pool2d(x, window.kernel, window.stride, window.padding, window.dilation)
    return F.avg_pool2d(x, window.kernel, window.stride, window.padding)


def make_blocks(layers: tuple[Layer, ...], shapes: list[tuple[int, ...]]) -> list[Block]:
    """The tensors of parameters of a stack in their order; `shapes` are the input's and every layer's output's."""
    blocks: list[Block] = []

    def add(layer: int, name: str, shape: tuple[int, ...], **drawn: float) -> None:
        start = blocks[-1].end if blocks else 0
        blocks.append(Block(layer, name, shape, start, **drawn))  # type: ignore[arg-type]

    for number, (layer, given) in enumerate(zip(layers, shapes, strict=False)):
        if layer.kind == "conv":
            height, width = (1 if len(given) == 2 else layer.kernel), layer.kernel
            area = height * width
            shape = (layer.units, height, width, given[0])
            add(number, "weight", shape, fan_in=given[0] * area, fan_out=layer.units * area)
            add(number, "bias", (layer.units,))
        elif layer.kind == "linear":
            add(number, "weight", (layer.units, given[0]), fan_in=given[0], fan_out=layer.units)
            add(number, "bias", (layer.units,))
        elif layer.kind == "batchnorm":
            add(number, "weight", (given[0],), fill=1.0)
            add(number, "bias", (given[0],))
        elif layer.kind == "prelu":
            add(number, "slope", (1,), fill=PRELU_SLOPE)
    return blocks


def draw_parameters(blocks: list[Block], n_parameters: int, init: str, seeds: tuple[int, ...]) -> np.ndarray:
    """(S, P) in float32: weights normal with the variance of He 2 / n_in or Xavier 2 / (n_in + n_out), a seed a row."""
    flat = np.zeros((len(seeds), n_parameters), np.float32)
    for row, seed in zip(flat, seeds, strict=True):
        generator = np.random.default_rng([seed, 1])
        for block in blocks:
            row[block.start : block.end] = block.fill
            if block.fan_in:
                variance = 2 / (block.fan_in if init == "he" else block.fan_in + block.fan_out)
                row[block.start : block.end] = variance**0.5 * generator.standard_normal(block.end - block.start)
    return flat


def drop(x: torch.Tensor, share: float, generator: torch.Generator) -> torch.Tensor:
    """Dropout as Srivastava et al. 2014, scaled while training; drawn on the CPU, so that a GPU leaves out the same."""
    kept = torch.rand(x.shape, generator=generator) >= share
    return x * kept.to(x.device) / (1 - share)
