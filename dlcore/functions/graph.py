"""Reverse-mode differentiation on a graph of plain numbers: values forwards, gradients backwards, one node at a time.

A graph is a tuple of nodes in topological order; the last one is the output. Its leaves get numbers, everything else
is computed. An operation says its value and its local derivatives, nothing more: the chain rule does the rest.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

Numbers = tuple[float, ...]

AGREEMENT = 1e-6  # a gradient and its check agree within this share of max(1, |gradient|)
UNIT_ROUNDOFF = 2.0**-53  # relative error of one float64 operation


@dataclass(frozen=True)
class Node:
    """One number of the graph.

    `op` is "leaf" or a name in `OPERATIONS`, `parents` the places of what goes into it, `constants` the operation's own
    numbers. `role` is input, weight or target for a leaf, hidden or error for what is computed; the errors come last.
    """

    name: str
    op: str
    parents: tuple[int, ...] = ()
    constants: Numbers = ()
    role: str = "hidden"


Graph = tuple[Node, ...]


@dataclass(frozen=True)
class Operation:
    """The value from arguments and constants; `slopes`, one local derivative for each argument, knows the value too."""

    value: Callable[[Numbers, Numbers], float]
    slopes: Callable[[Numbers, float, Numbers], Numbers]


def logistic(z: float) -> float:
    """1 / (1 + e⁻ᶻ), without overflow."""
    if z >= 0:
        return 1 / (1 + math.exp(-z))
    small = math.exp(z)
    return small / (1 + small)


def soft_plus(z: float) -> float:
    """ln(1 + eᶻ), without overflow."""
    return max(z, 0.0) + math.log1p(math.exp(-abs(z)))


def weighted_sum(x: Numbers, constants: Numbers) -> float:
    """Σ cᵢ xᵢ, plus the last constant."""
    *factors, offset = constants
    return sum(factor * value for factor, value in zip(factors, x, strict=True)) + offset


OPERATIONS: dict[str, Operation] = {
    "sum": Operation(weighted_sum, lambda x, y, c: c[:-1]),
    "mul": Operation(lambda x, c: x[0] * x[1], lambda x, y, c: (x[1], x[0])),
    "square": Operation(lambda x, c: x[0] * x[0], lambda x, y, c: (2 * x[0],)),
    "cube": Operation(lambda x, c: x[0] * x[0] * x[0], lambda x, y, c: (3 * x[0] * x[0],)),
    "over": Operation(lambda x, c: c[0] / x[0], lambda x, y, c: (-c[0] / (x[0] * x[0]),)),
    "exp": Operation(lambda x, c: math.exp(x[0]), lambda x, y, c: (y,)),
    "log": Operation(lambda x, c: math.log(x[0]), lambda x, y, c: (1 / x[0],)),
    "sin": Operation(lambda x, c: math.sin(x[0]), lambda x, y, c: (math.cos(x[0]),)),
    "tanh": Operation(lambda x, c: math.tanh(x[0]), lambda x, y, c: (1 - y * y,)),
    "sigmoid": Operation(lambda x, c: logistic(x[0]), lambda x, y, c: (y * (1 - y),)),
    "softplus": Operation(lambda x, c: soft_plus(x[0]), lambda x, y, c: (logistic(x[0]),)),
    "relu": Operation(lambda x, c: max(x[0], 0.0), lambda x, y, c: (1.0 if x[0] > 0 else 0.0,)),  # 0 at 0, a convention
}


def leaf_places(graph: Graph) -> tuple[int, ...]:
    """Where the leaves are; numbers for a graph are given in this order."""
    return tuple(place for place, node in enumerate(graph) if node.op == "leaf")


def weight_places(graph: Graph) -> tuple[int, ...]:
    """Where the leaves are that an update moves."""
    return tuple(place for place, node in enumerate(graph) if node.role == "weight")


def evaluate(graph: Graph, numbers: Sequence[float], held: Mapping[int, float] | None = None) -> list[float]:
    """Every node's value, forwards; a node in `held` has that value, whatever goes into it.

    What is not defined (a logarithm of −1, a division by 0) or too large is NaN, and so is all that follows from it.
    """
    values: list[float] = []
    given = iter(numbers)
    for place, node in enumerate(graph):
        value = next(given) if node.op == "leaf" else _value(node, values)
        values.append((held or {}).get(place, value))
    return values


def _value(node: Node, values: Sequence[float]) -> float:
    try:
        return OPERATIONS[node.op].value(tuple(values[parent] for parent in node.parents), node.constants)
    except (ArithmeticError, ValueError):
        return math.nan


def local_derivatives(graph: Graph, values: Sequence[float]) -> list[Numbers]:
    """For every node ∂(node)/∂(parent), one for each parent; () for a leaf."""
    return [() if node.op == "leaf" else _slopes(node, values, values[place]) for place, node in enumerate(graph)]


def _slopes(node: Node, values: Sequence[float], value: float) -> Numbers:
    try:
        return OPERATIONS[node.op].slopes(tuple(values[parent] for parent in node.parents), value, node.constants)
    except (ArithmeticError, ValueError):
        return (math.nan,) * len(node.parents)


def uses(graph: Graph) -> list[list[tuple[int, int]]]:
    """For every node, who uses it: (place of the user, which of its arguments), a pair for every use."""
    found: list[list[tuple[int, int]]] = [[] for _ in graph]
    for place, node in enumerate(graph):
        for argument, parent in enumerate(node.parents):
            found[parent].append((place, argument))
    return found


def backward(graph: Graph, values: Sequence[float]) -> list[float]:
    """∂(output)/∂(node) for every node: 1 for the output, else the sum over its uses of local derivative × upstream."""
    local = local_derivatives(graph, values)
    users = uses(graph)
    gradients = [0.0] * len(graph)
    gradients[-1] = 1.0
    for place in range(len(graph) - 2, -1, -1):
        gradients[place] = sum(local[user][argument] * gradients[user] for user, argument in users[place])
    return gradients


def difference(graph: Graph, numbers: Sequence[float], values: Sequence[float], place: int, h: float) -> float:
    """The central difference (L(v + h) − L(v − h)) / 2h in one node's value v; all that depends on it follows."""
    above, below = (evaluate(graph, numbers, {place: values[place] + step})[-1] for step in (h, -h))
    return (above - below) / (2 * h)


