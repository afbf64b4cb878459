"""Values and derivatives against torch's own functions and autograd; ranges and means against numerical search."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import get_args

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from scipy.integrate import quad
from scipy.optimize import minimize_scalar

from dlcore.functions.activations import ACTIVATIONS, GELU_CUBIC, SELU_ALPHA, SELU_SCALE
from dlcore.specs.playground import ActivationName

EVERY = pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=ACTIVATIONS)
TORCH: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "identity": torch.nn.Identity(),
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": F.relu,
    "leaky_relu": F.leaky_relu,
    "prelu": torch.nn.PReLU(dtype=torch.float64),
    "silu": F.silu,
    "elu": F.elu,
    "selu": F.selu,
    "gelu": F.gelu,
    "gelu_tanh": lambda x: F.gelu(x, approximate="tanh"),
    "softplus": lambda x: F.softplus(x, threshold=700.0),  # torch returns x itself beyond its default threshold of 20
    "mish": F.mish,
}
WITH_SLOPE: dict[str, Callable[[torch.Tensor, float], torch.Tensor]] = {
    "leaky_relu": F.leaky_relu,
    "prelu": lambda x, slope: F.prelu(x, torch.tensor(slope, dtype=x.dtype)),
    "elu": lambda x, slope: F.elu(x, alpha=slope),
}
LARGE = np.array(
    [25.0, 38.0, 90.0, 650.0]
)  # where exponentials underflow, below the overflow of eˣ in torch's softplus
POINTS = np.concatenate([np.linspace(-12, 12, 4801), -LARGE, LARGE, [1e-300, -1e-300, 1e-9, -1e-9, 0.0, -0.0]])
EXTREMES = np.array([-1e4, -800.0, -710.0, 710.0, 800.0, 1e4])


def value_and_derivative(function: Callable, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What torch computes in float64, and its derivative by autograd."""
    points = torch.tensor(x, requires_grad=True)
    values = function(points)
    (slopes,) = torch.autograd.grad(values.sum(), points)
    return values.detach().numpy(), slopes.numpy()


def test_every_activation_of_the_playground_is_here():
    assert set(ACTIVATIONS) == set(get_args(ActivationName)) == set(TORCH)
    assert all(name == activation.name for name, activation in ACTIVATIONS.items())


@EVERY
def test_torch_agrees(activation):
    """At a kink too. Both sides are sums and products of a few terms of size |x| at most 650, each good to 1e-16."""
    values, slopes = value_and_derivative(TORCH[activation.name], POINTS)
    np.testing.assert_allclose(activation.f(POINTS), values, rtol=1e-14, atol=1e-14)
    np.testing.assert_allclose(activation.df(POINTS), slopes, rtol=1e-14, atol=1e-14)


@pytest.mark.parametrize("slope", [0.0, 0.1, 1.7])
@pytest.mark.parametrize("name", WITH_SLOPE)
def test_another_slope(name, slope):
    values, slopes = value_and_derivative(lambda x: WITH_SLOPE[name](x, slope), POINTS)
    np.testing.assert_allclose(ACTIVATIONS[name].f(POINTS, slope=slope), values, rtol=1e-14, atol=1e-14)
    np.testing.assert_allclose(ACTIVATIONS[name].df(POINTS, slope=slope), slopes, rtol=1e-14, atol=1e-14)


@EVERY
def test_the_default_slope_is_the_one_stated(activation):
    assert (activation.slope is not None) == (activation.name in WITH_SLOPE)
    if activation.slope is not None:
        np.testing.assert_array_equal(activation.f(POINTS), activation.f(POINTS, slope=activation.slope))
        np.testing.assert_array_equal(activation.df(POINTS), activation.df(POINTS, slope=activation.slope))


