"""A Neural Turing Machine with one reading and one writing head (Graves, Wayne & Danihelka 2014), several at once.

The controller is one layer of tanh units without a memory of its own: whatever outlives a step is in the memory or in
where the heads are. Letters in shapes: S machines (one a seed), B sequences, Q = S · B, T steps, I inputs, H units,
N slots of M numbers, K outputs, P parameters of one machine.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import torch
import torch.nn.functional as F

from dlcore.functions.addressing import FAINT, TINY

READ, WRITE = 0, 1  # the heads
EMPTY = 0.01  # what a memory that starts constant holds
RANDOM_STD = 0.5  # of a memory that starts random


class Moment(NamedTuple):
    """What heads and memory do in one step; the memory is that after writing.

    `key` (Q, 2, M), `strength`, `gate`, `power` (Q, 2, 1), `kernel` (Q, 2, 3), `weights` (Q, 2, N), `erase`, `add`
    (Q, 1, M), `memory` (Q, N, M), `found` (Q, 1, M) what is read.
    """

    key: torch.Tensor
    strength: torch.Tensor
    gate: torch.Tensor
    kernel: torch.Tensor
    power: torch.Tensor
    weights: torch.Tensor
    erase: torch.Tensor
    add: torch.Tensor
    memory: torch.Tensor
    found: torch.Tensor


class StackedTuring:
    """S machines; all parameters lie in one tensor `flat` (S, P), gradients in `grad`."""

    def __init__(
        self,
        n_inputs: int,
        n_outputs: int,
        n_units: int,
        n_slots: int,
        slot_width: int,
        seeds: tuple[int, ...],
        memory_init: str = "constant",
        read_start: str = "even",
    ) -> None:
        self.n_slots, self.slot_width, self.read_start = n_slots, slot_width, read_start
        self.shapes = parameter_shapes(n_inputs, n_outputs, n_units, slot_width)
        generators = [np.random.default_rng([seed, 1]) for seed in seeds]
        drawn = [[fill(shape, n_in, generator) for shape, n_in in self.shapes.values()] for generator in generators]
        self.flat = torch.tensor(np.stack([np.concatenate(one) for one in drawn]), dtype=torch.float32)
        self.grad = torch.zeros_like(self.flat)
        self.leaf = self.flat.detach().requires_grad_()
        self.leaf.grad = self.grad
        self.start = torch.full((len(seeds), 1, n_slots, slot_width), EMPTY)
        if memory_init == "random":
            noise = np.stack([generator.normal(0, RANDOM_STD, (n_slots, slot_width)) for generator in generators])
            self.start = torch.tensor(noise, dtype=torch.float32)[:, None]

    def __call__(self, x: torch.Tensor, moments: list[Moment] | None = None) -> torch.Tensor:
        """Logits (S, B, T, K) for inputs (S, B, T, I); `moments` is filled with what happens at each step."""
        n_models, n_sequences, n_steps, _ = x.shape
        p = self.parameters()
        heard = torch.baddbmm(p["bias"], x.transpose(1, 2).flatten(1, 2), p["from_input"])  # (S, T · B, H)
        heard = heard.view(n_models, n_steps, n_sequences, -1)
        memory = self.start.expand(-1, n_sequences, -1, -1).flatten(0, 1)  # (Q, N, M)
        weights = self.first_weights(len(memory))
        found = p["first_read"].expand(-1, n_sequences, -1)  # (S, B, M)
        states, reads = [], []
        for now in heard.unbind(1):
            state = torch.tanh(torch.baddbmm(now, found, p["from_read"]))  # (S, B, H)
            said = torch.baddbmm(p["head_bias"], state, p["to_heads"]).flatten(0, 1)  # (Q, 4M + 12)
            moment = move_heads(said, weights, memory)
            weights, memory = moment.weights, moment.memory
            found = moment.found.view(n_models, n_sequences, -1)
            states.append(state)
            reads.append(found)
            if moments is not None:
                moments.append(moment)
        outputs = torch.baddbmm(p["output_bias"], torch.cat(states, 1), p["from_state"])
        outputs = torch.baddbmm(outputs, torch.cat(reads, 1), p["from_found"])  # (S, T · B, K)
        return outputs.view(n_models, n_steps, n_sequences, -1).transpose(1, 2)

    def parameters(self) -> dict[str, torch.Tensor]:
        """The blocks of `leaf` by name, each (S, rows, columns)."""
        sizes = [rows * columns for (rows, columns), _ in self.shapes.values()]
        blocks = self.leaf.split(sizes, 1)
        return {
            name: block.view(-1, *shape) for (name, (shape, _)), block in zip(self.shapes.items(), blocks, strict=True)
        }

    def first_weights(self, n: int) -> torch.Tensor:
        """(n, 2, N): the writing head at the first slot; the reading head there too, or everywhere a little."""
        weights = torch.zeros(n, 2, self.n_slots)
        weights[:, :, 0] = 1
        if self.read_start == "even":
            weights[:, READ] = 1 / self.n_slots
        return weights


def parameter_shapes(n_inputs: int, n_outputs: int, n_units: int, width: int) -> dict[str, Any]:
    """Shape of each block of one machine, and how many numbers go into one of its sums (0: it starts as 0)."""
    n_said = 4 * width + 12  # two keys, add, erase; two each of g, β and γ, two kernels of three
    return {
        "from_input": ((n_inputs, n_units), n_inputs + width),
        "bias": ((1, n_units), 0),
        "from_read": ((width, n_units), n_inputs + width),
        "to_heads": ((n_units, n_said), n_units),
        "head_bias": ((1, n_said), 0),
        "from_state": ((n_units, n_outputs), n_units + width),
        "from_found": ((width, n_outputs), n_units + width),
        "output_bias": ((1, n_outputs), 0),
        "first_read": ((1, width), 0),
    }


def fill(shape: tuple[int, int], n_inputs: int, generator: np.random.Generator) -> np.ndarray:
    """A block's first values, flat: U(−1, 1) / √n_inputs, or zeros."""
    if n_inputs == 0:
        return np.zeros(shape[0] * shape[1])
    return generator.uniform(-1, 1, shape[0] * shape[1]) / n_inputs**0.5


