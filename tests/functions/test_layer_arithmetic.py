"""Shapes, parameters, multiply-adds and receptive fields of stacks against torch's modules, counter and gradients."""

from __future__ import annotations

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from dlcore.errors import StackError
from dlcore.functions.layer_arithmetic import (
    ACTIVATION_LAYERS,
    MAX_LAYERS,
    PLAIN,
    Layer,
    describe_stack,
    parse_stack,
    stack_text,
)

LENET = "conv 6 5 p2-tanh-avgpool 2-conv 16 5-tanh-avgpool 2-flatten-linear 120-tanh-linear 84-tanh-linear 10"
ACTIVATIONS = {
    "leaky_relu": "LeakyReLU",
    "prelu": "PReLU",
    "gelu": "GELU",
    "relu": "ReLU",
    "elu": "ELU",
    "selu": "SELU",
}
ACTIVATIONS |= {"silu": "SiLU", "mish": "Mish", "softplus": "Softplus", "tanh": "Tanh", "sigmoid": "Sigmoid"}


def build(layer: Layer, shape: tuple[int, ...]) -> nn.Module:
    """The layer as torch has it, for pictures or, with one side, signals."""
    flat = len(shape) == 2
    window = {"kernel_size": layer.kernel, "stride": layer.stride, "padding": layer.padding}
    if layer.kind == "conv":
        conv = nn.Conv1d if flat else nn.Conv2d
        return conv(shape[0], layer.units, **window, dilation=layer.dilation)
    if layer.kind == "maxpool":
        return (nn.MaxPool1d if flat else nn.MaxPool2d)(**window, dilation=layer.dilation)
    if layer.kind == "avgpool":
        return (nn.AvgPool1d if flat else nn.AvgPool2d)(**window)
    if layer.kind == "batchnorm":
        return {1: nn.BatchNorm1d, 2: nn.BatchNorm1d, 3: nn.BatchNorm2d}[len(shape)](shape[0])
    if layer.kind == "linear":
        return nn.Linear(shape[0], layer.units)
    return {"flatten": nn.Flatten(), "dropout": nn.Dropout(layer.share)}.get(layer.kind) or getattr(
        nn, ACTIVATIONS[layer.kind]
    )()


def build_stack(layers: tuple[Layer, ...], input_shape: tuple[int, ...]) -> nn.Sequential:
    given = [input_shape, *(report.shape for report in describe_stack(layers, input_shape))]
    return nn.Sequential(*(build(layer, shape) for layer, shape in zip(layers, given, strict=False))).eval()


def windows(kind: str) -> st.SearchStrategy[Layer]:
    kernels, strides, paddings, dilations = (
        st.integers(1, 5),
        st.integers(1, 3),
        st.integers(0, 2),
        st.integers(1, 2),
    )
    units, dilations = (
        (st.integers(1, 4) if kind == "conv" else st.just(0)),
        (st.just(1) if kind == "avgpool" else dilations),
    )
    return st.builds(Layer, st.just(kind), units, kernels, strides, paddings, dilations)


LAYERS = st.one_of(
    *map(windows, ("conv", "maxpool", "avgpool")),
    st.builds(Layer, st.sampled_from(PLAIN)),
    st.builds(lambda share: Layer("dropout", share=share), st.sampled_from((0.0, 0.3, 0.95))),
    st.builds(lambda units: Layer("linear", units), st.integers(1, 9)),
)


@settings(deadline=None)
@given(st.lists(LAYERS, max_size=8), st.sampled_from([(1, 16, 16), (3, 12, 17), (1, 40)]))
def test_a_stack_is_what_torch_makes_of_it_or_is_refused_where_it_breaks(layers, input_shape):
    layers = tuple(layers)
    assert parse_stack(stack_text(layers)) == layers
    x = torch.zeros(2, *input_shape)
    try:
        reports = describe_stack(layers, input_shape)
    except StackError as refusal:
        broken = refusal.values["layer"] - 1
    else:
        broken = None
    if broken is not None:
        before = build_stack(layers[:broken], input_shape)(x)
        with pytest.raises((RuntimeError, ValueError)):
            refused(layers[broken], before)
        return
    for report, module, layer in zip(reports, build_stack(layers, input_shape), layers, strict=True):
        x = module(x)
        assert tuple(x.shape[1:]) == report.shape
        assert report.n_values == math.prod(report.shape)
        assert sum(weight.numel() for weight in module.parameters()) == report.n_parameters
        assert report.name == layer.text


def refused(layer: Layer, x: torch.Tensor) -> None:
    """What torch says to it; a window on flattened numbers, or a linear layer on a picture, it would take amiss."""
    if (layer.kind == "linear") == (x.ndim > 2) and layer.kind in ("linear", "conv", "maxpool", "avgpool"):
        raise RuntimeError
    build(layer, tuple(x.shape[1:]))(x)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.one_of(windows("conv"), st.just(Layer("relu"))), max_size=5), st.integers(1, 20))
