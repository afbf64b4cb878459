"""The JavaScript of the head that is moved by hand, run by a real browser without a page around it, against numpy."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

from dlcore.functions import addressing
from ui.components import addressing_head
from ui.text import read_labels

FILES = ("stage/theme.js", "widget.js", "addressing/head_state.js")
SCRIPTS = "\n".join((addressing_head.HERE / name).read_text(encoding="utf-8") for name in FILES)
STATES = ("75,8,0.6,0.8,2,1,0", "200,0,1,-0.5,1,3,0", "20,20,0,1,10,8,5", "90,3.5,0.25,0,4.5,2,2")


def in_numpy(text: str, angles: list[float]) -> addressing.Stages:
    """The stages of a state, as dlcore has them."""
    key, strength, gate, move, power, slot, repeats = map(float, text.split(","))
    memory, direction = (np.stack([np.cos(a), np.sin(a)], -1) for a in map(np.radians, (np.array(angles), key)))
    kernel = np.array([max(0, -move), 1 - abs(move), max(0, move)])
    weights = np.eye(len(angles))[int(slot) - 1]
    for _ in range(1 + int(repeats)):
        numbers = (np.array(strength), np.array(gate), kernel, np.array(power))
        stages = addressing.address(direction, *numbers, weights, memory)
        weights = stages.weights
    return stages


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_word_it_asks_for_is_there(language):
    asked = set(re.findall(r"words\.(ntmhead_\w+)", addressing_head.JS)) | {"ntmhead_corrected"}
    asked |= {f"ntmhead_{name}" for name in ("key", "strength", "gate", "move", "power", "slot", "again", "reset")}
    asked |= {f"ntmhead_{name}" for name in ("previous", "content", "gated", "shifted", "sharpened")}
    asked |= {f"ntmhead_short_{name}" for name in ("content", "gated", "shifted", "sharpened")}
    assert asked == {key for key in read_labels(language) if key.startswith("ntmhead_")}


@pytest.mark.browser
def test_its_stages_are_those_of_numpy(evaluate):
    angles, found = evaluate(f"[ANGLES, {json.dumps(STATES)}.map((text) => stagesOf(readHead(text)))]")
    for text, stages in zip(STATES, found, strict=True):
        ours = in_numpy(text, angles)
        for name, weights in zip(("content", "gated", "shifted", "sharpened"), ours, strict=True):
            np.testing.assert_allclose(stages[name], weights, atol=1e-5, err_msg=f"{text} {name}")


@pytest.mark.browser
def test_addresses_come_back_and_nonsense_is_repaired(evaluate):
    assert evaluate(f"{json.dumps(STATES)}.map((text) => headText(readHead(text)))") == list(STATES)
    assert evaluate("['', 'nonsense', '<b>,x'].map(readHead)") == [None, None, None]
    assert evaluate("headText(readHead('1e99,-3,,NaN,0.3,99,2.4'))") == "360,0,0.6,0.8,1,8,2"
