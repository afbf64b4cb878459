"""Stacks of layers against torch.nn, whose modules get the same parameters."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from dlcore.functions.layer_arithmetic import parse_stack
from dlcore.models.conv_stack import ConvStack
from dlcore.models.explanations import explain

CPU = torch.device("cpu")
TEXT = (
    "conv 4 3 s2 p1-batchnorm-prelu-maxpool 2 s1-conv 5 3 p2 d2-gelu-avgpool 2-"
    "flatten-linear 6-batchnorm-tanh-linear 10"
)


def torch_modules(is_signal: bool, n_flat: int) -> nn.Sequential:
    """The same stack as `TEXT`."""
    conv, norm, most, mean = (
        (nn.Conv1d, nn.BatchNorm1d, nn.MaxPool1d, nn.AvgPool1d)
        if is_signal
        else (nn.Conv2d, nn.BatchNorm2d, nn.MaxPool2d, nn.AvgPool2d)
    )
    picture = [conv(2, 4, 3, 2, 1), norm(4), nn.PReLU(), most(2, 1), conv(4, 5, 3, 1, 2, 2), nn.GELU(), mean(2)]
    return nn.Sequential(*picture, nn.Flatten(), nn.Linear(n_flat, 6), nn.BatchNorm1d(6), nn.Tanh(), nn.Linear(6, 10))


@pytest.mark.parametrize("sides", [(12, 12), (20,)])
def test_forward_backward_and_batch_norm_equal_torch(sides: tuple[int, ...]) -> None:
    model = ConvStack(parse_stack(TEXT), (2, *sides), "he", (3, 4), CPU)
    reference = torch_modules(len(sides) == 1, model.shapes[8][0])
    for theirs, ours in zip(reference.parameters(), model.parameters[1], strict=True):
        theirs.data.copy_(ours.detach().reshape(theirs.shape))
    x, y = torch.randn(7, 2, *sides), torch.arange(7)
    given = x if len(sides) == 2 else x[:, :, None]
    outputs = model.forward(given, 1, torch.Generator())
    assert [output[0].numel() for output in outputs] == [torch.Size(shape).numel() for shape in model.shapes[1:]]
    torch.testing.assert_close(outputs[-1], reference(x))
    for scores in (outputs[-1], reference(x)):
        nn.functional.cross_entropy(scores, y).backward()
    for theirs, ours in zip(reference.parameters(), model.parameters[1], strict=True):
        torch.testing.assert_close(ours.grad.reshape(theirs.shape), theirs.grad, atol=1e-6, rtol=1e-4)
    assert model.grad[0].abs().max() == 0
    assert model.grad[1].norm() == pytest.approx(
        sum(float(leaf.grad.square().sum()) for leaf in model.parameters[1]) ** 0.5
    )


def test_running_means_are_those_of_torch() -> None:
    model = ConvStack(parse_stack("batchnorm-flatten-linear 10"), (3, 4, 4), "he", (0,), CPU)
    reference = nn.BatchNorm2d(3)
    for _ in range(3):
        x = torch.randn(5, 3, 4, 4) * 2 + 1
        model.forward(x, 0, torch.Generator())
        reference(x)
    torch.testing.assert_close(model.running[0], torch.cat([reference.running_mean, reference.running_var]))
    torch.testing.assert_close(model.forward(x)[0].detach(), reference.eval()(x).detach())


def test_dropout_leaves_out_a_share_and_keeps_the_mean() -> None:
    model = ConvStack(parse_stack("dropout 0.25-flatten-linear 10"), (1, 100, 100), "he", (0,), CPU)
    x = torch.ones(1, 1, 100, 100)
    dropped = model.forward(x, 0, torch.Generator().manual_seed(1))[0]
    assert (dropped == 0).float().mean() == pytest.approx(0.25, abs=0.02)
    assert dropped.mean() == pytest.approx(1, abs=0.02)
    assert torch.equal(model.forward(x)[0], x)


def test_a_seed_draws_the_same_parameters_whoever_is_beside_it() -> None:
    layers = parse_stack("conv 20 5-relu-flatten-linear 10")
    alone = ConvStack(layers, (1, 8, 8), "he", (7,), CPU)
    beside = ConvStack(layers, (1, 8, 8), "he", (6, 7), CPU)
    assert torch.equal(alone.flat[0], beside.flat[1])
    kernels = alone.parameters[0][0].detach()
    assert kernels.std() == pytest.approx((2 / 25) ** 0.5, rel=0.1)


def test_grad_cam_equals_the_class_activation_map_where_both_exist() -> None:
    """After global average pooling and one linear layer, Grad-CAM is Zhou et al.'s CAM over the places' number."""
    model = ConvStack(parse_stack("conv 4 3-relu-avgpool 6-flatten-linear 10"), (1, 8, 8), "he", (0,), CPU)
    x = torch.randn(1, 1, 8, 8)
    found = explain(model, x, label=3)
    maps, weights = found["layer1"], model.parameters[0][2].detach()[3]
    wanted = (weights[:, None, None] * maps).sum(0).relu() / 36
    enlarged = nn.functional.interpolate(wanted[None, None], (8, 8), mode="bilinear")[0, 0]
    torch.testing.assert_close(found["cam"], enlarged)


def test_saliency_is_the_size_of_the_slope() -> None:
    model = ConvStack(parse_stack("conv 3 3-tanh-flatten-linear 10"), (1, 6, 6), "he", (0,), CPU)
    x, h = torch.randn(1, 1, 6, 6, generator=torch.Generator().manual_seed(0)), 1e-2
    shifted = x.clone()
    shifted[0, 0, 2, 3] += h
    before, after = (model.forward(given)[-1][0, 5].detach() for given in (x, shifted))
    assert explain(model, x, label=5)["saliency"][2, 3] == pytest.approx(abs(float(after - before)) / h, rel=0.05)


def test_a_stack_without_a_convolution_has_no_cam() -> None:
    model = ConvStack(parse_stack("flatten-linear 10"), (1, 6, 6), "he", (0,), CPU)
    found = explain(model, torch.randn(1, 1, 6, 6))
    assert "cam" not in found
    torch.testing.assert_close(
        found["saliency"].flatten(), model.parameters[0][0].detach()[int(found["p"].argmax())].abs()
    )
