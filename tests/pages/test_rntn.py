"""The recursive network's tab without a browser: sentences are typed, built, refused; absurd links do no harm."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pages.other_models.rntn_sentence import STARTS
from tests.pages.test_pages import inline, open_app  # noqa: F401
from ui.text import read_labels

WORDS = read_labels("en")
TAB = {"tab": "rntn", "n.n_steps": "2", "n.n_trees": "20", "n.n_seeds": "1"}


def sentence(app: AppTest, words: dict[str, str] = WORDS):
    return next(field for field in app.text_input if field.label == words["rntn_sentence"])


def press(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label == WORDS[label]).click().run()


def shown(app: AppTest) -> str:
    return " ".join(element.value for element in (*app.markdown, *app.caption, *app.info))


def test_a_typed_sentence_is_read_and_flipped() -> None:
    app = open_app("other_models", "en", **TAB)
    sentence(app).set_value("nobody liked the plot").run()
    assert "**they liked the plot**" in shown(app)
    assert app.query_params["sentence"] == "nobody liked the plot"
    sentence(app).set_value("(the film) (was ((not very) good))").run()
    assert WORDS["rntn_own_brackets"] in shown(app)
    assert WORDS["rntn_no_flip"] in shown(app)
    assert not [*app.error, *app.exception]


@pytest.mark.parametrize(("language", "starts"), [("en", STARTS["english"]), ("zh", STARTS["chinese"])])
def test_a_reader_begins_with_sentences_of_the_own_language(language: str, starts: str) -> None:
    app = open_app("other_models", language, tab="rntn")
    assert sentence(app, read_labels(language)).value == starts
    assert app.query_params["n.begun"] == "yes"


def test_a_link_means_the_same_in_both_languages() -> None:
    app = open_app("other_models", "zh", tab="rntn", **{"n.begun": "yes"})
    assert sentence(app, read_labels("zh")).value == STARTS["english"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_wrong_word_is_named_and_the_last_tree_kept(language: str) -> None:
    words = read_labels(language)
    app = open_app("other_models", language, **TAB)
    sentence(app, words).set_value("the plot was bad").run()
    sentence(app, words).set_value("the plot was terrific").run()
    assert [said.value for said in app.error] == [words.format("error_sentence_word", word="terrific", place=4)]
    assert "**the plot was not bad**" in shown(app)
    sentence(app, words).set_value("((the plot) (was bad)").run()
    assert [said.value for said in app.error] == [words.format("error_bracket_unclosed", value=1)]
    assert not app.exception


def test_a_link_opens_the_change_that_it_names() -> None:
    app = open_app("other_models", "en", **TAB, sentence="i loved the plot", flip="2")
    assert "**i never loved the plot**" in shown(app)
    sentence(app).set_value("i hated the plot").run()
    assert "**nobody hated the plot**" in shown(app)
    assert "flip" not in app.query_params


def test_sentences_are_taken_and_built_word_by_word() -> None:
    app = open_app("other_models", "en", **TAB)
    press(app, "rntn_take_kept")
    taken = sentence(app).value
    press(app, "rntn_take_kept")
    assert taken != sentence(app).value
    sentence(app).set_value("the film").run()
    assert [button.label for button in app.button if ".next." in (button.key or "")] == ["was"]
    next(button for button in app.button if button.label == "was").click().run()
    assert sentence(app).value == "the film was"
    press(app, "rntn_drop_word")
    assert sentence(app).value == "the film"
    assert not app.exception


@pytest.mark.parametrize(
    "query",
    [
        {"sentence": "(" * 300, "flip": "-7", "compose": "x" * 999},
        {"sentence": "电影很好", "flip": "99", "n.opinion_language": "chinese", "n.vector_size": "1e9"},
        {"sentence": "<b>the film</b>", "flip": "²", "n.n_trees": "0", "n.opinion_language": "klingon"},
    ],
)
def test_absurd_links_do_no_harm(query: dict[str, str]) -> None:
    app = open_app("other_models", "en", **{**TAB, **query})
    assert not app.exception
    app.run()
    assert not app.exception
