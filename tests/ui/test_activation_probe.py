"""The probe's JavaScript, run in a real browser without a page around it, against numpy."""

from __future__ import annotations

import json
import math
import re

import numpy as np
import pytest
from scipy.integrate import quad

from dlcore.functions.activations import ACTIVATIONS
from tests.ui.conftest import Evaluate
from ui.components import activation_probe
from ui.text import read_labels

FILES = ("activations", "activation_calculus", "activation_formulas", "activation_probe")
SCRIPTS = "\n".join((activation_probe.HERE / f"{name}.js").read_text(encoding="utf-8") for name in FILES)
SCRIPTS = SCRIPTS.replace("export default ", "")
X = [*np.linspace(-12, 12, 241).tolist(), -1e4, -700.0, -30.0, 30.0, 700.0, 1e4]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_word_it_asks_for_is_there(language: str) -> None:
    asked = set(re.findall(r"words\.(probe_\w+)", activation_probe.JS))
    assert asked == {key for key in read_labels(language) if key.startswith("probe_")}


@pytest.mark.browser
def test_values_and_derivatives_are_those_of_numpy(evaluate: Evaluate) -> None:
    pairs = evaluate(
        f"Object.keys(DERIVATIVES).map((name) => [name, {json.dumps(X)}.map(findPair(name, defaultSlope(name)).f),"
        f" {json.dumps(X)}.map(findPair(name, defaultSlope(name)).df)])"
    )
    assert [name for name, _, _ in pairs] == list(ACTIVATIONS)
    for name, values, slopes in pairs:
        np.testing.assert_allclose(values, ACTIVATIONS[name].f(X), rtol=1e-13, atol=1e-14, err_msg=name)
        np.testing.assert_allclose(slopes, ACTIVATIONS[name].df(X), rtol=1e-12, atol=1e-14, err_msg=name)


@pytest.mark.browser
def test_free_slopes_are_those_of_numpy(evaluate: Evaluate) -> None:
    free = evaluate(
        f"Object.entries(SLOPES).map(([name, range]) => [name, range, {json.dumps(X)}.map(findPair(name, 0.6).f),"
        f" {json.dumps(X)}.map(findPair(name, 0.6).df)])"
    )
    assert {name: range[0] for name, range, _, _ in free} == {
        name: activation.slope for name, activation in ACTIVATIONS.items() if activation.slope is not None
    }
    for name, _, values, slopes in free:
        np.testing.assert_allclose(values, ACTIVATIONS[name].f(X, slope=0.6), rtol=1e-13, atol=1e-14)
        np.testing.assert_allclose(slopes, ACTIVATIONS[name].df(X, slope=0.6), rtol=1e-13, atol=1e-14)


@pytest.mark.browser
def test_the_facts_are_true(evaluate: Evaluate) -> None:
    """The mean over N(0, 1) against an integral (the grid is good to 1e-5), the ranges against the table."""
    ranges = {name: activation_probe.finite_or_none(activation.range) for name, activation in ACTIVATIONS.items()}
    facts = evaluate(
        "Object.fromEntries(Object.keys(DERIVATIVES).map((name) => { const slope = defaultSlope(name), pair ="
        " findPair(name, slope); return [name, { ...spreadFacts(pair), range: findRange(name, slope,"
        f" {json.dumps(ranges)}).map(String), shade: findShade(pair.df, 6) }}] }}))"
    )
    for name, activation in ACTIVATIONS.items():
        mean = quad(lambda z, f=activation.f: float(f(z)) * density(z), -10, 10, points=[0.0])[0]
        assert facts[name]["mean"] == pytest.approx(mean, abs=1e-5), name
        assert (abs(facts[name]["mean"]) < 1e-5) == activation.zero_centered
        said = [float(bound.replace("Infinity", "inf")) for bound in facts[name]["range"]]
        assert said == pytest.approx(activation.range)
    assert facts["relu"]["flat"] == pytest.approx(0.5, abs=1e-3)
    assert facts["relu"]["shade"] == [[-6, pytest.approx(0, abs=1e-9)]]
    edge = math.log((1 - 0.1 + math.sqrt(1 - 0.2)) / 0.1)  # where σ′ = 0.05: s = e⁻ˣ solves s² − 18 s + 1 = 0
    assert [abs(x) for pair in facts["sigmoid"]["shade"] for x in pair] == pytest.approx([6, edge, edge, 6], abs=0.011)


def density(z: float) -> float:
    return math.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)


@pytest.mark.browser
def test_the_numbers_in_every_formula_give_the_value(evaluate: Evaluate) -> None:
    """What is written out, computed as it stands, is f(x) or f′(x) up to the four digits that are shown."""
    lines = evaluate(
        "Object.keys(FORMULAS).flatMap((name) => [-2.5, -0.3, 0, 0.7, 3].flatMap((x) => { const slope ="
        " defaultSlope(name), { f, df } = findPair(name, slope), made = FORMULAS[name](x, slope);"
        " return [[name, x, made.f[1], f(x)], [name, x, made.df[1], df(x)]] }))"
    )
    assert len(lines) == 13 * 5 * 2
    for name, x, text, value in lines:
        for side in text.split("⇒")[-1].split(" = "):
            assert compute(side) == pytest.approx(value, abs=2e-3), (name, x, text)


def compute(text: str) -> float:
    """A line such as `1 / (1 + e^{−0.7})` as a number."""
    code = text.replace("−", "-").replace("·", "*").replace("²", "**2").replace("³", "**3")
    code = re.sub(r"10\^\{(-?\d+)\}", r"10.0**(\1)", code)
    code = re.sub(r"e\^\{([^}]*)\}", r"exp(\1)", code)
    code = re.sub(r"tanh (\(?-?[\d.]+\)?)", r"tanh(\1)", code)
    names = {"exp": math.exp, "tanh": math.tanh, "ln": math.log, "max": max}
    return float(eval(code, {"__builtins__": {}}, names))


@pytest.mark.browser
def test_a_link_is_read_and_an_absurd_one_corrected(evaluate: Evaluate) -> None:
    links = ["prelu,-2,0.5,tanh", "mish,1.5", "constructor,1e9,x,toString", "elu,-99,-99", "nonsense", ""]
    found = evaluate(f"{json.dumps(links)}.map(parseProbe)")
    assert found[0] == {"state": {"name": "prelu", "x": -2, "slope": 0.5, "second": "tanh"}, "isChanged": False}
    assert found[1]["isChanged"] is False
    assert found[2]["state"] == {"name": "sigmoid", "x": 6, "slope": None, "second": ""}
    assert found[3]["state"] == {"name": "elu", "x": -6, "slope": 0, "second": ""}
    assert [one["isChanged"] for one in found[2:]] == [True] * 4
    again = evaluate(f"{json.dumps(links)}.map(parseProbe).map(({{ state }}) => parseProbe(stateText(state)))")
    assert [one["state"] for one in again] == [one["state"] for one in found]
    assert not any(one["isChanged"] for one in again)
