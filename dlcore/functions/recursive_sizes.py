"""How many parameters a recursive network has, and how wide a plain one is that has as many as one with a tensor."""

from __future__ import annotations

import math


def count_parameters(n_words: int, n_units: int, n_classes: int, has_tensor: bool) -> int:
    """Numbers that one network learns."""
    shapes = part_shapes(n_words, n_units, n_classes)
    return sum(math.prod(shape) for name, shape in shapes.items() if has_tensor or name != "tensor")


def equal_width(n_words: int, n_units: int, n_classes: int) -> int:
    """The width at which a plain network has nearest to as many parameters as a tensor network of `n_units`."""
    wanted = count_parameters(n_words, n_units, n_classes, True)
    widths = range(n_units, 4 * n_units**2)
    return min(widths, key=lambda width: abs(count_parameters(n_words, width, n_classes, False) - wanted))


def part_shapes(n_words: int, n_units: int, n_classes: int) -> dict[str, tuple[int, ...]]:
    """The shapes of one network's parameters; of V's matrices the columns lie side by side."""
    both = 2 * n_units
    return {
        "vectors": (n_words, n_units),
        "weight": (both, n_units),
        "bias": (1, n_units),
        "readout": (n_units, n_classes),
        "readout_bias": (1, n_classes),
        "tensor": (both, both * n_units),
    }
