"""A multilayer perceptron with as many parameters as another net, for a comparison that is fair in this respect."""

from __future__ import annotations

import itertools

CLOSE = 0.005  # of the wanted number: near enough with one hidden layer


def count_parameters(sizes: tuple[int, ...]) -> int:
    """Weights and biases of a fully connected net with these layer sizes, inputs and outputs included."""
    return sum((n_in + 1) * n_out for n_in, n_out in itertools.pairwise(sizes))


def equal_hidden_sizes(n_parameters: int, n_inputs: int, n_outputs: int) -> tuple[int, ...]:
    """The hidden sizes with which a perceptron has as nearly as possible `n_parameters`; one layer if that is close.

    With many inputs one unit more is a large jump; a second layer evens that out.
    """
    one = (max(1, round((n_parameters - n_outputs) / (n_inputs + 1 + n_outputs))),)
    candidates: list[tuple[int, ...]] = [one]
    for first in range(max(1, one[0] // 2), one[0] + 1):
        second = round((n_parameters - (n_inputs + 1) * first - n_outputs) / (first + 1 + n_outputs))
        candidates += [(first, second)] if second >= 1 else []

    def off(hidden: tuple[int, ...]) -> float:
        return abs(count_parameters((n_inputs, *hidden, n_outputs)) / n_parameters - 1)

    return one if off(one) <= CLOSE else min(candidates, key=off)


def equal_mlp(n_parameters: int, n_inputs: int, n_outputs: int) -> str:
    """Such a perceptron with ReLU, as the layer builder writes it."""
    hidden = [f"linear {units}-relu" for units in equal_hidden_sizes(n_parameters, n_inputs, n_outputs)]
    return "-".join(["flatten", *hidden, f"linear {n_outputs}"])
