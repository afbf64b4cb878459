"""The page Losses: its links restore what they say, its choosers set what belongs to a choice."""

from __future__ import annotations

import pytest

from dlcore.experiments.pairing import SIDES
from dlcore.functions.landscapes import LANDSCAPES
from dlcore.functions.losses import LOSSES
from dlcore.specs import DescentSpec, PairingSpec
from pages.losses import descent, pairing
from tests.pages.test_pages import inline, open_app
from ui.text import read_labels

__all__ = ["inline"]
LABELS = read_labels("en")


def test_every_loss_is_in_the_table() -> None:
    app = open_app("losses", "en", tab="loss_curves")
    table = next(part.value for part in app.markdown if part.value.startswith("| Name"))
    assert table.count("\n") == 1 + len(LOSSES)
    assert all(loss.source in table for loss in LOSSES.values())


def test_the_words_in_the_address_stay() -> None:
    app = open_app("losses", "en", tab="loss_curves", curve="huber,1,0,2,0,0,1")
    assert app.query_params["curve"] == "huber,1,0,2,0,0,1"
    app = open_app("losses", "en", tab="one_outlier", outlier="1,2,3")
    assert app.query_params["outlier"] == "1,2,3"


@pytest.mark.parametrize("task", ["binary", "multiclass", "multilabel", "regression", "margin", "quantile"])
def test_every_task_opens(task: str) -> None:
    app = open_app("losses", "en", tab="pairing", pairing=task, n_steps="50")
    assert not app.exception
    assert app.query_params["pairing"] if task != "binary" else "pairing" not in app.query_params
    assert {f"pairing_{side}_{task}" for side in SIDES} <= set(LABELS)


def test_another_task_brings_the_settings_that_suit_it() -> None:
    app = open_app("losses", "en", tab="pairing", learning_rate="0.01")
    app.button_group(key="losses.pairing.chosen").set_value("multilabel").run()
    assert not app.exception
    said = app.query_params.to_dict() if hasattr(app.query_params, "to_dict") else dict(app.query_params)
    assert said["pairing"] in ("multilabel", ["multilabel"])
    assert said["learning_rate"] in ("0.3", ["0.3"])


@pytest.mark.parametrize("name", LANDSCAPES)
def test_every_surface_opens(name: str) -> None:
    app = open_app("losses", "en", tab="descent", **{"d.landscape": name, "d.start_x": "1.25", "d.n_steps": "20"})
    assert not app.exception
    assert app.query_params["d.start_x"] == "1.25"
    assert any(LANDSCAPES[name].formula in part.value for part in app.markdown)


def test_nonsense_in_the_address_is_corrected_and_said() -> None:
    app = open_app("losses", "en", tab="descent", **{"d.racers": "horse", "d.start_y": "999", "d.rate_factor": "x"})
    said = " ".join(warning.value for warning in app.warning)
    assert not app.exception
    assert "horse" in said
    assert "999" in said


def test_presets_are_valid_specs() -> None:
    for name, landscape in LANDSCAPES.items():
        DescentSpec(landscape=name, start_x=landscape.start[0], start_y=landscape.start[1], n_steps=descent.STEPS[name])
    for task, values in pairing.SUITED.items():
        PairingSpec(pairing=task, **values)
    defaults = PairingSpec()
    assert {name: getattr(defaults, name) for name in pairing.USUAL} == pairing.USUAL