def differences(graph: Graph, numbers: Sequence[float], values: Sequence[float], h: float) -> list[float]:
    """The central difference of the output in every node's value."""
    return [difference(graph, numbers, values, place, h) for place in range(len(graph))]


def explain_difference(
    graph: Graph, numbers: Sequence[float], values: Sequence[float], place: int, gradient: float, h: float
) -> str:
    """Why a gradient and its central difference are as they are.

    "agree"; "undefined": the function has no value on one side; "kink": a ReLU switches between v − h and v + h, so the
    difference averages two slopes; "rounding": the two outputs differ in their last digits only; "curvature": the step
    is too long, the error is about h² times a third derivative.
    """
    found = difference(graph, numbers, values, place, h)
    gap = abs(found - gradient)
    if math.isnan(gap):
        return "undefined"
    if gap <= AGREEMENT * max(1.0, abs(gradient)):
        return "agree"
    sides = [evaluate(graph, numbers, {place: values[place] + step}) for step in (-h, 0.0, h)]
    if any(first != second for first, second in pairwise(_switches(graph, side) for side in sides)):
        return "kink"
    largest = max(abs(value) for value in (*values, 1.0))
    return "rounding" if gap <= 8 * UNIT_ROUNDOFF * largest / h else "curvature"


def _switches(graph: Graph, values: Sequence[float]) -> list[int]:
    """For every ReLU, the sign of what goes into it: −1, 0 or 1."""
    arguments = (values[node.parents[0]] for node in graph if node.op == "relu")
    return [(x > 0) - (x < 0) for x in arguments]


def descend(graph: Graph, numbers: Sequence[float], gradients: Sequence[float], learning_rate: float) -> list[float]:
    """The leaves' numbers after one update w ← w − η ∂L/∂w of the weights; inputs and targets stay."""
    weights = set(weight_places(graph))
    return [
        number - learning_rate * gradients[place] if place in weights else number
        for number, place in zip(numbers, leaf_places(graph), strict=True)
    ]
