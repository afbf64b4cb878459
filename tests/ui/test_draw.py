"""The sheet to draw on: what it sends is what Python reads."""

from __future__ import annotations

import base64
import json
import re

import numpy as np
import pytest

from ui.components import draw
from ui.components.draw import SIDE, decode, encode
from ui.text import read_labels

SCRIPTS = "\n".join((draw.HERE / name).read_text(encoding="utf-8") for name in ("stage/theme.js", "draw/ink.js"))


def test_a_drawing_comes_back():
    ink = np.random.default_rng(0).integers(0, 256, (SIDE, SIDE)).astype(np.uint8)
    np.testing.assert_array_equal(decode(encode(ink)), ink)


@pytest.mark.parametrize("said", ["", "?", "aGVsbG8=", "é", encode(np.zeros((SIDE, SIDE))), "A" * 100_000])
def test_an_empty_sheet_and_what_is_no_drawing_are_none(said):
    assert decode(said) is None


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_word_it_asks_for_is_there(language):
    asked = set(re.findall(r"words\.(draw_\w+)", draw.JS)) | {"draw_pen", "draw_eraser"}
    assert asked == {key for key in read_labels(language) if key.startswith("draw_")}


@pytest.mark.browser
def test_ink_is_the_mean_opacity_of_a_block(evaluate):
    opacity = np.random.default_rng(1).integers(0, 256, (12, 12))
    rgba = np.zeros((12, 12, 4), int)
    rgba[..., 3] = opacity
    found = evaluate(f"Array.from(averageInk({json.dumps(rgba.ravel().tolist())}, 3, 4))")
    wanted = np.floor(opacity.reshape(3, 4, 3, 4).mean(axis=(1, 3)) + 0.5)
    np.testing.assert_array_equal(np.reshape(found, (3, 3)), wanted)


@pytest.mark.browser
def test_bytes_survive_the_way(evaluate):
    text = base64.b64encode(bytes(range(256))).decode()
    assert evaluate(f"[toBase64(fromBase64('{text}')), Array.from(fromBase64('{text}'))]") == [text, list(range(256))]
