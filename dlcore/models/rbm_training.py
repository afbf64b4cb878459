"""How an RBM learns: contrastive divergence, persistent or not, on shuffled batches, several machines in one step.

Letters in shapes: S machines (one a seed), N samples, B batch, V visible and H hidden units.
"""

from __future__ import annotations

import numpy as np
import torch

from dlcore.models.stacked_rbm import StackedRBM

BLOCK = 2**17  # random numbers drawn at once for one seed


class Uniforms:
    """`n_numbers` numbers from 0 to 1 for each seed and step, drawn in blocks; they follow from seed and step alone."""

    def __init__(self, seeds: tuple[int, ...], stream: int, n_numbers: int) -> None:
        self.seeds, self.stream, self.n_numbers = seeds, stream, n_numbers
        self.n_steps = max(1, BLOCK // n_numbers)
        self.block = -1

    def at(self, step: int) -> torch.Tensor:
        """(S, n_numbers), those of this step."""
        block, row = divmod(step, self.n_steps)
        if block != self.block:
            shape = (self.n_steps, self.n_numbers)
            drawn = [np.random.default_rng([s, self.stream, block]).random(shape, np.float32) for s in self.seeds]
            self.drawn, self.block = torch.from_numpy(np.stack(drawn)), block
        return self.drawn[:, row]


class RBMTraining:
    """Contrastive divergence "cd" (Hinton 2002): the model's side is where k Gibbs steps lead from the data.

    With "pcd" (Tieleman 2008) they go on from where the last update's ended; these `chains` (S, B, V) begin at random.
    `x` is (S, N, V), 0 to 1; numbers between are taken for probabilities. `stream` keeps the draws of several trainings
    of one seed apart; of other draws its next two numbers must be free.
    """

    def __init__(
        self,
        rbm: StackedRBM,
        x: torch.Tensor,
        seeds: tuple[int, ...],
        rule: str,
        k: int,
        batch_size: int,
        stream: int,
        chains: torch.Tensor | None = None,
    ) -> None:
        self.rbm, self.x, self.seeds, self.rule, self.k, self.stream = rbm, x, seeds, rule, k, stream
        n_samples, (n_visible, n_hidden) = x.shape[1], rbm.shapes[0]
        self.batch_size = min(batch_size, n_samples)
        self.steps_per_epoch = -(-n_samples // self.batch_size)
        self.epoch = -1
        self.chains = start_chains(seeds, self.batch_size, n_visible, stream + 1, x.dtype) if chains is None else chains
        self.uniforms = Uniforms(seeds, stream + 2, k * self.batch_size * (n_visible + n_hidden))

    def step(self, step: int, learning_rate: float, momentum: float, weight_decay: float) -> None:
        """The update number `step`, counted from 0."""
        v_data = self.batch(step)
        start = self.chains if self.rule == "pcd" else v_data
        v_model = gibbs(self.rbm, start, self.k, self.uniforms.at(step))
        if self.rule == "pcd":
            self.chains[:, : v_model.shape[1]] = v_model
        self.rbm.set_gradient(v_data, v_model)
        self.rbm.climb(learning_rate, momentum, weight_decay)

    def batch(self, step: int) -> torch.Tensor:
        """(S, B, V) every machine's batch; the last of an epoch may be smaller."""
        epoch, number = divmod(step, self.steps_per_epoch)
        if self.steps_per_epoch == 1:
            return self.x
        if epoch != self.epoch:
            self._shuffle(epoch)
        return self.shuffled[:, number * self.batch_size : (number + 1) * self.batch_size]

    def state(self) -> dict[str, torch.Tensor]:
        """All that an update changes; batches and draws follow from seed and step alone."""
        return {"flat": self.rbm.flat, "velocity": self.rbm.velocity, "chains": self.chains}

    def _shuffle(self, epoch: int) -> None:
        n_samples = self.x.shape[1]
        order = [np.random.default_rng([seed, self.stream, epoch]).permutation(n_samples) for seed in self.seeds]
        machines = torch.arange(len(self.seeds))[:, None]
        self.shuffled = self.x[machines, torch.from_numpy(np.stack(order))]
        self.epoch = epoch


def start_chains(
    seeds: tuple[int, ...], n_chains: int, n_units: int, stream: int, dtype: torch.dtype = torch.float32
) -> torch.Tensor:
    """(S, n_chains, n_units) of 0 and 1, each with probability ½."""
    drawn = [np.random.default_rng([seed, stream, 1]).integers(0, 2, (n_chains, n_units)) for seed in seeds]
    return torch.from_numpy(np.stack(drawn)).to(dtype)


def gibbs(rbm: StackedRBM, v: torch.Tensor, k: int, uniforms: torch.Tensor) -> torch.Tensor:
    """k times all hidden units at once, then all visible ones: v (S, B, V) → (S, B, V) of 0 and 1.

    `uniforms` (S, ≥ k · B · (H + V)): a unit is on where its number is below its probability.
    """
    n_visible, n_hidden = rbm.shapes[0]
    n_samples = v.shape[1]
    for step in range(k):
        start = step * n_samples * (n_visible + n_hidden)
        middle, end = start + n_samples * n_hidden, start + n_samples * (n_visible + n_hidden)
        h = (uniforms[:, start:middle].view(-1, n_samples, n_hidden) < rbm.p_hidden(v)).to(v.dtype)
        v = (uniforms[:, middle:end].view(-1, n_samples, n_visible) < rbm.p_visible(h)).to(v.dtype)
    return v
