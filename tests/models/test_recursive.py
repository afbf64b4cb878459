"""Recursive networks: level by level they compute what a recursion over each tree computes, gradients included."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from dlcore.data.opinion_trees import make_trees, word_numbers
from dlcore.experiments.rntn import plan_with_labels
from dlcore.functions.opinion_grammar import GRAMMARS, classify, score
from dlcore.functions.recursive_sizes import count_parameters, equal_width
from dlcore.models.recursive import StackedTrees, draw_parts

N_WORDS, WIDTH, N_CLASSES = len(word_numbers("english")), 4, 5
SEEDS = (3, 4)


@pytest.fixture
def stack() -> StackedTrees:
    """Two networks with a tensor and two without; weights larger than at the start, so that every term counts."""
    stack = StackedTrees(N_WORDS, WIDTH, N_CLASSES, SEEDS * 2, n_tensor=2)
    drawn = np.random.default_rng(0).normal(0, 0.6, len(stack.flat))
    with torch.no_grad():
        stack.flat.copy_(torch.from_numpy(drawn))
    return stack


def read_node(tree, parts: dict[str, torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
    """The vector of a tree, and the summed cross-entropy of its nodes: the recursion as one writes it on a board."""
    if isinstance(tree, str):
        vector, below = parts["vectors"][word_numbers("english")[tree]], torch.zeros(())
    else:
        (a, loss_a), (b, loss_b) = (read_node(child, parts) for child in tree)
        x = torch.cat([a, b])
        sums = x @ parts["weight"] + parts["bias"][0]
        if "tensor" in parts:
            matrices = parts["tensor"].view(2 * WIDTH, 2 * WIDTH, WIDTH)
            sums = sums + torch.stack([x @ matrices[:, :, k].T @ x for k in range(WIDTH)])
        vector, below = torch.tanh(sums), loss_a + loss_b
    logits = vector @ parts["readout"] + parts["readout_bias"][0]
    label = torch.tensor(classify(score(tree, GRAMMARS["english"])))
    return vector, below + F.cross_entropy(logits, label)


def test_levels_compute_what_the_recursion_computes(stack):
    trees = make_trees("english", "longer", 12, 0)
    rows = np.array([[0, 1, 2, 3, 4], [7, 8, 9, 10, 11]])  # other trees for each seed, so that levels are filled up
    plan, labels = plan_with_labels(*trees.take(rows))
    logits, vectors = stack.forward(plan)
    labels = labels.repeat(2, 1)
    loss = F.cross_entropy(logits.transpose(1, 2), labels, ignore_index=-1, reduction="sum")
    stack.grad.zero_()
    loss.backward()
    computed = stack.grad.clone()

    stack.grad.zero_()
    total = torch.zeros(())
    for number in range(4):
        parts = {name: part[number] for name, part in stack.parts.items() if name != "tensor" or number < 2}
        for place, row in enumerate(rows[number % 2]):
            vector, below = read_node(trees.sentences[row], parts)
            total = total + below
            root = place * trees.label.shape[1] + trees.is_root[row].argmax()
            at = int(np.flatnonzero(plan.order[number % 2] == root)[0])
            torch.testing.assert_close(vectors[number, at], vector)
    torch.testing.assert_close(loss, total, rtol=1e-4, atol=1e-4)
    total.backward()
    torch.testing.assert_close(computed, stack.grad, rtol=1e-3, atol=1e-4)


def test_every_node_is_computed_once_and_after_its_children():
    trees = make_trees("chinese", "train", 40, 1)
    plan, labels = plan_with_labels(*trees.take(np.arange(40).reshape(2, 20)))
    for number, order in enumerate(plan.order):
        found = order[order >= 0]
        nodes = trees.is_node[20 * number : 20 * number + 20]
        assert sorted(found) == np.flatnonzero(nodes).tolist()
        assert ((labels[number] >= 0).numpy() == (order >= 0)).all()
    start = plan.words.shape[1]
    for left, right in plan.levels:
        assert max(int(left.max()), int(right.max())) < start
        start += left.shape[1]


def test_both_kinds_start_from_the_same_weights():
    stack = StackedTrees(N_WORDS, WIDTH, N_CLASSES, SEEDS * 2, n_tensor=2)
    for name, part in stack.parts.items():
        if name != "tensor":
            assert torch.equal(part[:2], part[2:])
            assert not torch.equal(part[0], part[1]) or "bias" in name
    assert stack.flat.numel() == 2 * sum(
        count_parameters(N_WORDS, WIDTH, N_CLASSES, has_tensor) for has_tensor in (True, False)
    )


def test_the_wide_network_has_as_many_parameters():
    for width in (4, 6, 10):
        wanted = count_parameters(N_WORDS, width, N_CLASSES, True)
        found = equal_width(N_WORDS, width, N_CLASSES)
        assert count_parameters(N_WORDS, found, N_CLASSES, False) == pytest.approx(wanted, rel=0.06)
    assert sum(part.size for part in draw_parts(N_WORDS, 6, N_CLASSES, 0).values()) == 48 * 6 + 72 + 6 + 30 + 5 + 864
