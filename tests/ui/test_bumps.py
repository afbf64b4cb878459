"""The browser's stairs of sigmoids against the course's construction, and their address."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

from dlcore.functions.approximation import make_places, rms, stair_values
from ui.components import bumps
from ui.text import read_labels

SCRIPTS = "\n".join((bumps.HERE / name).read_text(encoding="utf-8") for name in bumps.SCRIPTS[:-1])
HEIGHTS = [0.5, -1.0, 1.25, 0.0, 2.0]
U = make_places(1.0, 41)


@pytest.mark.browser
def test_the_stairs_are_sums_of_sigmoids_and_in_the_limit_steps(evaluate):
    state = {"steepness": 50, "heights": HEIGHTS}
    steep = {**state, "steepness": 1e6}
    found = evaluate(f"{json.dumps([state, steep])}.map((s) => {json.dumps(U.tolist())}.map((u) => stairAt(u, s)))")
    edges = make_places(1.0, 6)[1:-1]
    soft = HEIGHTS[0] + 1 / (1 + np.exp(-50 * (U[:, None] - edges))) @ np.diff(HEIGHTS)
    np.testing.assert_allclose(found[0], soft, atol=1e-12)
    far = np.abs(U[:, None] - edges).min(1) > 1e-3
    np.testing.assert_allclose(np.array(found[1])[far], stair_values(edges, np.array(HEIGHTS), U)[far], atol=1e-12)


@pytest.mark.browser
def test_following_the_curve_takes_its_mean_over_every_step(evaluate):
    target = np.sin(3 * U)
    pairs = np.stack([U, target], 1).tolist()
    flat = {"steepness": 50, "heights": [0, 0]}
    said = json.dumps(pairs)
    heights, error = evaluate(f"[meanHeights({said}, 4), rmsOf({said}, {json.dumps(flat)})]")
    cells = [target[(low <= U) & (low + 0.5 >= U)].mean() for low in (-1, -0.5, 0, 0.5)]
    np.testing.assert_allclose(heights, cells, atol=0.025)  # the slider's step is 0.05
    assert error == pytest.approx(rms(target))


@pytest.mark.browser
def test_addresses_come_back_and_nonsense_is_repaired(evaluate):
    asked = ["100,0.5,-1,2", "1e9,7,x,-9", "5" + ",1" * 40, "", "a"]
    found = evaluate(f"{json.dumps(asked)}.map(readBumps).map((state) => state && bumpsText(state))")
    assert found == ["100,0.5,-1,2", "300,2,0,-2", "5" + ",1" * 16, None, None]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_word_it_asks_for_is_there(language):
    asked = set(re.findall(r"words\.(bumplab_\w+)", bumps.JS)) | {"bumplab_corrected"}
    asked |= {f"bumplab_{name}" for name in ("target", "stairs", "follow", "reset")}
    assert asked == {key for key in read_labels(language) if key.startswith("bumplab_")}
