"""The opinion grammar: what the rules say of whole sentences, which tree a sentence has, what is wrong with others."""

from __future__ import annotations

import pytest

from dlcore.errors import DataError
from dlcore.functions.opinion_grammar import (
    CHINESE,
    CLASSES,
    ENGLISH,
    GRAMMARS,
    classify,
    next_words,
    read_tree,
    score,
    words_of,
    write,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("the film was good", 1),
        ("the film was very good", 2),
        ("the film was not good", -1),
        ("the film was not very good", -1),  # mild
        ("the film was not bad", 1),
        ("the film was not awful", 0),  # no praise
        ("the film was hardly great", -1),
        ("the film was hardly bad", 0),
        ("the film was really really awful", -3),
        ("the film was ordinary", 0),
        ("nobody liked the film", -1),
        ("nobody hated the film", 0),
        ("i never really liked the film", -1),
        ("nobody thought the film was dull", 1),
        ("i never thought the film was not good", 1),
        ("the film was great and the plot was bad", 0.5),
        ("the film was great but the plot was bad", -0.25),
        ("the film was bad but the plot was great", 1.25),
    ],
)
def test_what_english_sentences_say(text, value):
    assert score(read_tree(text, ENGLISH), ENGLISH) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("电影很好", 2),
        ("电影不很好", -1),
        ("电影很不好", -2),  # the order decides
        ("没人不喜欢音乐", 1),
        ("我不觉得电影很好", -1),
        ("音乐算不上精彩", -1),
        ("电影好，但剧情糟糕。", -1.25),
        ("电影好，剧情糟糕", -0.5),
    ],
)
def test_what_chinese_sentences_say(text, value):
    assert score(read_tree(text, CHINESE), CHINESE) == value


def test_classes_are_cut_where_the_page_says():
    said = [CLASSES[classify(value)] for value in (-3, -1.5, -0.5, 0, 0.5, 0.75, 1.5, 1.75)]
    assert said == [
        *("very_negative", "negative", "neutral", "neutral"),
        *("neutral", "positive", "positive", "very_positive"),
    ]


def test_trees_branch_where_the_phrases_do():
    wanted = (("the", "film"), ("was", ("not", ("very", "good"))))
    assert read_tree("The film was not very good.", ENGLISH) == wanted
    assert read_tree("((the film) (was (not (very good))))", ENGLISH) == wanted
    assert read_tree("(the film) (was (not (very good)))", ENGLISH) == wanted
    assert read_tree("电影很不好", CHINESE) == ("电影", ("很", ("不", "好")))
    assert read_tree("（电影（不（很好）））", CHINESE) == ("电影", ("不", ("很", "好")))
    assert write(words_of(wanted), ENGLISH) == "the film was not very good"


def test_brackets_may_say_another_tree_than_the_grammar():
    other = read_tree("(the film) (was ((not very) good))", ENGLISH)
    assert other != read_tree("the film was not very good", ENGLISH)
    assert score(other, ENGLISH) == 1


@pytest.mark.parametrize(
    ("text", "code", "values"),
    [
        ("", "sentence_empty", {}),
        ("the movie was good", "sentence_word", {"word": "movie", "place": 2}),
        ("the film was good good", "sentence_place", {"word": "good", "place": 5}),
        ("the film very good", "sentence_place", {"word": "very", "place": 3}),
        ("film was good", "sentence_place", {"word": "film", "place": 1}),
        ("the film was very not good", "sentence_place", {"word": "not", "place": 5}),
        ("the film was not", "sentence_ends", {}),
        ("the film was good but", "sentence_ends", {}),
        ("((the film) (was good)", "bracket_unclosed", {"value": 1}),
        ("(the film)) was good", "bracket_unopened", {}),
        ("(the film was good)", "bracket_not_two", {"value": 4}),
        ("(the film) was good", "bracket_not_two", {"value": 3}),
        ("() good", "bracket_not_two", {"value": 0}),
        ("very " * 41, "sentence_too_long", {"value": 41, "limit": 40}),
    ],
)
def test_what_is_wrong_is_named(text, code, values):
    with pytest.raises(DataError) as caught:
        read_tree(text, ENGLISH)
    assert caught.value.code == code
    assert values.items() <= caught.value.values.items()


def test_what_might_stand_there_is_said():
    with pytest.raises(DataError) as caught:
        read_tree("the film was", ENGLISH)
    assert {"not", "very", "good"} & set(caught.value.values["expected"].split(", "))
    with pytest.raises(DataError) as caught:
        read_tree("电影很音乐", CHINESE)
    assert caught.value.values["word"] == "音乐"
    with pytest.raises(DataError) as caught:
        read_tree("电影很酷", CHINESE)
    assert (caught.value.code, caught.value.values["word"]) == ("sentence_word", "酷")


def test_what_may_come_next_is_what_the_parser_takes():
    assert next_words(["the"], ENGLISH) == list(ENGLISH.words["noun"])
    assert set(next_words(["the", "film", "was", "not"], ENGLISH)) == {
        *ENGLISH.words["adjective"],
        *("very", "really", "truly"),
    }
    assert next_words(["the", "film", "was", "good"], ENGLISH) == ["but", "and"]
    assert next_words(["nobody", "never"], ENGLISH) == []
    assert "的" not in next_words([], CHINESE)
    assert "没人" in next_words([], CHINESE)


@pytest.mark.parametrize("grammar", GRAMMARS.values(), ids=GRAMMARS)
def test_every_word_has_a_kind_and_every_strength_a_word_kept_apart(grammar):
    judging = set(grammar.words["adjective"] + grammar.words["verb"])
    assert judging == set(grammar.scores)
    for kind in ("adjective", "verb"):
        kept = [grammar.scores[word] for word in grammar.words[kind] if word in grammar.kept]
        assert sorted(kept) == [-2, -1, 1, 2]
