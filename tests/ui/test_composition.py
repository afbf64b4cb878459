"""The composition by hand: its arithmetic is numpy's, without a tensor no weights get all four phrases right."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

from ui.components import composition
from ui.text import read_labels

FILES = ("stage/theme.js", "widget.js", "composition/state.js")
SCRIPTS = "\n".join((composition.HERE / name).read_text(encoding="utf-8") for name in FILES)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_word_it_asks_for_is_there(language):
    asked = set(re.findall(r"words\.(composelab_\w+)", composition.JS)) | {"composelab_corrected"}
    asked |= {f"composelab_{name}" for name in ("flat", "flip", "random", "phrase", "wanted", "found", "right")}
    asked |= {f"composelab_{name}_{at}" for name in ("part", "corner") for at in range(4)}
    assert asked == {key for key in read_labels(language) if key.startswith("composelab_")}


@pytest.mark.browser
def test_products_signs_and_links(evaluate):
    generator = np.random.default_rng(0)
    states = [
        {"parts": x.tolist(), "w": w.tolist(), "v": v.tolist()}
        for x, w, v in (
            (generator.uniform(-1, 1, 4), generator.uniform(-3, 3, 4), generator.uniform(-3, 3, 16)) for _ in range(20)
        )
    ]
    found = evaluate(
        "(() => { const flip = startComposition(); flip.w = [0, 0, 0, 0]; flip.v[2] = -2;"
        f"const states = {json.dumps(states)};"
        "const right = (state) => judgeCorners(state).filter((corner) => corner.isRight).length;"
        "return { values: states.map((state) => compose(state, state.parts)).map(({ p, plain }) => [p, plain]),"
        "plain: states.map((state) => right({ ...state, v: state.v.map(() => 0) })), start: right(startComposition()),"
        "flip: right(flip), text: compositionText(readComposition('5,,x,0.5,-9')), none: readComposition('a,b') } })()"
    )
    for (p, plain), state in zip(found["values"], states, strict=True):
        x, w, v = (np.array(state[name]) for name in ("parts", "w", "v"))
        assert p == pytest.approx(np.tanh(w @ x + x @ v.reshape(4, 4) @ x))
        assert plain == pytest.approx(np.tanh(w @ x))
    assert max(found["plain"]) <= 3  # a straight line cannot part them
    assert (found["start"], found["flip"]) == (2, 4)
    assert found["text"] == "1,0.2,1,0.5,-3,0,0.5,0" + ",0" * 16
    assert found["none"] is None