@EVERY
def test_far_out_it_is_a_straight_line(activation):
    """No overflow on the way (a warning is an error here), and the limits are exact up to rounding."""
    values, slopes = activation.f(EXTREMES), activation.df(EXTREMES)
    right = EXTREMES > 0
    slope_right = {"sigmoid": 0.0, "tanh": 0.0, "selu": SELU_SCALE}.get(activation.name, 1.0)
    slope_left = {"identity": 1.0, "leaky_relu": 0.01, "prelu": 0.25}.get(activation.name, 0.0)
    constant = {"sigmoid": 1.0, "tanh": 1.0}.get(activation.name, 0.0)
    flat_left = activation.range[0] if math.isfinite(activation.range[0]) and activation.df(-5.0) > 0 else 0.0
    expected = np.where(right, slope_right * EXTREMES + constant, slope_left * EXTREMES + flat_left)
    np.testing.assert_allclose(values, expected, rtol=1e-15, atol=1e-300)
    np.testing.assert_allclose(slopes, np.where(right, slope_right, slope_left), rtol=1e-15, atol=1e-300)


@EVERY
def test_any_shape_and_type_becomes_float64(activation):
    for x in (3, 3.0, [1, -2], np.float32(0.5), np.arange(6, dtype=np.int8).reshape(1, 2, 3), np.empty((0, 2))):
        for function in (activation.f, activation.df):
            assert np.asarray(function(x)).dtype == np.float64
            assert np.shape(function(x)) == np.shape(x)


@EVERY
def test_the_argument_is_left_alone(activation):
    x = np.array([-1.5, 0.0, 2.0])
    activation.f(x)[...] = 7
    activation.df(x)[...] = 7
    np.testing.assert_array_equal(x, [-1.5, 0.0, 2.0])


@EVERY
def test_the_range_is_infimum_and_supremum(activation):
    low, high = activation.range
    values = activation.f(np.concatenate([POINTS, EXTREMES]))
    if math.isinf(low):
        assert values.min() <= -100  # the least slope is 0.01, at −1e4
    else:  # approached far out, or reached in a dip left of 0
        lowest = minimize_scalar(lambda x: float(activation.f(x)), bounds=(-3, 0), options={"xatol": 1e-10})
        assert min(lowest.fun, values.min()) == pytest.approx(low, abs=1e-15)
    assert values.max() >= 1e4 if math.isinf(high) else values.max() == high


@EVERY
def test_zero_centered_means_a_mean_of_zero(activation):
    mean = quad(lambda z: float(activation.f(z)) * density(z), -10, 10, points=[0.0], epsabs=1e-12)[0]
    assert (abs(mean) < 1e-9) == activation.zero_centered
    assert activation.zero_centered or abs(mean) > 0.05


def test_selus_constants_keep_mean_and_variance():
    """Klambauer et al. 2017, section 2: mean 0 and variance 1 are a fixed point."""
    second = quad(lambda z: float(ACTIVATIONS["selu"].f(z)) ** 2 * density(z), -10, 10, points=[0.0], epsabs=1e-12)[0]
    assert second == pytest.approx(1, abs=1e-9)


def test_formulas_name_the_constants_in_use():
    assert f"{SELU_ALPHA:.4f}" in ACTIVATIONS["selu"].formula
    assert f"{SELU_SCALE:.4f}" in ACTIVATIONS["selu"].formula
    assert str(GELU_CUBIC) in ACTIVATIONS["gelu_tanh"].formula
    assert f"3 \\cdot {GELU_CUBIC}" in ACTIVATIONS["gelu_tanh"].derivative_formula


@EVERY
def test_formulas_are_whole_and_have_a_source(activation):
    for formula, left in ((activation.formula, "f(x) = "), (activation.derivative_formula, "f'(x) = ")):
        assert formula.startswith(left)
        assert formula.count("{") == formula.count("}")
        assert formula.count(r"\begin") == formula.count(r"\end")
    assert any(str(year) in activation.source for year in range(1950, 2026))


def density(z: float) -> float:
    """Of N(0, 1)."""
    return math.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)


@EVERY
def test_ten_thousand_points_with_both_zeros_and_far_out(activation):
    """What the page promises: f and f′ agree with torch and autograd to 1e-6, at ±0 and ±30 too."""
    drawn = np.random.default_rng(0).uniform(-30, 30, 9_996)
    x = np.concatenate([drawn, [0.0, -0.0, 30.0, -30.0]])
    values, slopes = value_and_derivative(TORCH[activation.name], x)
    np.testing.assert_allclose(activation.f(x), values, rtol=0, atol=1e-6)
    np.testing.assert_allclose(activation.df(x), slopes, rtol=0, atol=1e-6)
