"""The neuron's JavaScript, run in a real browser without a page around it, against numpy."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

from dlcore.functions.activations import ACTIVATIONS
from ui.components import neuron
from ui.text import read_labels

SCRIPTS = "\n".join((neuron.HERE / name).read_text(encoding="utf-8") for name in ("activations.js", "neuron_state.js"))
X = [*np.linspace(-12, 12, 481).tolist(), -1e4, -700.0, -40.0, 40.0, 700.0, 1e4]


def test_it_knows_the_same_activations_in_the_same_order():
    block = SCRIPTS.split("const ACTIVATION_FUNCTIONS = {")[1].split("\n};")[0]
    assert re.findall(r"^  (\w+)[:,]", block, re.MULTILINE) == list(ACTIVATIONS)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_word_it_asks_for_is_there(language):
    asked = set(re.findall(r"words\.(neuron_\w+)", neuron.JS)) | set(re.findall(r'"(neuron_\w+)"', neuron.JS))
    asked |= {f"neuron_preset_{name}" for name in ("and", "or", "not")}
    there = {key for key in read_labels(language) if key.startswith("neuron_")}
    assert asked == there


@pytest.mark.browser
def test_its_activations_are_those_of_numpy(evaluate):
    values = evaluate(f"Object.values(ACTIVATION_FUNCTIONS).map((f) => {json.dumps(X)}.map(f))")
    for found, (name, activation) in zip(values, ACTIVATIONS.items(), strict=True):
        np.testing.assert_allclose(found, activation.f(X), rtol=1e-13, atol=1e-14, err_msg=name)


@pytest.mark.browser
def test_gelu_keeps_its_digits_far_out_on_the_left(evaluate):
    x = np.linspace(-30, -1, 59).tolist()
    np.testing.assert_allclose(
        evaluate(f"{json.dumps(x)}.map(ACTIVATION_FUNCTIONS.gelu)"), ACTIVATIONS["gelu"].f(x), rtol=1e-12
    )


@pytest.mark.browser
def test_every_preset_computes_its_truth_table_and_survives_the_address_bar(evaluate):
    presets = evaluate(
        "Object.keys(PRESETS).map((name) => ({name, rows: truthTable(presetState(name)),"
        " read: parseState(stateText(presetState(name))), state: presetState(name)}))"
    )
    wanted = {"and": [0, 0, 0, 1], "or": [0, 1, 1, 1], "not": [1, 0]}
    assert {preset["name"]: [row["wanted"] for row in preset["rows"]] for preset in presets} == wanted
    for preset in presets:
        assert all(row["isRight"] for row in preset["rows"])
        assert [round(max(row["output"], 0), 2) for row in preset["rows"]] == pytest.approx(
            wanted[preset["name"]], abs=0.01
        )
        assert preset["read"] == {"state": preset["state"], "changes": []}


@pytest.mark.browser
def test_an_absurd_link_is_corrected_and_every_correction_is_told(evaluate):
    links = ["1e9,-1e9,NaN,0.25,0,,0,0,0,constructor,xor,more", "nonsense", "1.0,2,-1,0.5,0.50,0.8,1,-2,0.5,mish", ""]
    absurd, nonsense, other_digits, empty = evaluate(f"{json.dumps(links)}.map(parseState)")
    assert absurd["state"] == {"values": [3, -3, -1, 0.3, 0, 0.8, 0, 0, 0], "activation": "sigmoid", "preset": ""}
    assert [name for name, _, _ in absurd["changes"]] == ["x₁", "x₂", "x₃", "x₄", "w₂", "f", "", ""]
    assert nonsense is None
    assert empty is None
    assert other_digits["changes"] == []


@pytest.mark.browser
def test_the_sum_is_free_of_binary_rounding(evaluate):
    assert evaluate("weightedSum([0.1, 0.1, 0.1, 0, 3, 3, 3, 0, -0.9])") == 0