def move_heads(said: torch.Tensor, before: torch.Tensor, memory: torch.Tensor) -> Moment:
    """One step of both heads: what the controller `said` (Q, 4M + 12), where they were, the memory; first writes, then
    reads. The same as dlcore/functions/addressing.py in as few operations as possible."""
    n, _, width = memory.shape
    squashed, opened, positive, turned = said.split([3 * width, width + 2, 4, 6], 1)
    squashed, opened, positive = torch.tanh(squashed), torch.sigmoid(opened), F.softplus(positive)
    kernel = turned.view(n, 2, 3).softmax(2)
    key, add = squashed[:, : 2 * width].view(n, 2, width), squashed[:, None, 2 * width :]
    erase, gate = opened[:, None, :width], opened[:, width:, None]
    strength, power = positive[:, :2, None], positive[:, 2:, None] + 1
    aimed = key * (strength / (key.norm(dim=2, keepdim=True) + TINY))
    scores = torch.bmm(aimed, memory.transpose(1, 2)) / (memory.norm(dim=2) + TINY)[:, None]  # (Q, 2, N)
    gated = torch.lerp(before, scores.softmax(2), gate)
    ring = torch.cat([gated[:, :, -1:], gated, gated[:, :, :1]], 2)  # (Q, 2, N + 2)
    shifted = ring[:, :, 2:] * kernel[:, :, :1]
    shifted = torch.addcmul(shifted, gated, kernel[:, :, 1:2])
    shifted = torch.addcmul(shifted, ring[:, :, :-2], kernel[:, :, 2:])
    weights = (power * (shifted + FAINT).log()).softmax(2)
    change = torch.addcmul(add, memory, erase, value=-1)  # (Q, N, M)
    memory = torch.addcmul(memory, weights[:, WRITE, :, None], change)
    found = torch.bmm(weights[:, READ : READ + 1], memory)
    return Moment(key, strength, gate, kernel, power, weights, erase, add, memory, found)
