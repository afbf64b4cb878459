"""Forecast, characters, tags and sound without a browser: presets, own series, sampling, absurd links."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pages.rnn.forecast import rank
from tests.pages.test_pages import inline, open_app  # noqa: F401
from ui.text import read_labels

WORDS = read_labels("en")
SLUG = "rnn"
SERIES = "month,visitors\n" + "\n".join(f"2023-{n:02d},{100 + n % 12 * 10 + n}" for n in range(1, 31))


def press(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label == label).click().run()


def use_series(app: AppTest, text: str) -> None:
    app.text_area[0].set_value(text).run()
    press(app, WORDS["forecast_use_series"])


def shown(app: AppTest) -> str:
    return " ".join(element.value for element in (*app.markdown, *app.caption))


def test_another_series_brings_settings_that_suit_it() -> None:
    app = open_app(SLUG, "en", tab="forecast")
    chooser = next(row for row in app.segmented_control if WORDS["series_co2"] in row.options)
    chooser.set_value("co2").run()
    assert (app.query_params["f.series"], app.query_params["f.differenced"]) == ("co2", "true")
    assert WORDS["forecast_source_co2"] in shown(app)
    assert not app.exception


def test_an_own_series_begins_with_the_starter_and_no_complaint() -> None:
    app = open_app(SLUG, "en", tab="forecast")
    next(row for row in app.segmented_control if WORDS["series_own"] in row.options).set_value("own").run()
    assert WORDS["forecast_starter"] in shown(app)
    assert not [*app.warning, *app.error, *app.exception]


def test_an_own_series_becomes_values_in_the_link() -> None:
    app = open_app(SLUG, "en", tab="forecast", **{"f.series": "own"})
    assert WORDS["forecast_starter"] in shown(app)
    use_series(app, SERIES)
    assert not app.error
    assert app.query_params["f.values"].startswith("111;122;133")
    assert WORDS.format("forecast_own_rows", n=30, all=30) in shown(app)
    assert not app.exception


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_bad_series_is_refused_and_the_old_one_kept(language: str) -> None:
    words = read_labels(language)
    app = open_app(SLUG, language, tab="forecast", **{"f.series": "own"})
    for text, error in (
        (SERIES, None),
        ("1\n2\n3\n4", words.format("error_series_too_short", value=4, low=24)),
        ("a\nb\nc\nd\n", words.format("error_table_no_numbers", low=1, column="a", row=2, value="b")),
    ):
        app.text_area[0].set_value(text).run()
        next(button for button in app.button if button.label == words["forecast_use_series"]).click().run()
        assert [said.value for said in app.error] == ([] if error is None else [error])
    assert app.query_params["f.values"].startswith("111;122;133")
    assert not app.exception


def test_the_smallest_error_comes_first() -> None:
    last = {"one_step": 2.0, "one_step_low": 1.5, "one_step_high": 4.0}
    last |= {
        f"one_step_{name}": value for name, value in (("persistence", 5.0), ("seasonal", 3.0), ("autoregression", 1.0))
    }
    assert [row[0] for row in rank(last, "one_step")] == ["autoregression", "network", "seasonal", "persistence"]
    assert rank(last, "one_step")[1] == ("network", 2.0, 1.5, 4.0)


def test_the_network_writes_and_a_unit_is_read() -> None:
    app = open_app(SLUG, "en", tab="characters", **{"c.corpus": "names", "c.n_units": "8"})
    press(app, WORDS["characters_write_button"])
    assert not app.exception
    assert "Underlined" in shown(app)
    press(app, WORDS["characters_read_button"])
    assert not app.exception
    assert WORDS.format("characters_coloured", unit=0, step=0) in shown(app)


def test_a_sentence_is_uncovered_to_its_end() -> None:
    app = open_app(SLUG, "en", tab="tags")
    assert WORDS["tags_hidden"] in shown(app)
    seen = next(slider for slider in app.slider if slider.label == WORDS["tags_seen"])
    seen.set_value(seen.max).run()
    assert WORDS["tags_hidden"] not in shown(app)
    assert "PUNCT" in shown(app)
    other = next(box for box in app.selectbox if box.label == WORDS["tags_sentence"])
    other.set_value(5).run()
    assert not app.exception


@pytest.mark.parametrize(
    "query",
    [
        {"tab": "forecast", "f.series": "own", "f.values": "1;2;x"},
        {
            "tab": "forecast",
            "f.series": "own",
            "f.values": ";".join(["5"] * 30),
            "f.n_lags": "36",
            "f.test_share": "0.5",
        },
        {"tab": "forecast", "f.series": "own", "f.values": "1,2;3,4", "f.season": "60", "f.n_units": "-1"},
        {"tab": "characters", "c.corpus": "klingon", "c.n_units": "1e9", "c.stretch": "0"},
        {"tab": "characters", "c.corpus": "chinese", "c.cell": "irnn", "c.n_steps": "nan"},
        {"tab": "tags", "t.n_sentences": "0", "t.data_seed": "-5", "t.reach": "99"},
        {"tab": "sound", "v.hiss": "deafening", "v.n_sounds": "1e99", "v.cell": ""},
    ],
)
def test_absurd_links_do_no_harm(query: dict[str, str]) -> None:
    app = open_app(SLUG, "en", **query)
    assert not app.exception
    app.run()
    assert not app.exception
