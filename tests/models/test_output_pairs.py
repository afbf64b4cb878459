"""Pairs of output layer and loss against torch's own loss modules; their gradients against the known formulas."""

from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn

from dlcore.models.output_pairs import PAIRS, coverage, largest_right, sign_right

S, B = 3, 40
GENERATOR = torch.Generator().manual_seed(2)


def draw(k: int) -> torch.Tensor:
    return torch.randn((S, B, k), generator=GENERATOR, dtype=torch.float64)


def bits(k: int) -> torch.Tensor:
    return torch.randint(0, 2, (S, B, k), generator=GENERATOR).double()


CLASSES = torch.randint(0, 4, (S, B), generator=GENERATOR)
EXPECTED = {
    ("binary", "right"): (1, bits(1), nn.BCEWithLogitsLoss()),
    ("binary", "broken"): (1, bits(1), lambda z, y: F.mse_loss(torch.sigmoid(z), y)),
    ("multiclass", "right"): (4, CLASSES, nn.CrossEntropyLoss()),
    ("multiclass", "broken"): (4, CLASSES, lambda z, y: nn.CrossEntropyLoss()(F.softmax(z, 1), y)),
    ("multilabel", "right"): (3, bits(3), lambda z, y: 3 * F.binary_cross_entropy(torch.sigmoid(z), y)),
    ("multilabel", "broken"): (3, bits(3), lambda z, y: 3 * F.binary_cross_entropy(F.softmax(z, 1), y)),
    ("regression", "right"): (1, draw(1), nn.MSELoss()),
    ("regression", "broken"): (1, draw(1), lambda z, y: F.mse_loss(F.relu(z), y)),
    ("margin", "right"): (1, bits(1), lambda z, y: nn.MarginRankingLoss(1.0)(z, 0 * z, 2 * y - 1)),
    ("quantile", "broken"): (1, draw(1), nn.MSELoss()),
}


@pytest.mark.parametrize(("pair", "side"), EXPECTED)
def test_the_losses_are_torchs(pair, side):
    k, y, expected = EXPECTED[pair, side]
    z = draw(k)
    target = F.one_hot(y, 4).double() if pair == "multiclass" else y
    found = getattr(PAIRS[pair], side).loss(z, target)
    np.testing.assert_allclose(found, [expected(z[s], y[s]) for s in range(S)], rtol=1e-9)


def test_the_gradients_that_the_texts_name():
    """p − y for BCE and 2 (p − y) p (1 − p) for MSE after a sigmoid, both in the raw output."""
    z, y = draw(1).requires_grad_(), bits(1)
    p = torch.sigmoid(z.detach())
    (bce,) = torch.autograd.grad(PAIRS["binary"].right.loss(z, y).sum() * B, z)
    (mse,) = torch.autograd.grad(PAIRS["binary"].broken.loss(z, y).sum() * B, z)
    np.testing.assert_allclose(bce, p - y, atol=1e-12)
    np.testing.assert_allclose(mse, 2 * (p - y) * p * (1 - p), atol=1e-12)


def test_hinge_with_zeros_does_not_hear_class_zero():
    z, y = draw(1).requires_grad_(), bits(1)
    (gradient,) = torch.autograd.grad(PAIRS["margin"].broken.loss(z, y).sum(), z)
    assert (gradient[y == 0] == 0).all()
    assert (gradient[(y == 1) & (z < 1)] < 0).all()


def test_twice_softmax_is_never_sure():
    sure = torch.tensor([[[100.0, 0, 0, 0]]])
    assert float(PAIRS["multiclass"].broken.output(sure).max()) == pytest.approx(np.e / (np.e + 3))


def test_scores():
    y = torch.tensor([[1.0], [0.0]])
    assert float(sign_right(torch.tensor([[[2.0], [1.0]]]), y)) == 0.5
    assert float(coverage(torch.tensor([[[0.5], [0.5]]]), y)) == 0.5
    assert float(largest_right(torch.tensor([[[0.1, 0.9], [0.8, 0.2]]]), torch.eye(2))) == 0
