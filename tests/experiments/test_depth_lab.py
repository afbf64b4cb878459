"""The depth lab against torch modules, and the textbook facts as measured figures."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from dlcore.advance import advance
from dlcore.experiments.depth_lab import N_SAMPLES, DepthLab
from dlcore.frames import unpack
from dlcore.specs import DepthLabSpec


def measured(n_nets: int = 8, **values) -> dict:
    lab = DepthLab(DepthLabSpec(**values))
    for _ in range(n_nets):
        lab.step()
    return lab.observe()


def test_it_is_what_a_torch_module_gives():
    """The same weights in `torch.nn.Linear`, the activation a module, the loss written down again."""
    spec = DepthLabSpec(activation="tanh", depth=4, layer_width=9)
    lab = DepthLab(spec)
    weights, x, r = lab.draw(3)
    net = torch.nn.Sequential(
        *(layer for _ in weights for layer in (torch.nn.Linear(9, 9, bias=False), torch.nn.Tanh()))
    ).double()
    hidden = []
    with torch.no_grad():
        for layer, weight in zip(net[::2], weights, strict=True):
            layer.weight.copy_(weight.T)
    value = x
    for layer in net:
        value = layer(value)
        if isinstance(layer, torch.nn.Tanh):
            hidden.append(value.detach().numpy())
    (torch.einsum("nu,nu->", r, value) / N_SAMPLES).backward()
    variance, grad_norm, slope = lab.measure(3)
    np.testing.assert_allclose(variance, [h.var() for h in hidden], rtol=1e-12)
    np.testing.assert_allclose(grad_norm, [float(layer.weight.grad.norm()) for layer in net[::2]], rtol=1e-12)
    np.testing.assert_allclose(slope, [np.sqrt(((1 - h**2) ** 2).mean()) for h in hidden], rtol=1e-12)


def test_thirty_layers_of_sigmoid_with_xavier_leave_no_gradient():
    observed = measured(n_nets=1)
    assert observed["grad_norm_mean"][0] < 1e-10 * observed["grad_norm_mean"][-1]
    assert observed["slope_mean"].max() <= 0.25
    np.testing.assert_array_equal(observed["slope_limit"], 0.25)


@pytest.fixture(scope="module")
def wide():
    """ReLU, width 512, 30 layers, mean over 8 seeds, by rule; both rules scale the same random draws."""
    return {rule: measured(activation="relu", init_rule=rule, layer_width=512) for rule in ("he", "xavier")}


def test_relu_with_he_keeps_its_variance_through_thirty_layers(wide):
    variance = wide["he"]["variance_mean"]
    assert len(variance) == 30
    assert (variance / variance[0]).min() > 0.5
    assert (variance / variance[0]).max() < 2


def test_relu_with_xavier_halves_it_at_every_layer(wide):
    """The mean factor within 2 %; a single layer strays by a few percent, because a net is not infinitely wide."""
    variance = wide["xavier"]["variance_mean"]
    assert wide["xavier"]["variance_factor"] == pytest.approx(0.5, rel=0.02)
    np.testing.assert_allclose(variance[1:] / variance[:-1], 0.5, rtol=0.1)
    norms = wide["xavier"]["grad_norm_mean"]
    assert norms.max() / norms.min() < 1.5  # flat, as the page says


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu", "selu", "gelu", "prelu"])
def test_theory_and_measurement_meet(activation):
    """At width 256 the mean of 4 nets strays from the limit of infinite width by a few percent a figure."""
    observed = measured(4, activation=activation, depth=10, layer_width=256)
    for name in ("variance", "grad_norm", "slope"):
        np.testing.assert_allclose(observed[f"{name}_mean"], observed[f"{name}_theory"], rtol=0.25)


def test_exploding_and_vanishing_fit_into_a_frame():
    for values in ({"activation": "identity", "init_rule": "normal", "init_std": 0.1}, {"init_rule": "zeros"}):
        chunk = advance(DepthLabSpec(depth=50, layer_width=512, n_steps=1, **values), None, 1)
        assert chunk.diverged is None
        scalars = unpack(chunk.frames[-1].blob).scalars
        assert scalars["case"] == (2 if values["init_rule"] == "zeros" else 1)
        assert scalars.get("variance_exponent", 34) == pytest.approx(49 * np.log10(5.12), abs=1)
