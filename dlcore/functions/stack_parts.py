"""Which outputs of a stack are worth showing: the answer of every convolution, once its activation has been applied."""

from __future__ import annotations

from collections.abc import Sequence

from dlcore.functions.layer_arithmetic import Layer

PASSED_ON = ("conv", "linear", "maxpool", "avgpool", "flatten", "dropout")  # what does not belong to the layer before


def conv_numbers(layers: Sequence[Layer]) -> list[int]:
    """The places of the convolutions, counted from 0."""
    return [number for number, layer in enumerate(layers) if layer.kind == "conv"]


def answer_of(layers: Sequence[Layer], number: int) -> int:
    """The layer at which the answer of layer `number` is complete: its own, or that of the batch norm or activation
    which follows at once.
    """
    while number + 1 < len(layers) and layers[number + 1].kind not in PASSED_ON:
        number += 1
    return number
