"""The page Activations without a browser: presets, links, the verdict of the race, the stopwatch."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.activations import race
from tests.pages.test_pages import open_app
from ui.text import read_labels

LABELS = read_labels("en")
PAGE: Any = SimpleNamespace(labels=LABELS)


@pytest.fixture(autouse=True)
def inline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Train in this process, keep nothing."""
    monkeypatch.setenv("DLCORE_EXECUTOR", "inline")
    monkeypatch.setenv("DLCORE_CACHE_DIR", "")


def press(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label == label).click().run()


def test_a_textbook_case_sets_every_field_of_the_depth_lab() -> None:
    app = open_app("activations", "en", tab="depth", **{"d.depth": "7", "d.init_rule": "zeros"})
    press(app, LABELS["preset_relu_he"])
    assert not app.exception
    asked = {name: app.query_params.get(f"d.{name}") for name in ("activation", "init_rule", "layer_width", "depth")}
    assert asked == {"activation": "relu", "init_rule": "he", "layer_width": "512", "depth": None}  # 30 is the default


@pytest.mark.parametrize(
    ("tab", "settings"),
    [
        ("depth", {"d.activation": "normal", "d.depth": "9999", "d.init_std": "nan"}),
        ("dead", {"u.hidden_sizes": "0", "u.learning_rate": "-3"}),
        ("prelu", {"p.start_slope": "1e9", "p.hidden_sizes": ""}),
        ("race", {"r.activations": "relu,relu", "r.n_seeds": "0"}),
    ],
)
def test_absurd_settings_are_corrected_and_said(tab: str, settings: dict[str, str]) -> None:
    app = open_app("activations", "en", tab=tab, **settings)
    assert not app.exception
    assert app.warning


def test_settings_of_all_tabs_stay_apart() -> None:
    app = open_app("activations", "en", tab="race", **{"r.learning_rate": "0.1", "r.activations": "relu,mish"})
    assert app.query_params["r.learning_rate"] == "0.1"
    assert app.query_params["r.activations"] == "relu,mish"
    app.query_params["tab"] = "dead"
    app.run()
    assert not app.exception
    assert not [name for name in app.query_params if name.startswith(("r.", "u."))]
    app.query_params["tab"] = "race"
    app.run()
    assert app.query_params["r.learning_rate"] == "0.1"


def test_the_stopwatch_measures_when_asked() -> None:
    app = open_app("activations", "en", tab="cost", elements="100")
    assert not app.get("vega_lite_chart")
    press(app, LABELS["cost_measure"])
    assert not app.exception
    assert app.get("vega_lite_chart")
    assert any("array of 100 float32" in caption.value for caption in app.caption)
    assert app.query_params["elements"] == "100"
    again = open_app("activations", "en", tab="cost", elements="100")  # another reader
    assert again.get("vega_lite_chart")


def test_an_absurd_size_is_ignored() -> None:
    app = open_app("activations", "en", tab="cost", elements="99999999999")
    assert not app.exception
    assert "elements" not in app.query_params


LANES = {"relu": (0.1, 0.05, 0.2), "tanh": (0.4, 0.15, 0.5), "sigmoid": (0.6, 0.55, 0.7)}


def test_the_finish_is_sorted_and_names_those_that_overlap() -> None:
    last = {}
    for name, (median, low, high) in LANES.items():
        last |= {f"test_loss_{name}": median, f"test_loss_{name}_low": low, f"test_loss_{name}_high": high}
    rows = race.finish(last, ("sigmoid", "tanh", "relu"))
    assert [row["name"] for row in rows] == ["relu", "tanh", "sigmoid"]
    said = race.verdict(PAGE, rows)
    assert "**relu**" in said
    assert "tanh" in said
    assert "sigmoid" not in said
    assert LABELS["race_apart"] in race.verdict(PAGE, rows[::2])
