"""Flips: which negations can be put in and taken out, and that nodes are recognised again."""

from __future__ import annotations

import pytest

from dlcore.functions.opinion_flips import counterparts, flips, is_above, list_paths, part_at
from dlcore.functions.opinion_grammar import CHINESE, ENGLISH, read_tree, words_of, write

SENTENCES = [
    ("the film was very good", ENGLISH, ["the film was not very good"]),
    ("the film was not good", ENGLISH, ["the film was good"]),
    ("the film was ordinary", ENGLISH, []),
    (
        "i thought nobody liked the plot",
        ENGLISH,
        [
            "nobody thought nobody liked the plot",
            "i never thought nobody liked the plot",
            "i thought they liked the plot",
        ],
    ),
    ("电影很好", CHINESE, ["电影不很好", "电影很不好"]),
    ("没人不喜欢音乐", CHINESE, ["大家不喜欢音乐", "没人喜欢音乐"]),
]


@pytest.mark.parametrize(("text", "grammar", "wanted"), SENTENCES)
def test_every_flip_is_found(text, grammar, wanted):
    found = [write(words_of(flip.tree), grammar) for flip in flips(read_tree(text, grammar), grammar)]
    assert found == wanted


@pytest.mark.parametrize(("text", "grammar", "wanted"), SENTENCES)
def test_nodes_that_stayed_hold_the_same_words(text, grammar, wanted):
    tree = read_tree(text, grammar)
    for flip in flips(tree, grammar):
        old, new = list_paths(tree), list_paths(flip.tree)
        matched = counterparts(tree, flip)
        assert matched.count(-1) == (2 if flip.act == "insert" else 0)
        assert len({number for number in matched if number >= 0}) == len(new) - matched.count(-1)
        for path, number in zip(new, matched, strict=True):
            if number >= 0 and not is_above(path, flip):
                assert part_at(flip.tree, path) == part_at(tree, old[number])
