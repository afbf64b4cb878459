"""Losses against torch.nn.functional and scikit-learn, gradients against autograd."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from sklearn import metrics

from dlcore.functions.losses import LOSSES, Loss

GENERATOR = np.random.default_rng(5)
N, K = 500, 4
SPREAD = np.repeat([0.01, 1.0, 10.0, 100.0, 1e4], N // 5)  # predictions of every magnitude
PREDICTIONS, NUMBERS = SPREAD * GENERATOR.standard_normal(N), GENERATOR.standard_normal(N)
BITS, SHARES = GENERATOR.integers(0, 2, N), GENERATOR.uniform(0, 1, N)
ROWS, CLASSES = SPREAD[:, None] * GENERATOR.standard_normal((N, K)), GENERATOR.integers(0, K, N)
MIXTURES = GENERATOR.dirichlet(np.ones(K), N)
MIXTURES[:K] = np.eye(K)  # certain ones too


def torch_focal(z: torch.Tensor, y: torch.Tensor, gamma: float = 2.0) -> torch.Tensor:
    """Lin et al. 2017, eq. 4, with the cross-entropy that torch has."""
    log_missing = torch.where(y == 1, F.logsigmoid(-z), F.logsigmoid(z))  # ln(1 − p), finite where 1 − p underflows
    return torch.exp(gamma * log_missing) * F.binary_cross_entropy_with_logits(z, y, reduction="none")


def torch_log_cosh(z: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """ln((eᵈ + e⁻ᵈ) / 2)."""
    return torch.logaddexp(z - y, y - z) - np.log(2)


def torch_pinball(z: torch.Tensor, y: torch.Tensor, quantile: float = 0.9) -> torch.Tensor:
    """The larger of two lines (Koenker & Bassett 1978)."""
    return torch.maximum(quantile * (y - z), (quantile - 1) * (y - z))


CASES: dict[str, tuple[Callable[..., torch.Tensor], np.ndarray, np.ndarray]] = {
    "mse": (lambda z, y: F.mse_loss(z, y, reduction="none"), PREDICTIONS, NUMBERS),
    "mae": (lambda z, y: F.l1_loss(z, y, reduction="none"), PREDICTIONS, NUMBERS),
    "huber": (lambda z, y, delta=1.0: F.huber_loss(z, y, "none", delta), PREDICTIONS, NUMBERS),
    "log_cosh": (torch_log_cosh, PREDICTIONS, NUMBERS),
    "pinball": (torch_pinball, PREDICTIONS, NUMBERS),
    "bce_with_logits": (
        lambda z, y: F.binary_cross_entropy_with_logits(z, y, reduction="none"),
        PREDICTIONS,
        np.concatenate([BITS[::2], SHARES[::2]]),
    ),
    "cross_entropy": (lambda z, y: F.cross_entropy(z, y, reduction="none"), ROWS, CLASSES),
    "hinge": (lambda z, y: F.relu(1 - y * z), PREDICTIONS, 2 * BITS - 1.0),
    "focal": (torch_focal, PREDICTIONS, BITS.astype(float)),
    "kl": (lambda z, y: F.kl_div(F.log_softmax(z, 1), y, reduction="none").sum(1), ROWS, MIXTURES),
}
EVERY = pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)


def torchs(loss: Loss, **options: float) -> tuple[np.ndarray, np.ndarray]:
    """The losses of the case as torch computes them in float64, and their gradients by autograd."""
    function, predicted, target = CASES[loss.name]
    z = torch.tensor(predicted, requires_grad=True)
    values = function(z, torch.tensor(target), **options)
    (gradients,) = torch.autograd.grad(values.sum(), z)
    return values.detach().numpy(), gradients.numpy()


def assert_close(ours: np.ndarray, theirs: np.ndarray) -> None:
    """To a few roundings: of the value, and of terms of size 1 that cancel in it."""
    np.testing.assert_allclose(ours, theirs, rtol=1e-12, atol=1e-14)


def test_every_loss_has_a_case():
    assert set(LOSSES) == set(CASES)
    assert all(name == loss.name for name, loss in LOSSES.items())


@EVERY
def test_torch_agrees(loss):
    _, predicted, target = CASES[loss.name]
    values, gradients = torchs(loss)
    assert_close(loss.loss(predicted, target), values)
    assert_close(loss.gradient(predicted, target), gradients)


@pytest.mark.parametrize(
    ("name", "values"), [("huber", (0.1, 3.0)), ("pinball", (0.1, 0.5)), ("focal", (0.0, 0.5, 5.0))]
)
def test_another_parameter(name, values):
    loss, (_, predicted, target) = LOSSES[name], CASES[name]
    assert loss.parameter is not None
    for value in values:
        options = {loss.parameter: value}
        expected, gradients = torchs(loss, **options)
        assert_close(loss.loss(predicted, target, **options), expected)
        assert_close(loss.gradient(predicted, target, **options), gradients)


@EVERY
def test_the_default_is_the_one_stated(loss):
    _, predicted, target = CASES[loss.name]
    assert (loss.parameter is None) == (loss.default is None)
    if loss.parameter is not None:
        options = {loss.parameter: loss.default}
        np.testing.assert_array_equal(loss.loss(predicted, target), loss.loss(predicted, target, **options))
        np.testing.assert_array_equal(loss.gradient(predicted, target), loss.gradient(predicted, target, **options))


def test_scikit_learn_agrees():
    """Means over the samples, where scikit-learn has the loss; its log loss clips, so only for moderate logits."""
    moderate = np.abs(PREDICTIONS) < 20
    z, y, bits = PREDICTIONS[moderate], NUMBERS[moderate], BITS[moderate]
    proba = 1 / (1 + np.exp(-z))
    means = {
        "mse": (y, metrics.mean_squared_error(y, z)),
        "mae": (y, metrics.mean_absolute_error(y, z)),
        "pinball": (y, metrics.mean_pinball_loss(y, z, alpha=0.9)),
        "hinge": (2 * bits - 1, metrics.hinge_loss(2 * bits - 1, z)),
        "bce_with_logits": (bits, metrics.log_loss(bits, proba)),
    }
    for name, (target, mean) in means.items():
        assert LOSSES[name].loss(z, target).mean() == pytest.approx(mean, rel=1e-9), name


@pytest.mark.parametrize(
    ("name", "predicted", "target"),
    [("mae", 2.0, 2.0), ("pinball", 2.0, 2.0), ("hinge", 1.0, 1.0), ("hinge", -1.0, -1.0)],
)
def test_the_gradient_at_a_kink_is_zero(name, predicted, target):
    assert LOSSES[name].gradient(predicted, target) == 0


@EVERY
def test_a_perfect_prediction_costs_nothing(loss):
    perfect: dict[str, tuple[Any, Any]] = {
        "bce_with_logits": ([1e4, -1e4], [1, 0]),
        "focal": ([1e4, -1e4], [1, 0]),
        "hinge": ([1e4, -1e4], [1, -1]),
        "cross_entropy": (1e4 * np.eye(3), [0, 1, 2]),
        "kl": (1e4 * np.eye(3), np.eye(3)),
    }
    predicted, target = perfect.get(loss.name, ([-3.5, 1e4], [-3.5, 1e4]))
    np.testing.assert_array_equal(loss.loss(predicted, target), 0)
    np.testing.assert_array_equal(loss.gradient(predicted, target), 0)


@EVERY
def test_no_loss_is_negative(loss):
    """kl compares two sums that are equal up to rounding at its minimum."""
    _, predicted, target = CASES[loss.name]
    assert loss.loss(predicted, target).min() >= (-1e-15 if loss.name == "kl" else 0)


@EVERY
def test_float64_in_the_stated_shapes(loss):
    _, predicted, target = CASES[loss.name]
    values, gradients = loss.loss(predicted, target), loss.gradient(predicted, target)
    assert (values.dtype, gradients.dtype) == (np.float64, np.float64)
    assert (values.shape, gradients.shape) == ((N,), predicted.shape)
    if predicted.ndim == 1:
        square = (predicted.reshape(20, -1), target.reshape(20, -1))
        np.testing.assert_array_equal(loss.loss(*square), values.reshape(20, -1))
        np.testing.assert_array_equal(loss.gradient(*square), gradients.reshape(20, -1))
    assert loss.loss(predicted.tolist(), target.tolist()).dtype == np.float64


@EVERY
def test_the_arguments_are_left_alone(loss):
    _, predicted, target = CASES[loss.name]
    copies = predicted.copy(), target.copy()
    loss.gradient(*copies)[...] = 7
    loss.loss(*copies)[...] = 7
    np.testing.assert_array_equal(copies[0], predicted)
    np.testing.assert_array_equal(copies[1], target)


@EVERY
def test_formulas_are_whole_and_have_a_source(loss):
    assert loss.formula.startswith("L = ")
    assert loss.gradient_formula.startswith(r"\frac{\partial L}{\partial ")
    for formula in (loss.formula, loss.gradient_formula):
        assert formula.count("{") == formula.count("}")
        assert formula.count(r"\begin") == formula.count(r"\end")
    assert any(str(year) in loss.source for year in range(1750, 2026))
