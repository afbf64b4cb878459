"""Perceptrons of equal size: counted independently by the layer arithmetic."""

from __future__ import annotations

import pytest

from dlcore.functions.equal_parameters import count_parameters, equal_hidden_sizes, equal_mlp
from dlcore.functions.layer_arithmetic import describe_stack, parse_stack
from dlcore.functions.stack_parts import answer_of, conv_numbers


@pytest.mark.parametrize("shape", [(1, 8, 8), (1, 14, 14), (1, 28, 28), (1, 40)])
@pytest.mark.parametrize("n_parameters", [6090, 11274, 61706])
def test_within_two_percent_whatever_the_inputs(shape: tuple[int, ...], n_parameters: int) -> None:
    stack = parse_stack(equal_mlp(n_parameters, shape[1] * (shape[2] if len(shape) > 2 else 1), 10))
    counted = sum(report.n_parameters for report in describe_stack(stack, shape))
    assert counted == pytest.approx(n_parameters, rel=0.02)


def test_one_layer_where_one_is_enough() -> None:
    assert equal_hidden_sizes(count_parameters((64, 81, 10)), 64, 10) == (81,)
    assert equal_hidden_sizes(1, 64, 10) == (1,)


def test_the_answer_of_a_convolution_includes_norm_and_activation() -> None:
    layers = parse_stack("conv 8 3-batchnorm-relu-maxpool 2-conv 8 3-dropout 0.5-flatten-linear 10")
    assert conv_numbers(layers) == [0, 4]
    assert [answer_of(layers, number) for number in (0, 4, 7)] == [2, 4, 7]