def test_multiply_adds_are_half_of_what_torch_counts(layers, n_units):
    layers = (*layers, Layer("flatten"), Layer("linear", n_units))
    try:
        reports = describe_stack(layers, (2, 20, 20))
    except StackError:
        return
    with FlopCounterMode(display=False) as counter:
        build_stack(layers, (2, 20, 20))(torch.zeros(1, 2, 20, 20))
    assert counter.get_total_flops() == 2 * sum(report.n_multiply_adds for report in reports)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.one_of(windows("conv"), windows("avgpool")), min_size=1, max_size=4), st.integers(0, 9))
def test_the_receptive_field_is_where_the_gradient_reaches(layers, seed):
    """Without padding, the pixels between the first and the last with a gradient; with it, no more than those."""
    side = 120
    layers = tuple(Layer(one.kind, one.units, one.kernel, one.stride, 0, one.dilation) for one in layers)
    try:
        reports = describe_stack(layers, (1, side, side))
    except StackError:
        return
    torch.manual_seed(seed)
    x = torch.zeros(1, 1, side, side, requires_grad=True)
    net = build_stack(layers, (1, side, side))
    for weight in net.parameters():
        weight.data.abs_().add_(0.1)
    net(x)[0, 0, 0, 0].backward()
    reached = x.grad[0, 0].abs().sum(0).nonzero().flatten()
    assert int(reached.max() - reached.min()) + 1 == reports[-1].receptive_field
    if min(reports[-1].shape[1:]) > 1:
        x.grad = None
        net(x)[0, 0, 0, 1].backward()
        assert int(x.grad[0, 0].abs().sum(0).nonzero().min() - reached.min()) == reports[-1].jump


def test_lenet():
    reports = describe_stack(parse_stack(LENET), (1, 28, 28))
    assert [report.shape for report in reports][:7] == [
        (6, 28, 28),
        (6, 28, 28),
        (6, 14, 14),
        (16, 10, 10),
        (16, 10, 10),
        (16, 5, 5),
        (400,),
    ]
    assert sum(report.n_parameters for report in reports) == 61_706
    assert [report.receptive_field for report in reports][:7] == [5, 5, 6, 14, 14, 16, 32]


def test_a_stack_is_written_in_one_way():
    assert stack_text(parse_stack(" CONV 8 5 s1 p2 ; ReLU-maxpool 2 s2;maxpool 3 s2 p1-Dropout 0.30;;linear 10")) == (
        "conv 8 5 p2-relu-maxpool 2-maxpool 3 s2 p1-dropout 0.3-linear 10"
    )
    assert parse_stack("conv 8 3 d2 s2")[0] == Layer("conv", 8, 3, 2, 0, 2)
    assert parse_stack("") == ()
    assert set(ACTIVATION_LAYERS) == set(ACTIVATIONS)


@pytest.mark.parametrize(
    ("text", "code", "layer"),
    [
        ("conv 8 3-blur 3", "layer_unknown", 2),
        ("conv 8", "layer_numbers", 1),
        ("relu-relu 3", "layer_numbers", 2),
        ("conv 8 3 x2", "layer_numbers", 1),
        ("conv 8 3 s", "layer_numbers", 1),
        ("avgpool 2 d2", "layer_numbers", 1),
        ("dropout", "layer_numbers", 1),
        ("dropout nan", "layer_numbers", 1),
        ("dropout 0.955", "layer_between", 1),
        ("conv 1_0 3", "layer_numbers", 1),
        ("dropout 1", "layer_between", 1),
        ("linear 99999", "layer_between", 1),
        ("conv 8 12", "layer_between", 1),
        ("conv 8 3 s0", "layer_between", 1),
        ("-".join(["relu"] * (MAX_LAYERS + 1)), "too_many_layers", 13),
    ],
)
def test_a_text_that_is_no_stack(text, code, layer):
    with pytest.raises(StackError) as caught:
        parse_stack(text)
    assert (caught.value.code, caught.value.values["layer"]) == (code, layer)


@pytest.mark.parametrize(
    ("text", "code", "layer"),
    [
        ("conv 8 5-maxpool 2-conv 8 11", "window_too_large", 3),
        ("relu-maxpool 3 p2", "pool_padding", 2),
        ("flatten-conv 8 3", "layer_after_flatten", 2),
        ("relu-linear 10", "layer_before_flatten", 2),
    ],
)
def test_a_stack_that_does_not_fit(text, code, layer):
    with pytest.raises(StackError) as caught:
        describe_stack(parse_stack(text), (1, 8, 8))
    assert (caught.value.code, caught.value.values["layer"]) == (code, layer)
    assert caught.value.values["value"] == parse_stack(text)[layer - 1].text


@given(st.text(max_size=60))
def test_any_text_is_a_stack_or_an_error(text):
    try:
        layers = parse_stack(text)
    except StackError:
        return
    assert parse_stack(stack_text(layers)) == layers
