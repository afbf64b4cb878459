"""Recursive neural tensor network: three kinds of composition learn the sentiment of every node of generated trees."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import torch
from torch.nn import functional as F

from dlcore.data.opinion_trees import N_TEST, TEST_SETS, Trees, make_trees, pack_trees, shown_trees, word_numbers
from dlcore.functions.bands import spread
from dlcore.functions.opinion_grammar import CLASSES, Tree
from dlcore.functions.recursive_sizes import equal_width
from dlcore.functions.tagging import fit_linear, predict_linear
from dlcore.models.flat_optimizers import make_buffers, update
from dlcore.models.recursive import Plan, StackedTrees, plan_trees

LANES = ("tensor", "plain", "wide")
WATCHED = ("tensor", "plain")  # lanes whose view of a few sentences is in every frame
MEASURES = ("all", "root", "turned")  # nodes: every one, the roots, those with a negation among their words


class Rntn:
    """Letters in shapes: S seeds, T trees, M nodes of the largest, N nodes, K classes.

    The tensor network and the plain one of its width are one stack, since their shapes are equal; the wide one is
    another.
    """

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        self.seeds = tuple(range(spec.seed, spec.seed + spec.n_seeds))
        self.train = make_trees(spec.opinion_language, "train", spec.n_trees, spec.data_seed)
        n_words, n_classes = len(word_numbers(spec.opinion_language)), len(CLASSES)
        wide = equal_width(n_words, spec.vector_size, n_classes)
        self.stacks = {
            "narrow": StackedTrees(n_words, spec.vector_size, n_classes, self.seeds * 2, spec.n_seeds),
            "wide": StackedTrees(n_words, wide, n_classes, self.seeds, 0),
        }
        self.buffers = {name: make_buffers("adam", stack.flat) for name, stack in self.stacks.items()}

    def step(self) -> None:
        """Adam on the mean cross-entropy of all nodes of a batch; a seed's networks see the same one."""
        n_trees = len(self.train.label)
        drawn = (np.random.default_rng([seed, 2, self.steps_done]).permutation(n_trees) for seed in self.seeds)
        rows = np.stack([each[: self.spec.batch_size] for each in drawn])  # (S, T)
        plan, labels = plan_with_labels(*self.train.take(rows))
        self.steps_done += 1
        for name in self.stacks:
            self._step_stack(name, plan, labels)

    def observe(self) -> dict[str, Any]:
        """Shares of right nodes by measure, test set and lane; what the first seed says of the watched sentences."""
        observed: dict[str, Any] = dict(self.baseline)
        for split in TEST_SETS:
            trees, plan = open_test(self.spec.opinion_language, split, self.spec.data_seed)
            for lane, said in zip(LANES, self.logits(plan).argmax(-1).numpy(), strict=True):
                for measure, values in measure_all([spread_out(each, plan, trees) for each in said], trees).items():
                    observed |= spread(f"{measure}_{split}_{lane}", values)
        said = self.read(shown_trees(self.spec.opinion_language))
        return observed | {f"said_{lane}": np.concatenate(said[lane]) for lane in WATCHED}

    def ask(self, question: dict[str, Any]) -> dict[str, list[np.ndarray]]:
        """`{"trees": […]}`: what the first seed's networks say, by lane the probabilities of each tree's nodes."""
        return self.read(tuple(question["trees"]))

    def state(self) -> dict[str, Any]:
        """Weights and Adam's means; which sentences come follows from seed and step."""
        named: dict[str, Any] = {}
        for name, stack in self.stacks.items():
            mean, square = self.buffers[name]
            named |= {f"{name}.flat": stack.flat, f"{name}.mean": mean, f"{name}.square": square}
        return named

    def weights(self) -> dict[str, Any]:
        """Parameters by stack and name, the networks on the leading axis: first those with a tensor, seed by seed."""
        return {f"{name}.{part}": value for name, stack in self.stacks.items() for part, value in stack.parts.items()}

    def _step_stack(self, name: str, plan: Plan, labels: torch.Tensor) -> None:
        """One update of all networks of a stack."""
        stack = self.stacks[name]
        stack.grad.zero_()
        logits, _ = stack.forward(plan)
        wanted = labels.repeat(stack.n_models // len(labels), 1)
        each = F.cross_entropy(logits.transpose(1, 2), wanted, ignore_index=-1, reduction="none")  # (S, N), 0 if filled
        (each.sum(1) / (wanted >= 0).sum(1)).sum().backward()
        with torch.no_grad():
            update("adam", stack.flat, stack.grad, self.buffers[name], self.steps_done, self.spec.learning_rate, 0.0)

    @torch.no_grad()
    def logits(self, plan: Plan) -> torch.Tensor:
        """Of all networks (lanes, S, N, K) in the plan's order."""
        found = torch.cat([stack.forward(plan)[0] for stack in self.stacks.values()])
        return found.view(len(LANES), len(self.seeds), *found.shape[1:])

    def read(self, trees: tuple[Tree, ...]) -> dict[str, list[np.ndarray]]:
        """By lane, for each tree the first seed's probabilities of its nodes (nodes, K), 255 for 1."""
        packed, plan = open_trees(trees, self.spec.opinion_language)
        shares = (255 * self.logits(plan)[:, 0].softmax(-1)).round().to(torch.uint8).numpy()  # (lanes, N, K)
        said = {lane: spread_out(each, plan, packed) for lane, each in zip(LANES, shares, strict=True)}
        return {
            lane: [tree[is_node] for tree, is_node in zip(each, packed.is_node, strict=True)]
            for lane, each in said.items()
        }

    @functools.cached_property
    def baseline(self) -> dict[str, float]:
        return measure_bag(self.spec.opinion_language, self.spec.n_trees, self.spec.data_seed)


def plan_with_labels(
    words: np.ndarray, left: np.ndarray, right: np.ndarray, height: np.ndarray, label: np.ndarray
) -> tuple[Plan, torch.Tensor]:
    """The plan of trees (S, T, M) and the classes (S, N) in its order, −1 where it is filled up."""
    plan = plan_trees(words, left, right, height)
    found = np.take_along_axis(label.reshape(len(label), -1), plan.order.clip(0), 1)
    return plan, torch.from_numpy(np.where(plan.order < 0, -1, found))


@functools.lru_cache(maxsize=16)
def open_test(language: str, split: str, data_seed: int) -> tuple[Trees, Plan]:
    """A test set and its plan."""
    return open_trees(make_trees(language, split, N_TEST[split], data_seed).sentences, language)


@functools.lru_cache(maxsize=16)
def open_trees(trees: tuple[Tree, ...], language: str) -> tuple[Trees, Plan]:
    """Trees as arrays and their plan."""
    packed = pack_trees(trees, language)
    return packed, plan_with_labels(*packed.take(np.arange(len(trees))[None]))[0]


def spread_out(values: np.ndarray, plan: Plan, trees: Trees) -> np.ndarray:
    """What is known of the nodes (N, …) in the plan's order, as the trees have them (T, M, …)."""
    n_trees, n_nodes = trees.label.shape
    found = np.zeros((n_trees * n_nodes, *values.shape[1:]), values.dtype)
    found[plan.order[0]] = values
    return found.reshape(n_trees, n_nodes, *values.shape[1:])


def measure_all(said: list[np.ndarray], trees: Trees) -> dict[str, list[float]]:
    """Shares of right classes among the nodes of each measure, for several answers (T, M)."""
    chosen = dict(zip(MEASURES, (trees.is_node, trees.is_root, trees.is_turned), strict=True))
    return {measure: [float((each == trees.label)[nodes].mean()) for each in said] for measure, nodes in chosen.items()}


@functools.lru_cache(maxsize=16)
def measure_bag(language: str, n_trees: int, data_seed: int) -> dict[str, float]:
    """The same shares for a linear model that knows which words a node has, and not in what order."""
    train = make_trees(language, "train", n_trees, data_seed)
    theta = fit_linear(count_words(train, language), train.label[train.is_node], len(CLASSES))
    found: dict[str, float] = {}
    for split in TEST_SETS:
        trees = make_trees(language, split, N_TEST[split], data_seed)
        said = np.full(trees.label.shape, -1)
        said[trees.is_node] = predict_linear(theta, count_words(trees, language))
        found |= {f"{measure}_{split}_bag": value for measure, (value,) in measure_all([said], trees).items()}
    return found


def count_words(trees: Trees, language: str) -> np.ndarray:
    """How often each word stands below each node, or is it (nodes, V), tree after tree."""
    n_trees, n_nodes = trees.label.shape
    counts = np.zeros((n_trees, n_nodes, len(word_numbers(language))))
    rows, places = np.nonzero(trees.words >= 0)
    counts[rows, places, trees.words[rows, places]] = 1
    rows = np.arange(n_trees)
    for node in range(n_nodes):  # children come before their parents
        inner = rows[trees.left[:, node] >= 0]
        counts[inner, node] = counts[inner, trees.left[inner, node]] + counts[inner, trees.right[inner, node]]
    return counts[trees.is_node]
