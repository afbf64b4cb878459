"""The tabs RBM and DBN: presets and links become settings, a finished run shows its chains and its verdict."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from dlcore.evidence.rbm import CLAIMS
from dlcore.specs import TinyRbmSpec
from dlcore.specs.tiny_rbm import TINY_PRESETS
from tests.pages.test_pages import open_app
from ui.text import read_labels


@pytest.fixture(autouse=True)
def inline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Train in this process, keep nothing."""
    monkeypatch.setenv("DLCORE_EXECUTOR", "inline")
    monkeypatch.setenv("DLCORE_CACHE_DIR", "")


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == read_labels("en")[label]).click().run()


def test_a_preset_becomes_the_link() -> None:
    app = press(open_app("other_models", "en", tab="rbm"), "rbm_preset_fooled")
    wanted = TinyRbmSpec(**TINY_PRESETS["fooled"]).to_texts()
    assert {name: app.query_params[f"t.{name}"] for name in wanted} == wanted
    app = press(app, "rbm_preset_healthy")
    assert not [name for name in app.query_params if name.startswith("t.")]


def test_a_stack_begins_with_two_layers_and_a_link_with_its_own() -> None:
    assert open_app("other_models", "en", tab="dbn").query_params["d.stack_sizes"] == "100,100"
    linked = open_app("other_models", "en", tab="dbn", **{"d.stack_sizes": "20,12,8"})
    assert linked.query_params["d.stack_sizes"] == "20,12,8"
    assert "d.n_steps" not in linked.query_params


def test_links_of_the_evidence_are_valid_settings() -> None:
    """What the address bar is told opens the settings that were measured, with more seeds at once."""
    for claim in CLAIMS:
        prefix = {"tiny_rbm": "t.", "rbm_features": "w.", "pretraining": "p."}[claim.first.spec.kind]
        texts = {name.removeprefix(prefix): said for name, said in claim.link.items() if name.startswith(prefix)}
        spec_class = type(claim.first.spec)
        assert spec_class.from_texts(texts).replace(n_seeds=1) in {side.spec for side in claim.sides}
