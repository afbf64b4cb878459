"""Every page and tab runs in both languages without a fault and without a text that is missing."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from ui.course import HOME, built_pages
from ui.text import LANGUAGES, ROOT, read_labels, read_sections

PAGES = [(page.slug, tab) for page in built_pages() for tab in page.tabs or ("",)]


@pytest.fixture(autouse=True)
def inline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Train in this process, keep nothing."""
    monkeypatch.setenv("DLCORE_EXECUTOR", "inline")
    monkeypatch.setenv("DLCORE_CACHE_DIR", "")


def open_app(slug: str, language: str, **query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "Home.py"), default_timeout=60)
    if slug != HOME:
        app.switch_page(f"pages/{slug}.py")
    app.query_params.update({"lang": language, **query})
    return app.run()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("slug", "tab"), PAGES)
def test_page(slug: str, tab: str, language: str) -> None:
    app = open_app(slug, language, **({"tab": tab} if tab else {}))
    assert not app.exception
    labels = read_labels(language)
    assert app.title[0].value == labels[f"page_{slug.lower()}"]
    shown = " ".join(element.value for element in (*app.markdown, *app.caption, *app.subheader, *app.header))
    assert not re.findall(r"\b[a-z]+_[a-z_]+\b(?=\s|$)", re.sub(r"[`$<][^`$>]*[`$>]", "", shown))


@pytest.mark.parametrize("slug", [page.slug for page in built_pages()])
def test_the_languages_have_the_same_sections(slug: str) -> None:
    first, second = (list(read_sections(slug, language)) for language in LANGUAGES)
    assert first == second


def test_settings_survive_a_change_of_tab_and_of_page() -> None:
    app = open_app("concepts", "en", tab="playground", learning_rate="0.3", hidden_sizes="5,3")
    app.switch_page("Home.py").run()
    app.switch_page("pages/concepts.py").run()
    assert app.query_params["learning_rate"] == "0.3"
    assert app.query_params["hidden_sizes"] == "5,3"


def test_a_quick_click_wins_over_the_address_of_an_earlier_tab() -> None:
    """The browser sends a click with the address that it has, which may lag behind."""
    app = open_app("losses", "en", tab="loss_curves")
    for tab in ("pairing", "descent"):
        app.query_params["tab"] = "loss_curves"
        app.segmented_control(key="losses.tab").set_value(tab).run()
        assert "".join(app.query_params["tab"]) == tab
    app.query_params["tab"] = "pairing"  # a link, or the way back
    app.run()
    assert app.segmented_control(key="losses.tab").value == "pairing"


def test_quick_changes_are_all_kept_though_the_browser_still_has_the_earlier_address() -> None:
    app = open_app("concepts", "en", tab="playground")
    before = {name: "".join(value) for name, value in app.query_params.items()}
    for key, value in (("n_samples", 300), ("noise", 0.2), ("n_samples", 310)):
        app.query_params.clear()
        app.query_params.update(before)
        app.slider(key=f"concepts.playground.{key}").set_value(value).run()
    assert app.query_params["n_samples"] == "310"
    assert app.query_params["noise"] == "0.2"


def test_a_tab_does_not_take_settings_of_the_same_name_from_the_tab_before() -> None:
    app = open_app("concepts", "en", tab="playground", learning_rate="0.3", hidden_sizes="5,3")
    app.segmented_control(key="concepts.tab").set_value("perceptron").run()
    assert "learning_rate" not in app.query_params
    app.segmented_control(key="concepts.tab").set_value("playground").run()
    assert app.query_params["learning_rate"] == "0.3"


def test_corrections_are_told_once() -> None:
    app = open_app("concepts", "en", tab="playground", learning_rate="abc", hidden_sizes="9999")
    said = " ".join(warning.value for warning in app.warning)
    assert "Learning rate: “abc”" in said
    assert "9999" in said
    app.run()
    assert not app.warning


def test_the_arena_shows_two_configurations() -> None:
    app = open_app("concepts", "en", tab="playground", arena="on", **{"b.activation": "relu"})
    assert not app.exception
    assert [heading.value for heading in app.subheader][:2] == ["A", "B"]
    assert app.query_params["b.activation"] == "relu"


def test_own_points_as_csv() -> None:
    app = open_app("concepts", "en", tab="playground", dataset="own")
    app.text_area[0].set_value("x1,x2,class\n1,1,0\n2,2,0\n-1,-1,1\n-2,oops,1").run()
    use = next(button for button in app.button if button.label == read_labels("en")["use_points"])
    use.click().run()
    assert "Line 5" in app.error[0].value
    app.text_area[0].set_value("x1,x2,class\n1,1,0\n2,2,0\n-1,-1,1\n-2,-2,1").run()
    next(button for button in app.button if button.label == read_labels("en")["use_points"]).click().run()
    assert not app.error
    assert "1,1,0" in app.query_params["points"]
