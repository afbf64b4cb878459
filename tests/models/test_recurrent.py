"""Recurrent networks against torch.nn and the papers they come from."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from dlcore.models.recurrent import CELLS, Recurrent, clip, flatten


@pytest.mark.parametrize("cell", CELLS)
def test_a_step_on_the_flat_tensor_moves_the_network(cell):
    net = Recurrent(cell, 3, 5, 2, seed=0)
    flat, grad = flatten([net])
    x = torch.randn(4, 6, 3)
    net.last(x).square().mean().backward()
    expected = torch.cat([parameter.grad.flatten() for parameter in net.parameters()])
    assert grad.abs().sum() > 0
    assert torch.equal(grad, expected)
    flat.zero_()
    assert not net.last(x).any()


@pytest.mark.parametrize("cell", CELLS)
def test_flattening_changes_no_number(cell):
    x = torch.randn(4, 6, 3)
    plain, flattened = Recurrent(cell, 3, 5, 2, seed=3), Recurrent(cell, 3, 5, 2, seed=3)
    flatten([Recurrent("gru", 1, 2, 1, seed=0), flattened])
    assert torch.equal(plain(x)[0], flattened(x)[0])
    assert torch.equal(flattened(x)[0][:, -1], flattened.last(x))


def test_it_goes_on_from_a_state():
    net = Recurrent("lstm", 3, 5, 2, seed=0)
    x = torch.randn(2, 8, 3)
    _, _, state = net(x[:, :5])
    torch.testing.assert_close(net(x[:, 5:], state)[0], net(x)[0][:, 5:])


def test_a_seed_draws_what_torch_would():
    """U(−1/√H, 1/√H) has variance 1 / 3H."""
    weights = np.concatenate([p.detach().numpy().ravel() for p in Recurrent("gru", 100, 100, 1, seed=0).parameters()])
    assert np.abs(weights).max() <= 0.1
    assert weights.var() == pytest.approx(1 / 300, rel=0.02)


def test_an_untrained_irnn_adds_up_what_it_is_told():
    """With the identity and no biases h keeps what came in, as long as that is positive (Le et al. 2015)."""
    net = Recurrent("irnn", 1, 50, 1, seed=0)
    hidden = net(torch.ones(1, 30, 1))[1][0]
    torch.testing.assert_close(hidden[29], 30 * hidden[0])
    assert 0 < hidden[0].max() < 5 * 0.1


def test_torchs_own_generator_is_left_alone():
    before = torch.get_rng_state()
    Recurrent("lstm", 3, 4, 2, seed=0)
    assert torch.equal(torch.get_rng_state(), before)


def test_the_forget_gate_starts_open():
    biases = dict(Recurrent("lstm", 2, 4, 1, seed=0, forget_bias=3.0).layer.named_parameters())
    total = biases["bias_ih_l0"] + biases["bias_hh_l0"]
    assert total[4:8].tolist() == [3.0] * 4
    assert total[:4].abs().max() <= 1


@pytest.mark.parametrize("limit", [0.0, 0.5, 1e6])
def test_clipping_is_torchs_for_each_model(limit):
    nets = [Recurrent("rnn", 2, 3, 1, seed=seed) for seed in range(2)]
    _, grad = flatten(nets)
    for net in nets:
        (100 * net.last(torch.randn(4, 5, 2)).square().mean()).backward()
    before = grad.clone()
    norms = clip(grad, limit, 2)
    for net, part, norm in zip(nets, before.view(2, -1), norms, strict=True):
        assert float(norm) == pytest.approx(float(part.norm()))
        clipped = torch.cat([p.grad.flatten() for p in net.parameters()])
        expected = nn.Parameter(part.clone())
        expected.grad = part.clone()
        if limit:
            nn.utils.clip_grad_norm_([expected], limit)
        torch.testing.assert_close(clipped, expected.grad)
