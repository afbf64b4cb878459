"""Recursive networks over binary trees: each node's vector is put together from those of its two children a and b.

Plain: p = tanh(W[a; b] + c). With a tensor: p = tanh([a; b]ᵀV[a; b] + W[a; b] + c), where V has a matrix for each
number of p (Socher et al. 2013, section 4.3). Word vectors are leaves; a softmax layer reads the class of every node.

Letters in shapes: S networks, T trees, M nodes of the largest tree, N nodes, U numbers of a vector, V words, K classes.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import torch

from dlcore.functions.recursive_sizes import part_shapes

WORD_STD = 0.1  # of the word vectors at the start
PARTS = ("vectors", "weight", "bias", "readout", "readout_bias", "tensor")


class Plan(NamedTuple):
    """In which order the nodes of trees are computed, for one set of trees a network.

    `words` (S, N) of the leaves; then level after level where the left and the right children are among the nodes
    computed so far, (S, N) each. `order` (S, all N): which of the T · M nodes each one is, −1 where it only fills up.
    """

    words: torch.Tensor
    levels: list[tuple[torch.Tensor, torch.Tensor]]
    order: np.ndarray


def plan_trees(words: np.ndarray, left: np.ndarray, right: np.ndarray, height: np.ndarray) -> Plan:
    """The plan of trees (S, T, M); in each tree −1 stands after the last node.

    All nodes of one height lie together, so that there are as many steps as the highest tree has levels. A set that has
    fewer nodes of a height than another is filled up.
    """
    starts = np.arange(words.shape[1])[:, None] * words.shape[2]
    parts = (words, left + starts, right + starts, height)
    words, left, right, height = (part.reshape(len(words), -1) for part in parts)  # (S, T · M)
    place = np.zeros_like(words)  # of every node among those computed
    order, levels, start = [], [], 0
    for level in range(height.max() + 1):
        here = height == level
        nodes, is_real = _pack_rows(here)
        if level:
            found = (np.take_along_axis(place, np.take_along_axis(child, nodes, 1), 1) for child in (left, right))
            first, second = (torch.from_numpy(np.where(is_real, places, 0)) for places in found)
            levels.append((first, second))
        place = np.where(here, start + here.cumsum(1) - 1, place)
        order.append(np.where(is_real, nodes, -1))
        start += nodes.shape[1]
    leaves = np.take_along_axis(words, order[0].clip(0), 1).clip(0)
    return Plan(torch.from_numpy(leaves), levels, np.concatenate(order, 1))


def _pack_rows(chosen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The columns chosen in each row (R, C) side by side (R, N), filled up with others; which of these are chosen."""
    n = int(chosen.sum(1).max())
    columns = np.argsort(~chosen, axis=1, kind="stable")[:, :n]
    return columns, np.take_along_axis(chosen, columns, 1)


def draw_parts(n_words: int, n_units: int, n_classes: int, seed: int) -> dict[str, np.ndarray]:
    """One network's parameters at the start; those that both kinds have are the same for both.

    The tensor starts small, so that both kinds compute nearly the same at first.
    """
    scales = (WORD_STD, 1 / (2 * n_units) ** 0.5, 0.0, 1 / n_units**0.5, 0.0, 1 / (4 * n_units))
    generator = np.random.default_rng([seed, 1])
    shapes = part_shapes(n_words, n_units, n_classes)
    return {
        name: scale * generator.standard_normal(shape)
        for (name, shape), scale in zip(shapes.items(), scales, strict=True)
    }


class StackedTrees:
    """S networks of one width, of which the first `n_tensor` have a tensor; all parameters lie in `flat`."""

    def __init__(self, n_words: int, n_units: int, n_classes: int, seeds: tuple[int, ...], n_tensor: int) -> None:
        self.n_units, self.n_models, self.n_tensor = n_units, len(seeds), n_tensor
        drawn = [draw_parts(n_words, n_units, n_classes, seed) for seed in seeds]
        stacked = [np.stack([parts[name] for parts in drawn]) for name in PARTS[:-1]]
        stacked += [np.stack([parts["tensor"] for parts in drawn[:n_tensor]])] if n_tensor else []
        self.flat = torch.cat([torch.from_numpy(part).flatten() for part in stacked]).float()
        self.grad = torch.zeros_like(self.flat)
        self.parts: dict[str, torch.Tensor] = {}
        start = 0
        for name, part in zip(PARTS, stacked, strict=False):
            end = start + part.size
            leaf = self.flat[start:end].view(part.shape).requires_grad_()
            leaf.grad = self.grad[start:end].view(part.shape)
            self.parts[name] = leaf
            start = end

    def forward(self, plan: Plan) -> tuple[torch.Tensor, torch.Tensor]:
        """Logits (S, N, K) and vectors (S, N, U) of all nodes in the plan's order; networks take its sets in turn."""
        vectors = self._take(self.parts["vectors"], plan.words)
        for left, right in plan.levels:
            children = torch.cat([self._take(vectors, left), self._take(vectors, right)], 2)
            vectors = torch.cat([vectors, self.compose(children)], 1)
        return torch.baddbmm(self.parts["readout_bias"], vectors, self.parts["readout"]), vectors

    def compose(self, children: torch.Tensor) -> torch.Tensor:
        """The parents' vectors (S, N, U) of children side by side (S, N, 2U)."""
        sums = torch.baddbmm(self.parts["bias"], children, self.parts["weight"])
        if self.n_tensor:
            bilinear = self._bilinear(children[: self.n_tensor])
            sums = torch.cat([sums[: self.n_tensor] + bilinear, sums[self.n_tensor :]])
        return torch.tanh(sums)

    def _bilinear(self, x: torch.Tensor) -> torch.Tensor:
        """xᵀ Vᵏ x for every k (S, N, U) of x (S, N, 2U)."""
        products = torch.bmm(x, self.parts["tensor"]).view(*x.shape, self.n_units)
        return (products * x[..., None]).sum(2)

    def _take(self, rows: torch.Tensor, places: torch.Tensor) -> torch.Tensor:
        """Rows (S, …, U) at places (S or a divisor of it, N)."""
        index = places.repeat(self.n_models // len(places), 1)
        return torch.gather(rows, 1, index[:, :, None].expand(-1, -1, self.n_units))
