"""Convolution and pooling against torch's, for kernels 1–7, stride 1–4, padding 0–6, dilation 1–3."""

from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st

from dlcore.errors import ShapeError
from dlcore.functions.convolution import avg_pool2d, conv2d, max_pool2d, output_size

KERNELS, STRIDES, PADDINGS, DILATIONS = st.integers(1, 7), st.integers(1, 4), st.integers(0, 6), st.integers(1, 3)
SIDES = st.integers(1, 20)
SEEDS = st.integers(0, 2**32 - 1)


def draw(seed: int, *shape: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=shape)


@settings(deadline=None)
@given(SEEDS, SIDES, SIDES, st.integers(1, 4), st.integers(1, 4), KERNELS, STRIDES, PADDINGS, DILATIONS)
def test_convolution_is_that_of_torch(seed, height, width, n_in, n_out, kernel, stride, padding, dilation):
    x, weight, bias = draw(seed, 2, n_in, height, width), draw(seed, n_out, n_in, kernel, kernel), draw(seed, n_out)
    window = dilation * (kernel - 1) + 1
    if window > min(height, width) + 2 * padding:
        with pytest.raises(ShapeError) as caught:
            conv2d(x, weight, bias, stride, padding, dilation)
        assert caught.value.code == "window_too_large"
        assert caught.value.values["window"] == window
        assert caught.value.values["padded"] in (height + 2 * padding, width + 2 * padding)
        return
    wanted = F.conv2d(*map(torch.tensor, (x, weight, bias)), stride=stride, padding=padding, dilation=dilation)
    found = conv2d(x, weight, bias, stride, padding, dilation)
    np.testing.assert_allclose(found, wanted.numpy(), rtol=1e-9, atol=1e-11)
    places = [output_size(side, kernel, stride, padding, dilation) for side in (height, width)]
    assert list(found.shape[2:]) == places


@settings(deadline=None)
@given(SEEDS, SIDES, SIDES, KERNELS, STRIDES, PADDINGS, DILATIONS)
def test_max_pooling_is_that_of_torch(seed, height, width, kernel, stride, padding, dilation):
    x = draw(seed, 3, height, width)
    if padding > kernel // 2 or dilation * (kernel - 1) + 1 > min(height, width) + 2 * padding:
        with pytest.raises(ShapeError):
            max_pool2d(x, kernel, stride, padding, dilation)
        with pytest.raises(RuntimeError):
            F.max_pool2d(torch.tensor(x), kernel, stride, padding, dilation)
        return
    wanted = F.max_pool2d(torch.tensor(x), kernel, stride, padding, dilation)
    np.testing.assert_array_equal(max_pool2d(x, kernel, stride, padding, dilation), wanted.numpy())


@settings(deadline=None)
@given(SEEDS, SIDES, SIDES, KERNELS, STRIDES, PADDINGS)
def test_average_pooling_is_that_of_torch(seed, height, width, kernel, stride, padding):
    x = draw(seed, 3, height, width)
    if padding > kernel // 2 or kernel > min(height, width) + 2 * padding:
        with pytest.raises(ShapeError):
            avg_pool2d(x, kernel, stride, padding)
        with pytest.raises(RuntimeError):
            F.avg_pool2d(torch.tensor(x), kernel, stride, padding)
        return
    wanted = F.avg_pool2d(torch.tensor(x), kernel, stride, padding)
    np.testing.assert_allclose(avg_pool2d(x, kernel, stride, padding), wanted.numpy(), rtol=1e-9, atol=1e-12)


def test_a_pooling_moves_by_its_size_if_nothing_else_is_said():
    x = draw(0, 1, 8, 9)
    np.testing.assert_array_equal(max_pool2d(x, 3), F.max_pool2d(torch.tensor(x), 3).numpy())
    assert avg_pool2d(x, 4).shape == (1, 2, 2)


def test_refusals_tell_their_numbers():
    with pytest.raises(ShapeError) as caught:
        output_size(5, 4, 1, 1, 3)
    values = {"n": 5, "padding": 1, "padded": 7, "kernel": 4, "dilation": 3, "window": 10}
    assert (caught.value.code, caught.value.values) == ("window_too_large", values)
    with pytest.raises(ShapeError) as caught:
        max_pool2d(draw(0, 1, 9, 9), 3, padding=2)
    assert (caught.value.code, caught.value.values) == ("pool_padding", {"padding": 2, "kernel": 3, "high": 1})
    with pytest.raises(ShapeError) as caught:
        conv2d(draw(0, 2, 9, 9), draw(0, 4, 3, 3, 3))
    assert (caught.value.code, caught.value.values) == ("channels", {"value": 2, "expected": 3})


def test_a_shift_of_the_picture_shifts_the_map_and_not_always_the_pooled_one():
    x = np.zeros((1, 24, 24))
    x[:, 6:16, 6:16] = draw(1, 1, 10, 10)
    moved, weight = np.roll(x, 1, axis=-1), draw(2, 1, 1, 3, 3)
    map_, moved_map = conv2d(x, weight, padding=1), conv2d(moved, weight, padding=1)
    np.testing.assert_allclose(np.roll(map_, 1, axis=-1), moved_map, atol=1e-12)
    assert np.abs(max_pool2d(map_, 2) - max_pool2d(moved_map, 2)).max() > 0.1
    twice = conv2d(np.roll(x, 2, axis=-1), weight, padding=1)
    np.testing.assert_allclose(np.roll(max_pool2d(map_, 2), 1, axis=-1), max_pool2d(twice, 2), atol=1e-12)
