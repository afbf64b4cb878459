"""Texts and labels: both languages say the same things about the same fields."""

from __future__ import annotations

import ast
import re
import string
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from dlcore.errors import DataError, SpecError
from dlcore.specs import SPECS
from ui.course import PAGES, built_pages
from ui.text import LANGUAGES, label_files, parse_question, parse_sections, read_labels, read_sections

ROOT = Path(__file__).parents[2]
TABLES = [tomllib.loads(file.read_text(encoding="utf-8")) for file in label_files()]
TABLE = {key: texts for table in TABLES for key, texts in table.items()}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_label_is_there_in_both_languages_with_the_same_placeholders():
    for key, texts in TABLE.items():
        assert set(texts) == set(LANGUAGES), key
        assert all(texts.values()), key
        if "{:" not in texts["en"] and not key.startswith("perceptron_"):
            assert placeholders(texts["en"]) == placeholders(texts["zh"]), key


def test_no_label_is_given_twice():
    assert sum(map(len, TABLES)) == len(TABLE)


def test_every_label_that_is_looked_up_is_there():
    files = [file for folder in ("pages", "ui") for file in (ROOT / folder).rglob("*.py")]
    found = {(file.name, key) for file in files for key in looked_up(file.read_text(encoding="utf-8"))}
    assert len(found) > 500
    assert not {(name, key) for name, key in found if key not in TABLE}


def looked_up(code: str) -> Iterator[str]:
    """Every key that stands in `label["key"]`, `labels["key"]` or `page.labels["key"]`."""
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Subscript(
                value=ast.Name(id="label" | "labels") | ast.Attribute(attr="labels"), slice=ast.Constant(value=str(key))
            ):
                yield key


@pytest.mark.parametrize("kind", SPECS)
def test_every_field_and_choice_has_its_words(kind):
    for field in SPECS[kind].describe():
        assert {field.name, f"{field.name}_help"} <= set(TABLE)
        assert {f"{field.name}_{choice}" for choice in field.choices} <= set(TABLE)


def test_every_page_and_group_has_its_words():
    assert {page.label_key for page in PAGES} | {f"course_{page.group}" for page in PAGES if page.group} <= set(TABLE)


@pytest.mark.parametrize("page", built_pages(), ids=lambda page: page.slug)
def test_both_languages_have_the_same_sections(page):
    english, chinese = (read_sections(page.slug, language) for language in LANGUAGES)
    assert list(english) == list(chinese)
    assert all(english.values())
    assert all(chinese.values())
    for name in english:
        if name.startswith("quiz_"):
            one, other = parse_question(english[name]), parse_question(chinese[name])
            assert [option.is_right for option in one.options] == [option.is_right for option in other.options]
            assert sum(option.is_right for option in one.options) == 1
            assert all(option.text and option.feedback for option in (*one.options, *other.options))


@pytest.mark.parametrize("page", built_pages(), ids=lambda page: page.slug)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_answer_is_called_right_twice(page, language):
    """The page's own word already stands before what is said of a chosen answer."""
    for name, text in read_sections(page.slug, language).items():
        if name.startswith("quiz_"):
            said = [option.feedback for option in parse_question(text).options if option.is_right]
            assert not re.match(r"(Right|Correct|对|正确)[.:,。：，]", said[0]), name


def read_emphasis(line: str) -> list[tuple[str, str, bool]]:
    """The characters before and after each run of stars, and whether it opens; code and formulas count as a letter."""
    plain = re.sub(r"`[^`]*`|\$[^$]*\$", "x", line)
    runs = list(re.finditer(r"\*+", plain))
    return [
        ((plain[: run.start()] or " ")[-1], (plain[run.end() :] or " ")[0], n % 2 == 0) for n, run in enumerate(runs)
    ]


def is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


@pytest.mark.parametrize("page", built_pages(), ids=lambda page: page.slug)
def test_chinese_emphasis_shows_no_stars(page):
    """CommonMark: between punctuation and a letter, stars need a space on the letter's side."""
    for text in read_sections(page.slug, "zh").values():
        for line in text.splitlines():
            for before, after, opens in read_emphasis(line):
                inner, outer = (after, before) if opens else (before, after)
                assert not inner.isspace(), line
                assert not is_punctuation(inner) or outer.isspace() or is_punctuation(outer), line


def test_sections_and_questions_are_parsed():
    sections = parse_sections(
        "ignored\n## one\n\ntext\n### inside\n## quiz_two\nWhy?\n\n- [ ] A\n  > no\n  > no\n- [x] B\n  > yes\n"
    )
    assert sections["one"] == "text\n### inside"
    question = parse_question(sections["quiz_two"])
    assert question.text == "Why?"
    assert [(option.text, option.is_right, option.feedback) for option in question.options] == [
        ("A", False, "no no"),
        ("B", True, "yes"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_errors_become_sentences_that_name_field_value_and_rule(language):
    labels = read_labels(language)
    said = labels.sentence(SpecError("between", field="noise", value="7", low=0.0, high=0.5, used=0.5))
    assert labels["noise"] in said
    assert "7" in said
    assert said.count("0.5") == 2
    assert "step" in labels.sentence(SpecError("formula_name", position=1, value="foo", choices=("sin", "step")))
    said = labels.sentence(SpecError("one_of", field="optimizer", value="x", choices=("sgd", "adam"), used="adam"))
    assert labels["optimizer_sgd"] in said
    assert labels["optimizer_adam"] in said
    said = labels.sentence(
        SpecError("between", field="layers", value="p1-relu", low=-2.0, high=1e-05, used="2-conv 8 3")
    )
    assert all(word in said for word in ("p1-relu", "−2", "1e−05", "2-conv 8 3"))
    assert len(labels.sentence(DataError("not_a_number", row=3, column="x1", value="y" * 500))) < 200
