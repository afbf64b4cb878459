"""Loss surfaces: gradients and curvatures against autograd, minima against a numerical search."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from scipy.optimize import minimize

from dlcore.functions.landscapes import EDGE, LANDSCAPES

EVERY = pytest.mark.parametrize("landscape", LANDSCAPES.values(), ids=LANDSCAPES)
PLACES = np.random.default_rng(1).uniform(-EDGE, EDGE, (200, 2))

# the formulas as their sources print them
FORMULAS: dict[str, Callable[[torch.Tensor, torch.Tensor], torch.Tensor]] = {
    "bowl": lambda x, y: 0.5 * (x * x + 2 * y * y),
    "ravine": lambda x, y: 0.5 * (x * x + 50 * y * y),
    "saddle": lambda x, y: 0.5 * x**2 + 0.25 * y**4 - 0.5 * y**2 + 0.25,
    "rosenbrock": lambda x, y: 100 * (y - x * x) ** 2 + (1 - x) ** 2,
    "himmelblau": lambda x, y: ((2 * x) ** 2 + 2 * y - 11) ** 2 + (2 * x + (2 * y) ** 2 - 7) ** 2,
}


@EVERY
def test_loss_and_gradient_are_those_of_autograd(landscape):
    x, y = (torch.tensor(PLACES[:, at], requires_grad=True) for at in (0, 1))
    values = FORMULAS[landscape.name](x, y)
    gradient = torch.stack(torch.autograd.grad(values.sum(), (x, y)), 1)
    np.testing.assert_allclose(landscape.loss(PLACES), values.detach(), rtol=1e-11, atol=1e-12)
    np.testing.assert_allclose(landscape.gradient(PLACES), gradient, rtol=1e-10, atol=1e-10)


@EVERY
def test_the_minima_are_all_there_is(landscape):
    """The value there is 0; a search from many places finds no other minimum, and each of these."""
    np.testing.assert_allclose(landscape.loss(landscape.minima), 0, atol=1e-25)
    np.testing.assert_allclose(landscape.gradient(landscape.minima), 0, atol=1e-11)
    found = {
        min(
            range(len(landscape.minima)),
            key=lambda at: np.linalg.norm(
                minimize(landscape.loss, start, jac=landscape.gradient).x - landscape.minima[at]
            ),
        )
        for start in PLACES[:25]
    }
    assert found == set(range(len(landscape.minima)))
    ends = [minimize(landscape.loss, start, jac=landscape.gradient).fun for start in PLACES[:25]]
    np.testing.assert_allclose(ends, 0, atol=1e-8)


def test_the_limits_that_the_texts_name():
    """2 / largest curvature, from autograd's second derivatives: 1 for the bowl, 0.04 for the ravine."""
    for name, limit in (("bowl", 1.0), ("ravine", 0.04)):
        formula = FORMULAS[name]
        curvature = torch.autograd.functional.hessian(lambda p, f=formula: f(p[0], p[1]), torch.zeros(2))
        assert 2 / float(torch.linalg.eigvalsh(curvature).max()) == pytest.approx(limit)
        assert LANDSCAPES[name].rates["sgd"] < limit


@EVERY
def test_every_start_is_on_the_map_and_every_rule_has_a_rate(landscape):
    assert np.abs(landscape.start).max() <= EDGE
    assert set(landscape.rates) == {"sgd", "momentum", "nesterov", "rmsprop", "adam"}
