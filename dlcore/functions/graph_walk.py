"""Forward, error, gradients, update: one graph differentiated on paper, as a record that a browser can step through."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from dlcore.functions.expressions import Expression
from dlcore.functions.graph import (
    Graph,
    Node,
    backward,
    difference,
    evaluate,
    explain_difference,
    local_derivatives,
    uses,
    weight_places,
)
from dlcore.functions.graph_layout import lay_out

Verdict = Literal["right", "sign", "one_branch", "only_local", "no_product", "wrong"]

TOLERANCE, ROUNDED = 0.01, 0.005  # a typed number counts if it is off by at most 1 %, or by half of its second decimal


def record_walk(expression: Expression, numbers: Sequence[float], learning_rate: float, h: float) -> dict[str, Any]:
    """Everything that one pass computes: `nodes`, `edges` (one for every use) and `steps` (phase and node), JSON-ready.

    What is not defined is None.
    """
    graph = expression.graph
    values = evaluate(graph, numbers)
    gradients = backward(graph, values)
    return {
        "nodes": _nodes(graph, numbers, values, gradients, h),
        "edges": _edges(graph, values, gradients),
        "steps": [{"phase": phase, "node": place} for phase, place in find_steps(graph)],
        "updates": {
            str(place): _finite(values[place] - learning_rate * gradients[place]) for place in weight_places(graph)
        },
        "learning_rate": learning_rate,
        "h": h,
    }


def find_steps(graph: Graph) -> list[tuple[str, int]]:
    """What happens in which order: (forward | error | gradients | update, place of the node)."""
    computed = [place for place, node in enumerate(graph) if node.parents]
    steps = [("error" if graph[place].role == "error" else "forward", place) for place in computed]
    steps.sort(key=lambda step: step[0] == "error")
    steps += [("gradients", place) for place in reversed(range(len(graph)))]
    return steps + [("update", place) for place in weight_places(graph)]


def _nodes(
    graph: Graph, numbers: Sequence[float], values: Sequence[float], gradients: Sequence[float], h: float
) -> list[dict[str, Any]]:
    places = lay_out(graph)
    return [
        {
            "name": node.name,
            "role": node.role,
            "op": node.op,
            "formula": formula(graph, node),
            "filled": formula(graph, node, [say(value) for value in values]),
            "value": _finite(values[place]),
            "gradient": _finite(gradients[place]),
            "difference": _finite(difference(graph, numbers, values, place, h)),
            "verdict": explain_difference(graph, numbers, values, place, gradients[place], h),
            "column": places[place][0],
            "row": places[place][1],
        }
        for place, node in enumerate(graph)
    ]


def _edges(graph: Graph, values: Sequence[float], gradients: Sequence[float]) -> list[dict[str, Any]]:
    local = local_derivatives(graph, values)
    return [
        {
            "from": place,
            "to": user,
            "symbol": local_symbol(graph, graph[user], argument),
            "local": _finite(local[user][argument]),
            "product": _finite(local[user][argument] * gradients[user]),
        }
        for place, users in enumerate(uses(graph))
        for user, argument in users
    ]


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


# --- in words


def say(value: float) -> str:
    """Five significant digits, a true minus sign."""
    return f"{value:.5g}".replace("e-0", "e-").replace("e+0", "e").replace("-", "−")


def bracketed(text: str) -> str:
    """A negative number, or a name that is a sum, in brackets."""
    return f"({text})" if text.startswith("−") or "+" in text or "−" in text[1:] else text


def formula(graph: Graph, node: Node, words: Sequence[str] | None = None) -> str:
    """The operation as it is written, with the parents' names or other `words` for every node."""
    if node.op == "leaf":
        return ""
    of = [bracketed(words[parent] if words else graph[parent].name) for parent in node.parents]
    plain = of[0].strip("()")
    if node.op == "sum":
        return _written_sum(of, node.constants)
    return {
        "mul": lambda: " · ".join(of),
        "square": lambda: f"{of[0]}²",
        "cube": lambda: f"{of[0]}³",
        "over": lambda: f"{say(node.constants[0])} / {of[0]}",
        "exp": lambda: f"exp({plain})",
        "log": lambda: f"ln({plain})",
        "sin": lambda: f"sin({plain})",
        "tanh": lambda: f"tanh({plain})",
        "sigmoid": lambda: f"σ({plain})",
        "softplus": lambda: f"ln(1 + exp({plain}))",
        "relu": lambda: f"relu({plain})",
    }[node.op]()


def _written_sum(of: Sequence[str], constants: Sequence[float]) -> str:
    *factors, offset = constants
    terms = []
    for factor, word in zip(factors, of, strict=True):
        size = "" if abs(factor) == 1 else f"{say(abs(factor))}·"
        terms.append(("−" if factor < 0 else "+", f"{size}{word}"))
    if offset:
        terms.append(("−" if offset < 0 else "+", say(abs(offset))))
    first_sign, first = terms[0]
    return ("−" if first_sign == "−" else "") + first + "".join(f" {sign} {term}" for sign, term in terms[1:])


def local_symbol(graph: Graph, user: Node, argument: int) -> str:
    """∂(user)/∂(argument) as a formula."""
    name = bracketed(graph[user.parents[argument]].name)
    if user.op == "mul":
        return graph[user.parents[1 - argument]].name
    if user.op == "sum":
        return say(user.constants[argument])
    return {
        "square": f"2{name}",
        "cube": f"3{name}²",
        "over": f"−{say(user.constants[0]) if user.constants else 1} / {name}²",
        "exp": user.name,
        "log": f"1 / {name}",
        "sin": f"cos {name}",
        "tanh": f"1 − {user.name}²",
        "sigmoid": f"{user.name}(1 − {user.name})",
        "softplus": f"σ({name.strip('()')})",
        "relu": f"1 if {name} > 0 else 0",
    }[user.op]


# --- predicted by the reader


def askable(walk: Mapping[str, Any]) -> list[int]:
    """The nodes whose gradient can be asked for, from the output backwards: all but the output itself."""
    return [step["node"] for step in walk["steps"] if step["phase"] == "gradients"][1:]


def branches(walk: Mapping[str, Any], place: int) -> list[dict[str, Any]]:
    """The uses of a node, each with local derivative, upstream gradient and their product."""
    return [
        {**edge, "upstream": walk["nodes"][edge["to"]]["gradient"]} for edge in walk["edges"] if edge["from"] == place
    ]


def judge(walk: Mapping[str, Any], place: int, typed: float) -> Verdict:
    """Whether a typed gradient is right, and if not, which usual slip would give it."""
    right = walk["nodes"][place]["gradient"]
    parts = branches(walk, place)
    if _is_near(typed, right):
        return "right"
    if _is_near(typed, -right):
        return "sign"
    if len(parts) > 1 and any(_is_near(typed, part["product"]) for part in parts):
        return "one_branch"
    if _is_near(typed, sum(part["local"] for part in parts)):
        return "only_local"
    if len(parts) == 1 and _is_near(typed, parts[0]["upstream"]):
        return "no_product"
    return "wrong"


def _is_near(typed: float, right: float) -> bool:
    return abs(typed - right) <= max(ROUNDED, TOLERANCE * abs(right))
