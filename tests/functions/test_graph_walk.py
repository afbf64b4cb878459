"""The record that the browser steps through, and the judgement of typed gradients."""

from __future__ import annotations

import json

import pytest

from dlcore.functions.expressions import EXPRESSIONS
from dlcore.functions.graph import leaf_places, weight_places
from dlcore.functions.graph_layout import lay_out
from dlcore.functions.graph_walk import askable, branches, judge, record_walk, say

ALL = pytest.mark.parametrize("name", EXPRESSIONS)


def walk(name: str) -> dict:
    expression = EXPRESSIONS[name]
    return record_walk(expression, expression.numbers, 0.1, 1e-5)


def place(record: dict, name: str) -> int:
    return next(place for place, node in enumerate(record["nodes"]) if node["name"] == name)


@ALL
def test_every_gradient_is_the_sum_of_its_branches(name):
    record = walk(name)
    for number, node in enumerate(record["nodes"][:-1]):
        parts = branches(record, number)
        assert all(part["product"] == pytest.approx(part["local"] * part["upstream"]) for part in parts)
        assert node["gradient"] == pytest.approx(sum(part["product"] for part in parts), rel=1e-12, abs=1e-12)


@ALL
def test_steps_come_in_four_phases_and_visit_everything(name):
    record, graph = walk(name), EXPRESSIONS[name].graph
    phases = [step["phase"] for step in record["steps"]]
    assert list(dict.fromkeys(phases)) == ["forward", "error", "gradients", "update"]
    assert phases.count("gradients") == len(graph)
    assert phases.count("forward") + phases.count("error") == len(graph) - len(leaf_places(graph))
    assert phases.count("update") == len(weight_places(graph)) == len(record["updates"])
    known = set(leaf_places(graph))
    for step in record["steps"]:
        if step["phase"] in ("forward", "error"):
            assert known.issuperset(graph[step["node"]].parents)
            known.add(step["node"])
    json.dumps(record, allow_nan=False)


@ALL
def test_nodes_stand_right_of_their_parents_and_apart(name):
    graph = EXPRESSIONS[name].graph
    places = lay_out(graph)
    for number, node in enumerate(graph):
        assert all(places[parent][0] < places[number][0] for parent in node.parents)
    for first in range(len(graph)):
        for second in range(first):
            if places[first][0] == places[second][0]:
                assert abs(places[first][1] - places[second][1]) >= 0.99


def test_formulas_are_written_out():
    record = walk("micrograd")
    assert record["nodes"][place(record, "c″")]["formula"] == "c′ + c′ − a + 1"
    assert record["nodes"][place(record, "c″")]["filled"] == "(−3) + (−3) − (−4) + 1"
    assert record["nodes"][place(record, "u")]["formula"] == "10 / f"
    assert record["nodes"][place(record, "r")]["formula"] == "relu(s)"
    assert [say(value) for value in (-1e-7, 12.345678, 0.0)] == ["−1e−7", "12.346", "0"]


def test_slips_are_recognised():
    """fan_out: ∂L/∂a = (b + 1)·2e = (−3 + 1)(−10) = 20, of which 30 through the product and −10 directly."""
    record = walk("fan_out")
    a, b = place(record, "a"), place(record, "b")
    said = {typed: judge(record, a, typed) for typed in (20, 20.1, -20, 30, -10, -2, 7)}
    assert said == {
        20: "right",
        20.1: "right",
        -20: "sign",
        30: "one_branch",
        -10: "one_branch",
        -2: "only_local",
        7: "wrong",
    }
    assert judge(record, b, 2) == "only_local"
    assert judge(record, b, -10) == "no_product"
    assert judge(record, b, -20) == "right"


@ALL
def test_everything_but_the_output_can_be_asked(name):
    record = walk(name)
    asked = askable(record)
    assert sorted(asked) == list(range(len(record["nodes"]) - 1))
    assert all(judge(record, number, record["nodes"][number]["gradient"]) == "right" for number in asked)


def test_what_is_undefined_is_left_out():
    expression = EXPRESSIONS["baydin"]
    record = record_walk(expression, (1e-6, 5.0), 0.1, 1e-3)
    assert record["nodes"][0]["difference"] is None
    assert record["nodes"][0]["verdict"] == "undefined"
