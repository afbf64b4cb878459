"""The stacked networks against the layers of torch.nn, and the parameter counts of the paper."""

from __future__ import annotations

import pytest
import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from dlcore.models.stacked_nets import StackedNets, multiply_adds

SEEDS = (0, 1, 5)
SHAPES = {"table": (12,), "signal": (40, 1), "words": (12, 7), "digits": (8, 8, 1)}
KINDS = ("linear", "mlp", "cnn", "gru")


@pytest.mark.parametrize(("kind", "expected"), [("linear", 410), ("mlp", 15210), ("cnn", 5210), ("gru", 5134)])
def test_they_have_as_many_parameters_as_in_the_paper(kind, expected):
    assert StackedNets(kind, (40, 1), 10, SEEDS).n_parameters == expected


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_model_does_not_depend_on_its_neighbours(kind, shape):
    alone, stacked = StackedNets(kind, shape, 3, SEEDS[1:2]), StackedNets(kind, shape, 3, SEEDS)
    x = torch.randn(3, 5, torch.Size(shape).numel())
    torch.testing.assert_close(stacked.forward(x)[1], alone.forward(x[1:2])[0])
    x[0] = 7
    torch.testing.assert_close(stacked.forward(x)[1], alone.forward(x[1:2])[0])


@pytest.mark.parametrize("kind", KINDS)
def test_the_flat_tensor_holds_every_parameter_and_its_gradient(kind):
    nets = StackedNets(kind, (40, 1), 10, SEEDS)
    nets.forward(torch.randn(3, 30, 40)).square().mean().backward()
    assert all(block.grad.flatten(1).any(1).all() for block in nets.blocks)  # of every model
    with torch.no_grad():
        nets.flat.zero_()
    assert not nets.forward(torch.randn(3, 4, 40)).any()


def test_the_mlp_adds_its_second_layer_to_its_first():
    nets = StackedNets("mlp", (12,), 3, (0,))
    x = torch.randn(1, 5, 12)
    w1, b1, w2, b2, w3, b3 = (block[0] for block in nets.blocks)
    hidden = (x[0] @ w1 + b1).relu()
    torch.testing.assert_close(nets.forward(x)[0], (hidden + (hidden @ w2 + b2).relu()) @ w3 + b3)


def test_the_signal_cnn_is_three_strided_convolutions():
    nets = StackedNets("cnn", (40, 1), 10, (3,))
    layers = [nn.Conv1d(1, 25, 5, stride=2, padding=1), nn.Conv1d(25, 25, 3, stride=2, padding=1)]
    layers.append(nn.Conv1d(25, 25, 3, stride=2, padding=1))
    net = nn.Sequential(*[part for layer in layers for part in (layer, nn.ReLU())], nn.Flatten())
    with torch.no_grad():
        for parameter, block in zip(net.parameters(), nets.blocks, strict=False):
            parameter.copy_(block[0])
    x = torch.randn(1, 6, 40)
    expected = net(x[0, :, None]) @ nets.blocks[-2][0] + nets.blocks[-1][0]
    torch.testing.assert_close(nets.forward(x)[0], expected)


def test_the_image_cnn_is_two_strided_convolutions():
    nets = StackedNets("cnn", (28, 28, 1), 10, (3,))
    net = nn.Sequential(nn.Conv2d(1, 8, 3, stride=2, padding=1), nn.ReLU(), nn.Conv2d(8, 16, 3, stride=2, padding=1))
    with torch.no_grad():
        for parameter, block in zip(net.parameters(), nets.blocks, strict=False):
            parameter.copy_(block[0])
    x = torch.rand(1, 6, 784)
    maps = net(x[0].view(6, 1, 28, 28)).relu().flatten(1)
    torch.testing.assert_close(nets.forward(x)[0], maps @ nets.blocks[-2][0] + nets.blocks[-1][0])


@pytest.mark.parametrize("shape", [(40, 1), (12, 7)])
def test_the_gru_is_torchs_from_both_ends(shape):
    nets = StackedNets("gru", shape, 10, (3, 4))
    theirs = nn.GRU(shape[1], 6, batch_first=True, bidirectional=True)
    x = torch.randn(2, 5, shape[0] * shape[1])
    for model in range(2):
        with torch.no_grad():
            for way, suffix in enumerate(("", "_reverse")):
                for name, block in zip(("weight_ih", "weight_hh", "bias_ih", "bias_hh"), nets.blocks, strict=False):
                    parameter = getattr(theirs, f"{name}_l0{suffix}")
                    parameter.copy_(block[model, way].T.view_as(parameter))
        states = theirs(x[model].view(5, *shape))[0].flatten(1)
        expected = states @ nets.blocks[4][model] + nets.blocks[5][model]
        torch.testing.assert_close(nets.forward(x)[model], expected)


def test_weights_are_drawn_as_torch_draws_them():
    """U(−1/√n, 1/√n) for n inputs: 100 of them in the MLP's second layer."""
    second = StackedNets("mlp", (40,), 10, SEEDS).blocks[2]
    assert float(second.detach().abs().max()) <= 0.1
    assert float(second.detach().var()) == pytest.approx(1 / 300, rel=0.03)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_multiply_adds_are_those_that_torch_counts(kind, shape):
    nets = StackedNets(kind, shape, 3, (0,))
    with FlopCounterMode(display=False) as counter, torch.no_grad():
        nets.forward(torch.randn(1, 1, torch.Size(shape).numel()))
    assert counter.get_total_flops() == 2 * multiply_adds(kind, shape, 3)
