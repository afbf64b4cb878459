"""The tiny reverse-mode engine against published numbers, autograd and central differences."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlcore.functions.expressions import EXPRESSIONS
from dlcore.functions.graph import (
    OPERATIONS,
    Node,
    backward,
    descend,
    difference,
    differences,
    evaluate,
    explain_difference,
    leaf_places,
    weight_places,
)
from dlcore.models.graph_autograd import TORCH_OPERATIONS, autograd_gradients

ALL = pytest.mark.parametrize("name", EXPRESSIONS)
H = 1e-5


def leaves(name: str) -> dict[str, float]:
    """The leaves' gradients by name, at the starting numbers."""
    graph = EXPRESSIONS[name].graph
    gradients = backward(graph, evaluate(graph, EXPRESSIONS[name].numbers))
    return {graph[place].name: gradients[place] for place in leaf_places(graph)}


def test_micrograds_published_numbers():
    expression = EXPRESSIONS["micrograd"]
    assert f"{evaluate(expression.graph, expression.numbers)[-1]:.4f}" == "24.7041"
    assert {name: f"{gradient:.4f}" for name, gradient in leaves("micrograd").items()} == {
        "a": "138.8338",
        "b": "645.5773",
    }


def test_baydins_published_numbers():
    """Tables 2 and 3: y = 11.652, ∂y/∂x₁ = 5.5, ∂y/∂x₂ = 1.716 at (2, 5)."""
    expression = EXPRESSIONS["baydin"]
    assert evaluate(expression.graph, expression.numbers)[-1] == pytest.approx(11.652, abs=5e-4)
    assert leaves("baydin") == pytest.approx({"x₁": 5.5, "x₂": 1.716}, abs=5e-4)


def test_the_unfolded_sigmoid_has_the_sigmoids_closed_form():
    """∂f/∂z = f(1 − f), whatever the nodes on the way; the numbers of the CS231n notes: 0.73 and 0.2."""
    expression = EXPRESSIONS["unfolded_sigmoid"]
    f = evaluate(expression.graph, expression.numbers)[-1]
    assert f == pytest.approx(0.73, abs=5e-3)
    assert leaves("unfolded_sigmoid") == pytest.approx(
        {name: f * (1 - f) * factor for name, factor in {"x₀": 2, "x₁": -3, "w₀": -1, "w₁": -2, "w₂": 1}.items()}
    )


def test_the_logits_gradient_of_sigmoid_and_bce_is_p_minus_y():
    expression = EXPRESSIONS["neuron_bce"]
    values = evaluate(expression.graph, expression.numbers)
    z = next(place for place, node in enumerate(expression.graph) if node.name == "z")
    assert backward(expression.graph, values)[z] == pytest.approx(1 / (1 + math.exp(-values[z])) - 0.0)


@ALL
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_gradients_agree_with_autograd(name, data):
    graph = EXPRESSIONS[name].graph
    at = data.draw(st.lists(st.floats(-3, 3), min_size=len(leaf_places(graph)), max_size=len(leaf_places(graph))))
    values = evaluate(graph, at)
    gradients = backward(graph, values)
    if all(map(math.isfinite, [*values, *gradients])):
        assert gradients == pytest.approx(autograd_gradients(graph, at), rel=1e-9, abs=1e-9)  # of sums up to 1e9


@ALL
def test_gradients_agree_with_central_differences(name):
    """Within 1e-6 at the starting numbers, except where a ReLU stands exactly on its kink."""
    graph, at = EXPRESSIONS[name].graph, EXPRESSIONS[name].numbers
    values = evaluate(graph, at)
    gradients, found = backward(graph, values), differences(graph, at, values, H)
    said = [explain_difference(graph, at, values, place, gradients[place], H) for place in range(len(graph))]
    assert set(said) == ({"agree", "kink"} if name == "kink" else {"agree"})
    for verdict, gradient, other in zip(said, gradients, found, strict=True):
        assert (verdict == "agree") == (abs(gradient - other) <= 1e-6 * max(1, abs(gradient)))


def test_on_its_kink_a_relu_has_gradient_0_and_a_difference_between_both_slopes():
    graph = (Node("z", "leaf", role="weight"), Node("y", "relu", (0,)))
    assert backward(graph, evaluate(graph, [0.0]))[0] == 0.0
    assert difference(graph, [0.0], [0.0, 0.0], 0, H) == pytest.approx(0.5)
    assert explain_difference(graph, [0.0], [0.0, 0.0], 0, 0.0, H) == "kink"


@pytest.mark.parametrize(("h", "why"), [(0.1, "curvature"), (1e-5, "agree"), (1e-11, "rounding")])
def test_the_step_of_a_difference_can_be_too_long_and_too_short(h, why):
    graph, at = EXPRESSIONS["baydin"].graph, EXPRESSIONS["baydin"].numbers
    values = evaluate(graph, at)
    assert explain_difference(graph, at, values, 0, 5.5, h) == why


def test_what_is_not_defined_is_nan_and_said_so():
    graph = EXPRESSIONS["baydin"].graph
    values = evaluate(graph, [-1.0, 2.0])
    assert math.isnan(values[-1])
    assert explain_difference(graph, [1e-6, 2.0], evaluate(graph, [1e-6, 2.0]), 0, 1e6, H) == "undefined"
    assert not math.isfinite(evaluate((Node("x", "leaf"), Node("y", "exp", (0,))), [1000.0])[-1])


def test_an_update_moves_the_weights_alone():
    graph, at = EXPRESSIONS["linear"].graph, EXPRESSIONS["linear"].numbers
    gradients = backward(graph, evaluate(graph, at))
    moved = descend(graph, at, gradients, 0.1)
    names = {graph[place].name: moved[number] for number, place in enumerate(leaf_places(graph))}
    assert names == pytest.approx({"x": 1.5, "w": -1 + 0.1 * 6, "b": 0.5 + 0.1 * 4, "t": 1.0})


@ALL
def test_graphs_are_in_order_and_complete(name):
    graph, numbers = EXPRESSIONS[name].graph, EXPRESSIONS[name].numbers
    assert len(leaf_places(graph)) == len(numbers)
    assert weight_places(graph)
    assert len({node.name for node in graph}) == len(graph)
    for place, node in enumerate(graph):
        assert all(parent < place for parent in node.parents)
        assert node.op == "leaf" or node.op in OPERATIONS
        assert node.role != "error" or all(later.role in ("error", "target") for later in graph[place:])


def test_every_operation_has_its_counterpart_in_torch():
    assert set(OPERATIONS) == set(TORCH_OPERATIONS)
    assert np.isclose(OPERATIONS["softplus"].value((800.0,), ()), 800.0)
    assert OPERATIONS["sigmoid"].value((-800.0,), ()) == 0.0
