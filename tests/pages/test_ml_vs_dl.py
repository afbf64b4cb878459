"""The page Machine learning vs deep learning without a browser: the published table, contests, their findings."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from dlcore.evidence.ml_vs_dl import PUBLISHED
from pages.ml_vs_dl import ml_features
from tests.pages.test_pages import open_app
from ui.text import read_labels

LABELS = read_labels("en")
PAGE: Any = SimpleNamespace(labels=LABELS)


@pytest.fixture(autouse=True)
def inline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Train in this process, keep nothing."""
    monkeypatch.setenv("DLCORE_EXECUTOR", "inline")
    monkeypatch.setenv("DLCORE_CACHE_DIR", "")


def row(view: str, name: str, mean: float, spread: float = 1.0) -> dict:
    word = LABELS.choice("contestants", name)
    three = {"mean": mean, "low": mean - spread, "high": mean + spread}
    return {"view": view, "n_train": 4000, "name": name, "contestant": word, **three}


def test_every_row_of_the_published_table_is_shown_and_opens_its_training() -> None:
    app = open_app("ml_vs_dl", "en", tab="ml_paper")
    table = next(element.value for element in app.markdown if element.value.startswith("| Network"))
    assert table.count("\n") == 1 + len(PUBLISHED)
    assert "94 %" in table
    press = next(button for button in app.button if button.label == "GRU · shuffled")
    press.click().run()
    assert not app.exception
    assert {name: app.query_params[f"p.{name}"] for name in ("net", "shuffled")} == {"net": "gru", "shuffled": "true"}


def test_findings_follow_from_the_numbers() -> None:
    rows = [row("raw", "cnn", 90), row("raw", "logistic", 33), row("engineered", "cnn", 88.5)]
    rows += [row("engineered", "logistic", 87.5), row("shuffled", "cnn", 55), row("shuffled", "logistic", 33)]
    said = ml_features.findings(PAGE, rows)
    assert said[0] == LABELS.format(
        "ml_found_winner", view="raw", first="CNN", a="90.0", second="linear / logistic", b="33.0"
    )
    assert "overlap" in said[1]
    assert "from 33.0 % to 87.5 %" in said[3]
    assert said[4].endswith("CNN −35.0, linear / logistic +0.0.")


def test_findings_need_something_to_compare() -> None:
    assert ml_features.findings(PAGE, [row("raw", "cnn", 90)]) == []


def test_a_new_visitor_finds_nine_models_on_three_views() -> None:
    app = open_app("ml_vs_dl", "en")
    assert app.query_params["f.views"] == "raw,engineered,shuffled"
    assert app.query_params["f.contestants"].count(",") == 8
    assert any("27 fits" in caption.value for caption in app.caption)


@pytest.mark.parametrize(
    "settings",
    [
        {"f.contestants": "nobody", "f.net_updates": "-3"},
        {"f.tasks": "", "f.n_seeds": "999999999999999999999"},
        {"f.train_sizes": "50,100,200,500,1000,2000,4000", "f.tasks": "mnist1d,digits,mnist,opinions"},
    ],
)
def test_absurd_settings_are_corrected(settings: dict[str, str]) -> None:
    app = open_app("ml_vs_dl", "en", **settings)
    assert not app.exception
