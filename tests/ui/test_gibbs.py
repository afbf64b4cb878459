"""The browser's Gibbs steps: energies and probabilities against brute force, draws against their probabilities."""

from __future__ import annotations

import itertools
import json
import re

import numpy as np
import pytest

from ui.components import gibbs
from ui.text import read_labels

SCRIPTS = "\n".join((gibbs.HERE / name).read_text(encoding="utf-8") for name in gibbs.SCRIPTS[:-1])


def machine() -> dict:
    draw = np.random.default_rng(3)
    found = {
        "weight": draw.normal(size=(9, 3)),
        "visible_bias": draw.normal(size=9),
        "hidden_bias": draw.normal(size=3),
    }
    return gibbs.pack_machine(found)


@pytest.mark.browser
def test_energies_and_probabilities_by_brute_force(evaluate):
    said = machine()
    weight, b, c = (np.array(said[name]) for name in ("weight", "visible", "hidden"))
    v, h = np.array([1, 0, 0, 1, 1, 0, 1, 0, 1]), np.array([1, 0, 1])
    every = np.array(list(itertools.product((0, 1), repeat=3)))
    weights = np.exp(b @ v + every @ c + v @ weight @ every.T)
    ask = f"const m = {json.dumps(said)}, v = {v.tolist()}, h = {h.tolist()};"
    found = evaluate(
        f"(() => {{ {ask} return [energies(m, v, h), [0, 1, 2].map((j) => logistic(intoHidden(m, v, j)))]; }})()"
    )
    assert found[0]["total"] == pytest.approx(-(b @ v + c @ h + v @ weight @ h))
    assert found[0]["free"] == pytest.approx(-np.log(weights.sum()))
    assert found[1] == pytest.approx(list(weights @ every / weights.sum()))


@pytest.mark.browser
def test_draws_are_uniform_and_follow_from_seed_and_number(evaluate):
    drawn = np.array(evaluate("Array.from({ length: 6000 }, (_, at) => uniform(1, at >> 3, at & 7))"))
    again = evaluate("uniform(1, 3, 2)")
    assert again == drawn[26]
    assert np.abs(np.histogram(drawn, 10, (0, 1))[0] - 600).max() < 5 * 600**0.5
    assert np.abs(np.corrcoef(drawn.reshape(-1, 8), rowvar=False) - np.eye(8)).max() < 0.2


@pytest.mark.browser
def test_addresses_come_back_and_nonsense_is_repaired(evaluate):
    asked = ["random,111000000,010101,7,3", "hand,12,x,-1,", "nonsense", "trained,000000001,0101,2,1"]
    found = evaluate(f"{json.dumps(asked)}.map(readGibbs).map((state) => state && gibbsText(state))")
    assert found == [asked[0], "hand,000110000,000000,0,1", None, asked[3]]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_word_it_asks_for_is_there(language):
    asked = set(re.findall(r"words\.(gibbs_\w+)", gibbs.JS)) | set(re.findall(r'"(gibbs_\w+)"', gibbs.JS))
    asked |= {f"gibbs_{name}" for name in ("hand", "random", "trained")}
    assert asked <= set(read_labels(language))
