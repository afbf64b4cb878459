"""All widths in one product against one network of torch.nn a width."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from dlcore.models.width_ladder import WidthLadder

WIDTHS = (1, 2, 4)


def alone(ladder: WidthLadder, seed: int, number: int) -> nn.Sequential:
    """The network of one seed and width, as torch writes it."""
    width = WIDTHS[number]
    inner, bias, outer = ladder.units(seed, width).T
    net = nn.Sequential(nn.Linear(1, width), nn.Tanh(), nn.Linear(width, 1))
    with torch.no_grad():
        net[0].weight.copy_(inner[:, None])
        net[0].bias.copy_(bias)
        net[2].weight.copy_(outer[None])
        net[2].bias.fill_(float(ladder.level[seed, 0, number]))
    return net


def test_every_network_is_as_if_it_were_alone():
    ladder = WidthLadder(WIDTHS, "tanh", 4.0, (5, 6))
    u = torch.linspace(-1, 1, 17)[:, None]
    y = torch.sin(3 * u)
    ((ladder.forward(u) - y) ** 2).mean(1).sum().backward()
    first = [0, 1, 3]
    for seed in range(2):
        for number, width in enumerate(WIDTHS):
            net = alone(ladder, seed, number)
            torch.testing.assert_close(ladder.forward(u)[seed, :, number], net(u)[:, 0])
            ((net(u) - y) ** 2).mean().backward()
            mine = slice(first[number], first[number] + width)
            torch.testing.assert_close(ladder.inner.grad[seed, 0, mine], net[0].weight.grad[:, 0])
            torch.testing.assert_close(ladder.bias.grad[seed, 0, mine], net[0].bias.grad)
            torch.testing.assert_close(ladder.outer.grad[seed, 0, mine], net[2].weight.grad[0])
            torch.testing.assert_close(ladder.level.grad[seed, 0, number], net[2].bias.grad[0])


def test_wider_networks_begin_with_the_units_of_narrower_ones():
    ladder = WidthLadder(WIDTHS, "relu", 4.0, (0,))
    torch.testing.assert_close(ladder.units(0, 4)[:2, :2], ladder.units(0, 2)[:, :2])
    torch.testing.assert_close(ladder.units(0, 4)[:2, 2] * 2, ladder.units(0, 2)[:, 2] * 2**0.5)
    assert ladder.units(0, 4)[:, 0].abs().tolist() == pytest.approx([4.0] * 4)
