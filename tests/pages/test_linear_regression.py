"""Linear regression without a browser: presets, own tables, links, and what is said when something is wrong."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from dlcore.data.regression_problem import make_problem
from dlcore.specs import LinearRegressionSpec
from tests.pages.test_pages import inline, open_app  # noqa: F401
from ui.text import read_labels

WORDS = read_labels("en")
SLUG = "linear_regression"
TABLE = "town;size;age;price\nA;60;3;210000\nB;75;;250000\nC;90,5;8;330000\nD;110;1;375000\nE;130;9;470000\n"


def press(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label == label).click().run()


def use_table(app: AppTest, text: str) -> None:
    app.text_area[0].set_value(text).run()
    press(app, WORDS["linreg_use_table"])


def shown(app: AppTest) -> str:
    return " ".join(element.value for element in (*app.markdown, *app.caption))


def test_the_limit_stands_beside_the_learning_rate_before_any_run() -> None:
    app = open_app(SLUG, "en", tab="two_ways", loss_factor="mean")
    limit = make_problem(LinearRegressionSpec(loss_factor="mean")).limit
    assert f"2/λmax = {limit:.4g}" in shown(app)
    press(app, WORDS.format("linreg_preset", share="1.01"))
    assert float(app.query_params["learning_rate"]) == pytest.approx(1.01 * limit)
    assert not app.exception


def test_an_own_table_becomes_rows_in_the_link() -> None:
    app = open_app(SLUG, "en", tab="own_table")
    use_table(app, TABLE)
    assert not app.error
    assert app.query_params["o.rows"] == "60,2.1;75,2.5;90.5,3.3;110,3.75;130,4.7"
    assert app.query_params["o.names"] == "size|price (10^5)"
    assert "“town” is not used: line 2 says “A”" in shown(app)
    app.multiselect[0].set_value(["size", "age"]).run()
    assert app.query_params["o.rows"].startswith("60,3,2.1;90.5,8,3.3")
    assert "1 rows have a gap" in shown(app)
    assert not app.exception


def test_the_link_restores_the_table_and_its_names() -> None:
    rows = "60,2.1;75,2.5;90.5,3.3"
    app = open_app(SLUG, "en", tab="own_table", **{"o.rows": rows, "o.scaled": "true", "o.names": "size|price (10^5)"})
    assert not app.exception
    assert "price (10^5) = " in shown(app)
    assert (app.query_params["o.rows"], app.query_params["o.names"]) == (rows, "size|price (10^5)")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_bad_table_is_refused_in_the_readers_language(language: str) -> None:
    words = read_labels(language)
    app = open_app(SLUG, language, tab="own_table")
    app.text_area[0].set_value("a,b\n1,2\n3,4,5\n5,6\n").run()
    next(button for button in app.button if button.label == words["linreg_use_table"]).click().run()
    assert app.error[0].value == words.format("error_table_columns", row=3, value=3, expected=2)
    assert not app.exception


@pytest.mark.parametrize(
    "query",
    [
        {"tab": "own_table", "o.rows": "1,2;3"},
        {"tab": "own_table", "o.rows": "1,2;3,4;5,1e300"},
        {"tab": "own_table", "o.rows": "a,b;c", "o.names": "<b>|`x`|[y](z)"},
        {"tab": "own_table", "o.rows": "1,1;1,1;1,1"},
        {"tab": "two_ways", "table": "own"},
        {"tab": "two_ways", "table": "diabetes", "learning_rate": "1e99", "n_samples": "-3"},
        {"tab": "two_ways", "x_spread": "0", "spread": "nan", "batch_size": "0", "start_w": "1e9"},
        {"tab": "feature_scaling", "s.table": "own", "s.scaled": "true"},
        {"tab": "robust", "r.delta": "-1", "r.n_outliers": "9999"},
        {"tab": "polynomial", "p.penalty": "l7", "p.degree": "99", "p.sweep": "strength"},
        {"tab": "three_tables", "d.table": "line", "d.scaled": "perhaps"},
    ],
)
def test_absurd_links_do_no_harm(query: dict[str, str]) -> None:
    app = open_app(SLUG, "en", **query)
    assert not app.exception
    app.run()
    assert not app.exception


def test_the_choice_of_columns_survives_a_visit_to_another_tab() -> None:
    app = open_app(SLUG, "en", tab="own_table")
    use_table(app, TABLE)
    app.segmented_control[0].set_value("robust").run() if app.segmented_control else None
    app.query_params["tab"] = "own_table"
    app.run()
    assert not app.exception
    assert app.multiselect[0].value == ["size"]
    assert app.query_params["o.names"] == "size|price (10^5)"


def test_a_link_opens_the_defaults_too_once_the_reader_has_gone_back_to_them() -> None:
    fresh = open_app(SLUG, "en", tab="three_tables")
    assert (fresh.query_params["d.scaled"], fresh.query_params["d.begun"]) == ("true", "yes")
    linked = open_app(SLUG, "en", tab="three_tables", **{"d.begun": "yes"})
    assert "d.scaled" not in linked.query_params
