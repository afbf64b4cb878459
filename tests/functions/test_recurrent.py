"""The equations of the cells against torch's own kernels, with weights that a training has changed."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from dlcore.functions.recurrent import GATES, TRACES, sigmoid, unroll
from dlcore.models.recurrent import CELLS, Recurrent


def trained(cell: str) -> Recurrent:
    """A net after 30 steps on noise: its weights are no longer those of a formula."""
    net = Recurrent(cell, 3, 6, 1, seed=1)
    generator = torch.Generator().manual_seed(0)
    optimizer = torch.optim.Adam(net.parameters(), lr=0.03)
    for _ in range(30):
        x = torch.randn(8, 12, 3, generator=generator)
        optimizer.zero_grad()
        (net.last(x)[:, 0] - x[:, 0, 0]).square().mean().backward()
        optimizer.step()
    return net


@pytest.mark.parametrize("cell", CELLS)
def test_the_equations_give_torchs_hidden_states(cell):
    net = trained(cell)
    x = torch.randn(40, 3, generator=torch.Generator().manual_seed(1))
    weights = {name.removesuffix("_l0"): p.detach().numpy() for name, p in net.layer.named_parameters()}
    traces = unroll(cell, weights, x.numpy())
    _, hidden, state = net(x[None])
    assert np.abs(traces["h"] - hidden[0].detach().numpy()).max() < 1e-5
    if cell == "lstm":
        assert np.abs(traces["c"][-1] - state[1][0, 0].detach().numpy()).max() < 1e-5
    assert {name: trace.shape for name, trace in traces.items() if name in TRACES[cell]} == dict.fromkeys(
        TRACES[cell], (40, 6)
    )


@pytest.mark.parametrize("cell", CELLS)
def test_the_gates_are_in_torchs_order(cell):
    rows = Recurrent(cell, 3, 6, 1, seed=1).layer.weight_ih_l0.shape[0]
    assert rows == 6 * len(GATES[cell])


def test_the_sigmoid_does_not_overflow():
    assert sigmoid(np.array([-1e4, 0.0, 1e4])).tolist() == [0.0, 0.5, 1.0]
