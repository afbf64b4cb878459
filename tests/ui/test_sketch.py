"""The pad for a curve: its heights against numpy's interpolation, and its words."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

from dlcore.functions.approximation import make_places
from ui.components import sketch
from ui.text import read_labels

SCRIPTS = sketch.JS.replace("export default", "const mount =")


@pytest.mark.browser
def test_fewer_heights_become_straight_lines(evaluate):
    known = [[0, 100], [10, -20, 40], [7], []]
    found = evaluate(f"{json.dumps(known)}.map((heights) => resample(heights, 41))")
    for heights, drawn in zip(known, found, strict=True):
        given = np.array(heights or [0])
        wanted = np.interp(make_places(1.0, 41), make_places(1.0, len(given)), given)
        np.testing.assert_allclose(drawn, wanted, atol=0.5)  # whole numbers


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_word_it_asks_for_is_there(language):
    asked = set(re.findall(r"words\.(sketch_\w+)", sketch.JS))
    assert asked == {key for key in read_labels(language) if key.startswith("sketch_")}
