"""The page PR curve: its links restore what they say, own scores are taken or refused, the playground's run opens."""

from __future__ import annotations

import functools

import numpy as np
import pytest
from scipy.special import softmax
from streamlit.testing.v1 import AppTest

from dlcore.advance import advance, ask
from dlcore.errors import DataError
from dlcore.specs import PlaygroundSpec
from pages.pr_curve.played import to_source
from tests.pages.test_pages import inline, open_app
from ui.text import read_labels

__all__ = ["inline"]
LABELS = read_labels("en")


def press(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label == LABELS[label]).click().run()


def query(app: AppTest, name: str) -> str:
    said = app.query_params[name]
    return said if isinstance(said, str) else said[0]


def test_the_words_in_the_address_stay() -> None:
    app = open_app("pr_curve", "en", tab="pr_threshold", cut="0.5,0.1", scored_by="forest")
    assert query(app, "cut") == "0.5,0.1"
    assert query(app, "scored_by") == "forest"
    app = open_app("pr_curve", "en", tab="pr_average", ap="111000000000,3")
    assert query(app, "ap") == "111000000000,3"


def test_the_tabs_share_one_classifier() -> None:
    app = open_app("pr_curve", "en", tab="pr_threshold", scored_by="mlp", n_train_cases="90")
    app.button_group(key="pr_curve.tab").set_value("pr_prevalence").run()
    assert not app.exception
    assert query(app, "scored_by") == "mlp"
    assert query(app, "n_train_cases") == "90"


def test_a_cnn_on_a_table_is_corrected_with_a_reason() -> None:
    app = open_app("pr_curve", "en", tab="pr_threshold", scored_by="cnn", scored_data="breast_cancer")
    assert "neighbouring pixels" in app.warning[0].value
    assert query(app, "scored_by") == "mlp"


def test_a_mistake_in_own_scores_is_told_and_loses_nothing() -> None:
    app = open_app("pr_curve", "en", tab="pr_own")
    app.text_area[0].set_value("y,score\nham,0.1\nspam,0.9\nspam,0.4").run()
    press(app, "own_use_scores")
    assert query(app, "scores") == "0.1;0.9,0.4"
    assert query(app, "names") == "ham|spam"
    app.text_area[0].set_value("y,score\nham,0.1\nspam,oops").run()
    press(app, "own_use_scores")
    assert "Line 3" in app.error[0].value
    assert query(app, "scores") == "0.1;0.9,0.4"
    press(app, "own_swap")
    assert not app.error
    assert query(app, "scores") == "0.9,0.4;0.1"
    assert query(app, "names") == "spam|ham"


def test_a_link_brings_own_scores_and_a_broken_one_says_so() -> None:
    app = open_app("pr_curve", "en", tab="pr_own", scores="0.1,0.2;0.7", names="no|yes")
    assert query(app, "scores") == "0.1,0.2;0.7"
    app = open_app("pr_curve", "en", tab="pr_own", scores="0.1,x")
    assert app.error[0].value == LABELS.sentence(DataError("scores_link"))
    assert "scores" not in app.query_params


@functools.cache
def answers(spec: PlaygroundSpec) -> dict:
    state = advance(spec, None, spec.n_steps).state
    return {part: ask(spec, state, {"scores": part}) for part in ("train", "test")}


@pytest.mark.parametrize(
    ("settings", "n_classes"), [({}, 0), ({"dataset": "blobs", "n_classes": 4}, 4), ({"loss": "hinge"}, 0)]
)
def test_the_scores_of_a_playground_run_are_handed_on_as_they_are(settings: dict, n_classes: int) -> None:
    spec = PlaygroundSpec(n_steps=50, **settings)
    parts = answers(spec)
    source = to_source(parts, has_odds=spec.loss == "cross_entropy")
    assert source["classes"] == n_classes
    assert source["first"] == "test"
    assert source["choose"] == "train"
    for name, part in source["parts"].items():
        assert part["labels"] == parts[name]["y_true"].tolist()
        outputs = parts[name]["y_score"]
        if n_classes:
            share = softmax(outputs.astype(float), axis=1)
            np.testing.assert_allclose(part["scores"], np.log(share / (1 - share)).ravel(), rtol=1e-6, atol=1e-6)
        else:
            assert part["scores"] == outputs[:, 0].tolist()


def test_a_playground_link_restores_its_settings_and_asks_to_train() -> None:
    settings = {"p.dataset": "xor", "p.hidden_sizes": "3", "p.n_steps": "20"}
    app = open_app("pr_curve", "en", tab="pr_played", **settings)
    assert not app.exception
    assert {name: query(app, name) for name in settings} == settings
    assert [note.value for note in app.info] == [LABELS["played_waiting"]]


def test_a_regression_has_no_scores() -> None:
    app = open_app("pr_curve", "en", tab="pr_played", **{"p.dataset": "plane", "p.loss": "mse"})
    assert [note.value for note in app.info] == [LABELS["played_regression"]]
