"""The JavaScript of the losses, run by node or a real browser without a page around it, against numpy."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

from dlcore.functions import constant_fits
from dlcore.functions.losses import LOSSES
from ui.components import losses
from ui.text import read_labels

FILES = (
    "stage/theme.js",
    "losses/functions.js",
    "widget.js",
    "losses/curves_state.js",
    "losses/outlier_state.js",
)
SCRIPTS = "\n".join((losses.HERE / name).read_text(encoding="utf-8") for name in FILES)
Z = [*np.round(np.linspace(-5, 5, 41), 6).tolist(), -700.0, 700.0]


def test_it_knows_the_same_losses():
    block = SCRIPTS.split("const LOSS_FUNCTIONS = {")[1].split("\n};")[0]
    assert re.findall(r"^  (\w+): {", block, re.MULTILINE) == list(LOSSES)


def test_it_starts_with_the_same_parameters():
    found = dict(re.findall(r"^  (\w+): { symbol: .*start: ([\d.]+) }", SCRIPTS, re.MULTILINE))
    assert {name: float(value) for name, value in found.items()} == {
        name: loss.default for name, loss in LOSSES.items() if loss.parameter
    }


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_word_it_asks_for_is_there(language):
    text = losses.JS["curves"] + losses.JS["outlier"]
    asked = set(re.findall(r"words\.(losslab_\w+)", text)) | set(re.findall(r'"(losslab_\w+)"', text))
    asked |= {f"losslab_{name}" for name in (*LOSSES, "loss", "gradient")}
    asked |= {f"losslab_group_{name}" for name in ("numbers", "yes_no", "classes")}
    asked |= {f"losslab_parameter_{name}" for name in ("huber", "pinball", "focal")}
    asked |= {f"losslab_is_{name}" for name in ("mean", "median", "huber", "quantile")}
    assert asked == {key for key in read_labels(language) if key.startswith("losslab_")}


@pytest.mark.browser
def test_its_losses_and_gradients_are_those_of_numpy(evaluate):
    targets = {"hinge": 1, "focal": 0, "bce_with_logits": 0.7}
    numbers = [name for name in LOSSES if name not in ("cross_entropy", "kl")]
    asked = {name: (targets.get(name, 0.5), LOSSES[name].default) for name in numbers}
    found = evaluate(
        f"Object.entries({json.dumps(asked)}).map(([name, [y, a]]) => ['loss', 'gradient'].map((kind) => "
        f"{json.dumps(Z)}.map((z) => LOSS_FUNCTIONS[name][kind](z, y, a))))"
    )
    for (ours, slopes), (name, (y, _)) in zip(found, asked.items(), strict=True):
        np.testing.assert_allclose(ours, LOSSES[name].loss(Z, y), rtol=1e-12, atol=1e-14, err_msg=name)
        np.testing.assert_allclose(slopes, LOSSES[name].gradient(Z, y), rtol=1e-12, atol=1e-14, err_msg=name)


@pytest.mark.browser
def test_its_softmax_losses_are_those_of_numpy(evaluate):
    rows = [[z, 0.5, -0.5] for z in Z]
    for name, target, ours in (("cross_entropy", 1, np.full(len(Z), 1)), ("kl", [0.7, 0.3, 0.0], None)):
        wanted = np.tile(target, (len(Z), 1)) if ours is None else ours
        loss, gradient = evaluate(
            f"['loss', 'gradient'].map((kind) => {json.dumps(rows)}.map((zs) => "
            f"LOSS_FUNCTIONS.{name}[kind](zs, {json.dumps(target)})))"
        )
        np.testing.assert_allclose(loss, LOSSES[name].loss(rows, wanted), rtol=1e-11, atol=1e-13)
        np.testing.assert_allclose(gradient, LOSSES[name].gradient(rows, wanted)[:, 0], rtol=1e-11, atol=1e-13)


@pytest.mark.browser
def test_its_fits_are_those_of_python(evaluate):
    sets = np.round(np.random.default_rng(3).uniform(-10, 10, (12, 9)), 1).tolist()
    found = evaluate(f"{json.dumps(sets)}.map((values) => fitAll(values, {{ delta: 1.5, q: 0.75 }}))")
    for values, fits in zip(sets, found, strict=True):
        ours = [
            constant_fits.mean(values),
            constant_fits.quantile(values, 0.5),
            constant_fits.huber(values, 1.5),
            constant_fits.quantile(values, 0.75),
        ]
        np.testing.assert_allclose([[fit["low"], fit["high"]] for fit in fits], ours, atol=1e-9)


@pytest.mark.browser
def test_addresses_come_back_and_nonsense_is_repaired(evaluate):
    good = ["huber,1.5,-0.5,2,0.5,-0.5,1", "hinge,-1.5,-1,0,0.5,-0.5,0", "kl,3,0.2,0,1,-2,1"]
    assert evaluate(f"{json.dumps(good)}.map((text) => curvesText(readCurves(text)))") == good
    assert evaluate("['', 'nonsense,1', '<b>,2'].map(readCurves)") == [None, None, None]
    assert evaluate("curvesText(readCurves('hinge,1e99,0.2,NaN,,x,7'))") == "hinge,5,1,0,0.5,-0.5,0"
    values = "-3,-1.8,-0.9,-0.2,0.2,0.9,1.8,3,9.5,2,0.9"
    assert evaluate(f"outlierText(readOutlier('{values}'))") == values
    assert evaluate("readOutlier('a,b,c')") is None
    assert evaluate("outlierText(readOutlier('1e99,-1e99,,,,,,,,0,7'))").startswith("10,-10,-0.9,")


@pytest.mark.browser
def test_what_a_link_gets_is_compared_with_what_it_asks(evaluate):
    used = "huber,1.5,-0.5,2,0.5,-0.5,1"
    asked = [used, "huber,1.50,-.5", "huber,,,", "huber,9", "huber,x", used + ",8", "nonsense"]
    assert evaluate(f"{json.dumps(asked)}.map((text) => isGranted(text, '{used}'))") == [True] * 3 + [False] * 4


@pytest.mark.browser
def test_the_formula_ends_with_the_value(evaluate):
    """For every loss, at several places, the written results are the loss and its gradient."""
    states = [f"{name},{p}" for name in LOSSES for p in (-2.5, 0, 1.3)]
    results = "[writeLoss(state), alone(state.name, state).loss(p), alone(state.name, state).gradient(p)]"
    found = evaluate(
        f"{json.dumps(states)}.map(readCurves).map((state) => {{ const p = state.prediction; return {results} }})"
    )
    for lines, loss, gradient in found:
        said = [float(line[2].replace("−", "-")) for line in lines[-2:]]
        assert said == pytest.approx([loss, gradient], abs=5.1e-5)
