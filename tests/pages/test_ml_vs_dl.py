"""The page Machine learning vs deep learning without a browser: the published table, contests, their findings."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from dlcore.evidence.ml_vs_dl import PUBLISHED
from pages.ml_vs_dl import ml_cost, ml_data, ml_features, ml_tasks
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


def test_leaders_and_gains_are_read_off_the_curves() -> None:
    small = [row("raw", "svm", 30) | {"n_train": 100}, row("raw", "cnn", 20) | {"n_train": 100}]
    said = ml_data.findings(PAGE, [*small, row("raw", "svm", 64), row("raw", "cnn", 86)])
    assert "100 – SVM (30.0 %), 4,000 – CNN (86.0 %)" in said[0]
    assert "CNN gains most (+66.0 points), SVM least (+34.0)" in said[1]
    assert said[2] == LABELS.format("ml_verdict_nets", sizes="4,000")


@pytest.mark.parametrize(
    ("leaders", "verdict"),
    [({100: "svm"}, "ml_verdict_no_net"), ({100: "mlp", 200: "cnn"}, "ml_verdict_all_nets")],
)
def test_the_verdict_on_data_goes_either_way(leaders: dict[int, str], verdict: str) -> None:
    assert ml_data.verdict(PAGE, {n: row("raw", name, 50) for n, name in leaders.items()}) == LABELS[verdict]


@pytest.mark.parametrize(
    ("classic", "net", "key"), [(60, 50, "ml_task_classic"), (50, 60, "ml_task_net"), (50, 51, "ml_task_open")]
)
def test_a_task_is_decided_by_whether_the_ranges_overlap(classic: float, net: float, key: str) -> None:
    rows = [row("raw", "boosting", classic) | {"task": "digits"}, row("raw", "mlp", net) | {"task": "digits"}]
    word = LABELS.choice("tasks", "digits")
    values = {"classic": "gradient boosting", "a": f"{classic:.1f}", "net": "MLP", "b": f"{net:.1f}", "task": word}
    assert ml_tasks.findings(PAGE, rows) == [LABELS.format(key, **values)]


@pytest.mark.parametrize("tab", ["ml_features", "ml_data", "ml_tasks", "ml_paper", "ml_inside"])
def test_the_usual_run_is_on_record_and_opens_at_once(tab: str) -> None:
    app = open_app("ml_vs_dl", "en", tab=tab)
    assert not app.exception
    assert any("Recorded on" in caption.value for caption in app.caption)


def test_the_stopwatch_measures_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ml_cost, "EVERYBODY", ("logistic", "knn"))
    app = open_app("ml_vs_dl", "en", tab="ml_cost")
    next(button for button in app.button if button.label == LABELS["ml_cost_measure"]).click().run()
    assert not app.exception
    assert len(app.get("vega_lite_chart")) == 2


@pytest.mark.parametrize(("n_seeds", "is_said"), [(1, True), (2, False)])
def test_a_contest_of_one_seed_says_what_it_cannot_tell(n_seeds: int, is_said: bool) -> None:
    app = open_app("ml_vs_dl", "en", **{"f.n_seeds": str(n_seeds), "f.contestants": "knn"})
    assert (LABELS["contest_one_seed"] in [caption.value for caption in app.caption]) == is_said
