"""RBMs on top of each other, trained greedily: each on what the finished ones below it make of the data.

Letters in shapes: S stacks (one a seed), N samples, V visible and H hidden units of one layer.
"""

from __future__ import annotations

import itertools

import torch

from dlcore.models.rbm_training import RBMTraining, start_chains
from dlcore.models.stacked_rbm import StackedRBM

START_SCALE = 0.05  # standard deviation of the first weights
STREAMS = 10  # that belong to one layer's draws


class GreedyStack:
    """`sizes` are the units of every layer, pixels included; each RBM gets the same share of `n_steps` updates.

    After Hinton, Osindero & Teh 2006, but every RBM begins with small random weights, not with those of the one below
    turned round; what a layer passes upwards are probabilities, not draws. `x` is (S, N, sizes[0]), 0 to 1.
    """

    def __init__(
        self,
        sizes: tuple[int, ...],
        seeds: tuple[int, ...],
        x: torch.Tensor,
        n_steps: int,
        rule: str,
        k: int,
        batch_size: int,
    ) -> None:
        self.seeds, self.x, self.n_steps = seeds, x, n_steps
        self.settings = (rule, k, batch_size)
        self.layers = [
            StackedRBM(*pair, seeds, START_SCALE, stream=STREAMS * number + 1)
            for number, pair in enumerate(itertools.pairwise(sizes))
        ]
        self.chains = [
            start_chains(seeds, min(batch_size, x.shape[1]), size, STREAMS * number + 5)
            for number, size in enumerate(sizes[:-1])
        ]
        self.training: RBMTraining | None = None
        self.opened = -1  # the layer that `training` belongs to

    def step(self, step: int, learning_rate: float, momentum: float, weight_decay: float) -> None:
        """The update number `step`, from 0, of the layer whose turn it is."""
        number = self.layer(step)
        first = -(-number * self.n_steps // len(self.layers))
        self._open(number).step(step - first, learning_rate, momentum, weight_decay)

    def layer(self, step: int) -> int:
        """Which layer the update number `step` trains."""
        return min(step * len(self.layers) // max(self.n_steps, 1), len(self.layers) - 1)

    def up(self, x: torch.Tensor, number: int) -> torch.Tensor:
        """What layer `number` sees of x (S, N, pixels): probabilities of the hidden units below it, (S, N, V)."""
        for rbm in self.layers[:number]:
            x = rbm.p_hidden(x)
        return x

    def down(self, v: torch.Tensor, number: int) -> torch.Tensor:
        """(S, N, pixels) from the visible units of layer `number`: the layers below are directed downwards."""
        for rbm in reversed(self.layers[:number]):
            v = rbm.p_visible(v)
        return v

    def state(self) -> dict[str, torch.Tensor]:
        """All that an update changes; a layer's inputs follow from the layers below."""
        named: dict[str, torch.Tensor] = {}
        for number, (rbm, chains) in enumerate(zip(self.layers, self.chains, strict=True)):
            named |= {f"flat{number}": rbm.flat, f"velocity{number}": rbm.velocity, f"chains{number}": chains}
        return named

    def weights(self) -> dict[str, torch.Tensor]:
        """Weights (S, V, H), visible biases (S, 1, V) and hidden biases (S, 1, H), layer by layer from below."""
        named: dict[str, torch.Tensor] = {}
        for number, rbm in enumerate(self.layers):
            parts = {"weight": rbm.weight, "visible_bias": rbm.visible_bias, "hidden_bias": rbm.hidden_bias}
            named |= {f"layer{number}.{name}": part for name, part in parts.items()}
        return named

    def _open(self, number: int) -> RBMTraining:
        """The training of a layer, once the layers below are finished."""
        if self.training is None or self.opened != number:
            rbm, chains, inputs = self.layers[number], self.chains[number], self.up(self.x, number)
            stream = STREAMS * number + 2
            self.training = RBMTraining(rbm, inputs, self.seeds, *self.settings, stream, chains)
            self.opened = number
        return self.training
