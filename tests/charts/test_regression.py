"""The charts of Linear regression hold what their sliders and clicks need, and leave their data alone."""

from __future__ import annotations

import json

import numpy as np
import pytest

from dlcore.charts.regression import anscombe_chart, bowl_chart, by_hand_chart, pull_chart, simpson_chart
from dlcore.data.regression import SPECIES, read_anscombe, read_penguins
from ui.text import LANGUAGES, read_labels

PENGUINS = read_penguins()


def charts(language: str) -> dict[str, dict]:
    words = read_labels(language)
    x, y = read_anscombe(3)
    groups = [SPECIES[number] for number in PENGUINS.species]
    return {
        "by_hand": by_hand_chart(x[:, 0], y, 3, 5.0, words).to_dict(),
        "bowl": bowl_chart(words).to_dict(),
        "pull": pull_chart(words).to_dict(),
        "anscombe": anscombe_chart(x[:, 0], y, "title", words).to_dict(),
        "simpson": simpson_chart(PENGUINS.body_mass, PENGUINS.bill_depth, groups, ("a", "b"), words).to_dict(),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_sliders_and_clicks(language: str) -> None:
    made = charts(language)
    params = {name: {param["name"] for param in chart["params"]} for name, chart in made.items()}
    assert params["by_hand"] == {"c0", "c1", "c2", "c3"}
    assert params["bowl"] == {"m", "s"}
    assert params["pull"] == {"delta", "at"}
    assert params["simpson"] == {"view"}
    assert "point" in json.dumps(made["anscombe"]["params"])


def test_the_sentences_have_no_gap_left() -> None:
    for language in LANGUAGES:
        for name, chart in charts(language).items():
            said = [layer for layer in json.dumps(chart).split('"calculate": ') if "'" in layer[:200]]
            assert not any("{" in part.split('"')[1] for part in said), name


@pytest.mark.parametrize(("m", "s"), [(2.0, 1.0), (-3.0, 0.4), (0.0, 5.0)])
def test_the_bowls_rings_are_contours_of_the_loss(m: float, s: float) -> None:
    """The chart's formulas for b and w, with numbers put in: θᵀHθ is constant along a ring."""
    turn = np.linspace(0, 2 * np.pi, 50)
    w = 3 * np.sin(turn) / s
    b = 3 * np.cos(turn) - m * w
    theta, h = np.stack([b, w]), np.array([[1, m], [m, m**2 + s**2]])
    assert np.einsum("it,ij,jt->t", theta, h, theta) == pytest.approx(np.full(50, 9.0))
    trace = 1 + m**2 + s**2
    largest = (trace + np.sqrt(trace**2 - 4 * s**2)) / 2
    assert largest == pytest.approx(np.linalg.eigvalsh(h)[-1])
    assert largest**2 / s**2 == pytest.approx(np.linalg.cond(h))
