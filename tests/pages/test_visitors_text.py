"""What a visitor typed, uploaded or put into a link is shown as text: never as HTML, a link, a picture or a formula."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dlcore.data.own_scores import from_link, parse_scores
from dlcore.data.own_series import parse_series
from dlcore.data.places import parse_places
from dlcore.data.points import parse_points
from dlcore.data.symbol_tasks import read_string
from dlcore.data.tables import parse_table
from dlcore.errors import DLCoreError
from dlcore.functions.layer_arithmetic import parse_stack
from dlcore.specs import SPECS
from pages.rnn.unit import colour_text
from pages.rnn.writing import mark_copies
from tests.pages.test_linear_regression import use_table
from tests.pages.test_pages import inline, open_app  # noqa: F401
from ui.text import LANGUAGES, quoted, read_labels

HTML, LINK, FORMULA = "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", r"$\href{javascript:a}{y}$"
BARE, STYLED, CODE = "www.evil.example", "**evil** :material/evil: :red[evil]", "`evil` " + HTML
EVIL = [HTML, LINK, FORMULA, BARE, STYLED, CODE, f"a\n\n# evil {HTML}"]
MARKS = ("onerror", "javascript:", "evil")


def outside_code(text: str) -> str:
    return re.sub(r"`[^`\n]*`", "", text)


def said(app: AppTest) -> str:
    """All that the page shows as Markdown."""
    kinds = ("markdown", "caption", "error", "warning", "info", "success", "subheader", "header")
    return "\n".join(element.value for kind in kinds for element in getattr(app, kind))


@pytest.mark.parametrize("text", EVIL)
def test_what_is_more_than_words_stands_in_code(text):
    shown = quoted(text)
    assert shown[0] == shown[-1] == "`"
    assert outside_code(shown) == ""


@pytest.mark.parametrize("text", ["size", "price (10)", "−1.5", "3e-05", "花瓣长度", "petal_length", "a/b", ""])
def test_words_stay_words(text):
    assert quoted(text) == text


def parse_own_places(text: str) -> object:
    return parse_places(text, limit=4.0, max_rows=100)


def parse_symbols(text: str) -> object:
    return read_string("depth", text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "parse",
    [parse_table, parse_series, parse_scores, parse_points, parse_own_places, parse_stack, parse_symbols, from_link],
)
def test_a_refused_text_is_not_formatted(parse: Callable[[str], object], language: str):
    sentences = []
    for evil in EVIL:
        for text in (evil, f"a,b\n1,{evil}\n2,{evil}\n3,4", f"{evil},{evil}\n{evil},2\n1,2\n3,4"):
            try:
                parse(text)
            except DLCoreError as error:
                sentences.append(read_labels(language).sentence(error))
    assert sentences
    assert not [mark for mark in MARKS if mark in outside_code("\n".join(sentences))]


@pytest.mark.parametrize("kind", SPECS)
def test_a_refused_link_is_not_formatted(kind):
    for evil in EVIL:
        _, errors = SPECS[kind].repair(dict.fromkeys(SPECS[kind].model_fields, evil))
        assert errors
        for error in errors:
            sentence = read_labels("en").sentence(error)
            assert not [mark for mark in MARKS if mark in outside_code(sentence)], sentence


def test_coloured_and_marked_texts_are_escaped():
    assert "<img" not in colour_text(HTML, np.zeros(len(HTML), np.int8))
    assert "<img" not in mark_copies("english", HTML, 3)


def test_a_link_to_the_playground_shows_what_it_asked_for_as_text():
    link = {"learning_rate": LINK, "dataset": HTML, "hidden_sizes": FORMULA, "points": HTML, "noise": CODE}
    app = open_app("concepts", "en", tab="playground", **link, hide=HTML, lock=LINK)
    assert not app.exception
    assert all(mark in said(app) for mark in MARKS)
    assert not [mark for mark in MARKS if mark in outside_code(said(app))]


def test_an_own_table_s_names_and_cells_are_text():
    app = open_app("linear_regression", "en", tab="own_table")
    use_table(app, f"{LINK};{STYLED};{FORMULA}\n{HTML};60;210\nB;75;250\nC;90;330\nD;110;375\n")
    assert not app.exception
    assert all(mark in said(app) for mark in MARKS)
    assert not [mark for mark in MARKS if mark in outside_code(said(app))]
