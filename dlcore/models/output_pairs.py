"""Output layers with the loss that belongs to them, each beside a pairing that does not work.

Letters in shapes: S models, B samples, K outputs. `z` (S, B, K) are a network's raw outputs; every loss is a mean over
the samples.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
import torch.nn.functional as F

from dlcore.data.loss_tasks import QUANTILE

ALMOST = 1e-7  # probabilities are kept this far from 0 and 1 before a logarithm


@dataclass(frozen=True)
class Side:
    """An output layer and a loss; `loss(z, y)` is (S,), `output(z)` what the layer gives out (S, B, K)."""

    loss: Callable[[torch.Tensor, torch.Tensor], torch.Tensor]
    output: Callable[[torch.Tensor], torch.Tensor]


@dataclass(frozen=True)
class Pair:
    """The pairing that fits a task and one that does not; `score(output, y)` (S,) judges both alike."""

    right: Side
    broken: Side
    score: Callable[[torch.Tensor, torch.Tensor], torch.Tensor]


def mean(losses: torch.Tensor) -> torch.Tensor:
    """(S,) the sum over outputs, averaged over samples."""
    return losses.sum(2).mean(1)


def bce_of_logits(z: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Sigmoid and binary cross-entropy, computed from the logits."""
    return mean(F.binary_cross_entropy_with_logits(z, y, reduction="none"))


def mse_of_sigmoid(z: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Squared error of a sigmoid's output: its gradient carries a factor p (1 − p)."""
    return mean((torch.sigmoid(z) - y).square())


def cross_entropy(z: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Softmax and cross-entropy, computed from the logits."""
    return mean(-y * z.log_softmax(2))


def cross_entropy_of_softmax(z: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """The same, fed with probabilities instead of logits: softmax is applied twice."""
    return cross_entropy(z.softmax(2), y)


def bce_of_softmax(z: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Binary cross-entropy of probabilities that must sum to 1."""
    p = z.softmax(2).clamp(ALMOST, 1 - ALMOST)
    return mean(-y * p.log() - (1 - y) * torch.log1p(-p))


def mse(z: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    return mean((z - y).square())


def mse_of_relu(z: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Squared error of outputs that cannot be negative."""
    return mse(F.relu(z), y)


def hinge(z: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """max(0, 1 − t z) with t = ±1 for y = 1 and 0."""
    return mean(F.relu(1 - (2 * y - 1) * z))


def hinge_of_bits(z: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """max(0, 1 − y z) with y = 0 or 1: for y = 0 it is 1, whatever z is."""
    return mean(F.relu(1 - y * z))


def pinball(z: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """q (y − z) where z is too low, (1 − q)(z − y) where it is too high."""
    return mean(torch.maximum(QUANTILE * (y - z), (QUANTILE - 1) * (y - z)))


def itself(z: torch.Tensor) -> torch.Tensor:
    """The linear output layer."""
    return z


def softmax(z: torch.Tensor) -> torch.Tensor:
    return z.softmax(2)


def softmax_twice(z: torch.Tensor) -> torch.Tensor:
    return z.softmax(2).softmax(2)


def all_right(output: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Share of samples with every label right, where a probability above ½ says yes."""
    return ((output > 0.5) == (y > 0.5)).all(2).float().mean(1)


def sign_right(output: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Share of samples whose score has the sign of its class."""
    return ((output > 0) == (y > 0.5)).all(2).float().mean(1)


def largest_right(output: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Share of samples whose class has the largest output."""
    return (output.argmax(2) == y.argmax(-1)).float().mean(1)


def root_mean_square(output: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    return (output - y).square().mean((1, 2)).sqrt()


def coverage(output: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Share of samples that lie at or below the prediction."""
    return (y <= output).float().mean((1, 2))


PAIRS = {
    "binary": Pair(Side(bce_of_logits, torch.sigmoid), Side(mse_of_sigmoid, torch.sigmoid), all_right),
    "multiclass": Pair(Side(cross_entropy, softmax), Side(cross_entropy_of_softmax, softmax_twice), largest_right),
    "multilabel": Pair(Side(bce_of_logits, torch.sigmoid), Side(bce_of_softmax, softmax), all_right),
    "regression": Pair(Side(mse, itself), Side(mse_of_relu, F.relu), root_mean_square),
    "margin": Pair(Side(hinge, itself), Side(hinge_of_bits, itself), sign_right),
    "quantile": Pair(Side(pinball, itself), Side(mse, itself), coverage),
}
