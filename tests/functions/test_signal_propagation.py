"""The theory of wide random nets against closed forms that papers give."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.integrate import quad

from dlcore.functions.activations import ACTIVATIONS
from dlcore.functions.signal_propagation import propagate, steepest, weight_variance


def of(name, variance, width=100, depth=5, n_samples=4):
    activation = ACTIVATIONS[name]
    return propagate(activation.f, activation.df, variance, width, depth, n_samples)


def test_variances_of_the_rules():
    """Glorot & Bengio 2010, eq. 12 with n_in = n_out; He et al. 2015, eq. 10."""
    assert weight_variance("xavier", 50, 0.3) == pytest.approx(2 / (50 + 50))
    assert weight_variance("he", 50, 0.3) == pytest.approx(2 / 50)
    assert weight_variance("normal", 50, 0.3) == pytest.approx(0.09)
    assert weight_variance("zeros", 50, 0.3) == 0


def test_a_linear_net_with_xavier_changes_nothing():
    found = of("identity", 1 / 100)
    np.testing.assert_allclose(found.variance, 1, rtol=1e-9)
    np.testing.assert_allclose(found.slope, 1, rtol=1e-9)
    np.testing.assert_allclose(found.grad_norm, 100 / math.sqrt(4), rtol=1e-9)  # √(N · ‖δ‖² ‖h‖²) with δ = r / N


def test_relu_with_he_keeps_the_variance_and_with_xavier_halves_it():
    """E[relu(z)²] = q/2 and E[relu(z)] = √(q/2π) (He et al. 2015, section 2.2); the grid is good to about 1e-5."""
    kept, halved = of("relu", 2 / 100), of("relu", 1 / 100)
    np.testing.assert_allclose(kept.variance, 2 * (0.5 - 1 / (2 * math.pi)), rtol=1e-4)
    np.testing.assert_allclose(halved.variance[1:] / halved.variance[:-1], 0.5, rtol=1e-4)
    np.testing.assert_allclose(kept.slope, math.sqrt(0.5), rtol=1e-6)
    np.testing.assert_allclose(kept.grad_norm / kept.grad_norm[-1], 1, rtol=1e-4)
    np.testing.assert_allclose(halved.grad_norm / halved.grad_norm[-1], 1, rtol=1e-4)


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "gelu", "mish"])
def test_the_first_layer_is_the_integral(name):
    activation = ACTIVATIONS[name]
    spread = math.sqrt(100 * 0.03)

    def mean(g):
        return quad(lambda z: g(spread * z) * math.exp(-z * z / 2) / math.sqrt(2 * math.pi), -10, 10, epsabs=1e-12)[0]

    first, second = mean(lambda x: float(activation.f(x))), mean(lambda x: float(activation.f(x)) ** 2)
    found = of(name, 0.03, depth=1)
    assert found.variance[0] == pytest.approx(second - first**2, rel=1e-8)
    assert found.slope[0] ** 2 == pytest.approx(mean(lambda x: float(activation.df(x)) ** 2), rel=1e-8)


def test_zeros_leave_nothing():
    found = of("sigmoid", 0.0)
    np.testing.assert_array_equal(found.variance, 0)
    np.testing.assert_array_equal(found.grad_norm[:-1], 0)


def test_the_steepest_slope_of_a_sigmoid_is_a_quarter():
    assert steepest(ACTIVATIONS["sigmoid"].df) == pytest.approx(0.25)
    assert steepest(ACTIVATIONS["tanh"].df) == pytest.approx(1)
