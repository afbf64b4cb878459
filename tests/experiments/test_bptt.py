"""Backpropagation through time: autograd against the hand-made product, and what clipping and truncation do."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from dlcore.advance import advance, open_experiment
from dlcore.data.memory_tasks import make_batch
from dlcore.experiments.bptt import LOST, open_net, product_of_jacobians, radius_of, state_gradients, truncated_loss
from dlcore.frames import unpack
from dlcore.models.recurrent import CELLS
from dlcore.specs import BpttSpec

T = 12
SMALL = BpttSpec(sequence_length=T, n_units=6)


def batch():
    return make_batch("recall", 8, T, 0, 0)


@pytest.mark.parametrize("cell", ["rnn", "irnn"])
def test_the_product_of_the_jacobians_is_autograds_gradient(cell):
    net = open_net(SMALL.replace(cell=cell), 1)
    measured = state_gradients(net, batch(), T)["h"]
    np.testing.assert_allclose(product_of_jacobians(net, batch()), measured, rtol=1e-4)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("radius", [0.5, 2.0])
def test_a_net_begins_with_the_spectral_radius_that_was_asked_for(cell, radius):
    net = open_net(SMALL.replace(cell=cell, radius=radius), 0)
    for block in net.layer.weight_hh_l0.detach().split(6):
        assert max(abs(torch.linalg.eigvals(block))) == pytest.approx(radius, rel=1e-4)


@pytest.mark.parametrize("cell", CELLS)
def test_a_window_of_the_whole_sequence_truncates_nothing(cell):
    net = open_net(SMALL.replace(cell=cell), 2)
    found = []
    for window in (T, T - 1):
        net.zero_grad()
        truncated_loss(net, batch(), window).backward()
        found.append(net.layer.weight_ih_l0.grad.clone())
    net.zero_grad()
    x, y = (torch.from_numpy(part) for part in (batch().x, batch().y))
    torch.nn.functional.cross_entropy(net.last(x), y).backward()
    torch.testing.assert_close(found[0], net.layer.weight_ih_l0.grad)
    assert not torch.allclose(found[1][:, :4], found[0][:, :4], rtol=1e-3)  # the first symbol's weights


@pytest.mark.parametrize("cell", CELLS)
def test_beyond_the_window_the_gradient_is_exactly_zero(cell):
    net = open_net(SMALL.replace(cell=cell), 0)
    for name, norms in state_gradients(net, batch(), 5).items():
        assert not norms[: T - 5].any()
        assert (norms[T - 5 : -1] > 0).all(), name


def test_truncation_never_tells_the_first_symbol():
    net = open_net(SMALL, 0)
    net.zero_grad()
    truncated_loss(net, batch(), T - 1).backward()
    assert not net.layer.weight_ih_l0.grad[:, :4].any()


def run(spec: BpttSpec):
    frames = [unpack(frame.blob) for frame in advance(spec, None, spec.n_steps).frames]
    return frames[0], [frame.scalars for frame in frames]


def test_vanishing_is_not_cured_by_clipping():
    first, rows = run(BpttSpec(radius=0.5, n_steps=60))
    assert max(row["grad_norm_clipped_high"] for row in rows[1:]) < 1.0
    assert all(row["loss_plain"] == row["loss_clipped"] for row in rows)
    assert first.arrays["grad_h_plain"][0] < 1e-6 * first.arrays["grad_h_plain"][-1]
    assert rows[-1]["error_clipped"] > 0.7


def test_exploding_is_cured_by_clipping_and_the_window_must_reach_back():
    """As the page says of its default settings."""
    first, rows = run(BpttSpec())
    last = rows[-1]
    assert first.arrays["grad_h_plain"][0] > first.arrays["grad_h_plain"][-1]
    assert max(row["grad_norm_clipped_high"] for row in rows[1:]) > 10
    assert last["error_clipped_high"] == 0
    assert last["error_plain_low"] > 0.5
    assert last["error_truncated_low"] > 0.3


def test_what_overflows_is_told_as_a_number():
    experiment = open_experiment(BpttSpec(cell="irnn", radius=2.0, learning_rate=3.0, n_steps=20))
    for _ in range(20):
        experiment.step()
    observed = experiment.observe()
    assert observed["loss_plain_high"] == LOST
    assert np.isfinite(observed["grad_h_plain"]).all()
    assert radius_of(torch.full((2, 2), float("nan"))) == LOST
