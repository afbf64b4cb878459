"""Several restricted Boltzmann machines of one shape, stacked along a leading axis, with binary units in both layers.

Letters in shapes: S machines (one a seed), B samples, V visible and H hidden units.
"""

from __future__ import annotations

from typing import Self

import numpy as np
import torch
import torch.nn.functional as F


class StackedRBM:
    """E(v, h) = −b·v − c·h − vᵀWh (Smolensky 1986). All parameters lie in one tensor `flat`, gradients in `grad`.

    `weight` (S, V, H), `visible_bias` b (S, 1, V) and `hidden_bias` c (S, 1, H) look into `flat`; biases begin at 0,
    weights with the standard deviation `scale`, each machine's drawn from its own seed and `stream`.
    """

    def __init__(
        self,
        n_visible: int,
        n_hidden: int,
        seeds: tuple[int, ...],
        scale: float,
        stream: int = 1,
        dtype: torch.dtype = torch.float32,
    ) -> None:
        self.shapes = ((n_visible, n_hidden), (1, n_visible), (1, n_hidden))
        self.n_machines = len(seeds)
        size = len(seeds) * sum(rows * columns for rows, columns in self.shapes)
        self.flat, self.grad, self.velocity = (torch.zeros(size, dtype=dtype) for _ in range(3))
        self.weight, self.visible_bias, self.hidden_bias = self.blocks(self.flat)
        self.grads = self.blocks(self.grad)
        for machine, seed in enumerate(seeds):
            drawn = np.random.default_rng([seed, stream]).standard_normal((n_visible, n_hidden))
            self.weight[machine] = torch.from_numpy(scale * drawn)

    def p_hidden(self, v: torch.Tensor) -> torch.Tensor:
        """p(h = 1 | v) = σ(c + vW), (S, B, H) for v (S, B, V)."""
        return torch.baddbmm(self.hidden_bias, v, self.weight).sigmoid_()

    def p_visible(self, h: torch.Tensor) -> torch.Tensor:
        """p(v = 1 | h) = σ(b + Wh), (S, B, V) for h (S, B, H)."""
        return torch.baddbmm(self.visible_bias, h, self.weight.mT).sigmoid_()

    def energy(self, v: torch.Tensor, h: torch.Tensor) -> torch.Tensor:
        """E(v, h) of every pair of a v (S, B, V) and an h (S, N, H), (S, B, N)."""
        pairs = torch.baddbmm(self.hidden_bias, v, self.weight) @ h.mT  # cᵀh + vᵀWh
        return -pairs - v @ self.visible_bias.mT

    def free_energy(self, v: torch.Tensor) -> torch.Tensor:
        """F(v) = −log Σₕ exp(−E(v, h)) = −b·v − Σⱼ log(1 + exp(cⱼ + (vW)ⱼ)), (S, B)."""
        into = torch.baddbmm(self.hidden_bias, v, self.weight)
        return -(v @ self.visible_bias.mT)[:, :, 0] - F.softplus(into).sum(2)

    def reconstruct(self, v: torch.Tensor) -> torch.Tensor:
        """p(v | h) with the probabilities p(h | v) in the place of h: there and back without a draw."""
        return self.p_visible(self.p_hidden(v))

    def set_gradient(self, v_data: torch.Tensor, v_model: torch.Tensor, shares: torch.Tensor | None = None) -> None:
        """⟨vhᵀ⟩ on the data minus ⟨vhᵀ⟩ of the model: the gradient of the log-likelihood if `v_model` is its own.

        `shares` (S, N) says how probable each row of `v_model` is; without it all are alike.
        """
        h_data, h_model = self.p_hidden(v_data), self.p_hidden(v_model)
        share = 1 / v_model.shape[1] if shares is None else shares[:, :, None]
        v_shared = v_model * share
        weight, visible, hidden = self.grads
        torch.sub(v_data.mT @ h_data / v_data.shape[1], v_shared.mT @ h_model, out=weight)
        torch.sub(v_data.mean(1, keepdim=True), v_shared.sum(1, keepdim=True), out=visible)
        torch.sub(h_data.mean(1, keepdim=True), (h_model * share).sum(1, keepdim=True), out=hidden)

    def climb(self, learning_rate: float, momentum: float, weight_decay: float) -> None:
        """One update up the gradient; weight decay pulls the weights, not the biases."""
        if weight_decay:
            self.grads[0].sub_(self.weight, alpha=weight_decay)
        self.velocity.mul_(momentum).add_(self.grad)
        self.flat.add_(self.velocity, alpha=learning_rate)

    def take(self, number: int) -> Self:
        """A machine alone, with parameters of its own."""
        alone = type(self)(*self.shapes[0], (0,), 0.0, dtype=self.flat.dtype)
        for ours, theirs in zip(alone.blocks(alone.flat), self.blocks(self.flat), strict=True):
            ours.copy_(theirs[number : number + 1])
        return alone

    def blocks(self, flat: torch.Tensor) -> list[torch.Tensor]:
        """Weights, visible and hidden biases as views of a flat tensor."""
        blocks, start = [], 0
        for rows, columns in self.shapes:
            end = start + self.n_machines * rows * columns
            blocks.append(flat[start:end].view(self.n_machines, rows, columns))
            start = end
        return blocks


def weight_pictures(weight: torch.Tensor, side: int) -> dict[str, np.ndarray]:
    """What each unit looks for, from its weights (units, side²): `filters` (units, side, side) int8, 127 the largest of
    the unit, which is in `filter_largest` (units,)."""
    largest = weight.abs().amax(1).clamp_min(1e-12)
    pictures = (weight / largest[:, None] * 127).round().to(torch.int8).view(-1, side, side)
    return {"filters": pictures.numpy(), "filter_largest": largest.numpy()}
