"""Generated opinions: the parser gives every sentence the tree it was drawn as, and what is kept apart stays apart."""

from __future__ import annotations

import numpy as np
import pytest

from dlcore.data.opinion_trees import SHOWN, list_nodes, make_trees, shown_trees, turned_words, word_numbers
from dlcore.functions.opinion_grammar import GRAMMARS, classify, read_tree, score, words_of, write

LANGUAGES = pytest.mark.parametrize("language", GRAMMARS)


@LANGUAGES
@pytest.mark.parametrize("split", ["train", "test", "longer", "kept"])
def test_the_parser_finds_the_tree_that_was_drawn(language, split):
    grammar = GRAMMARS[language]
    for tree in make_trees(language, split, 100, 3).sentences:
        assert read_tree(write(words_of(tree), grammar), grammar) == tree


@LANGUAGES
def test_kept_words_are_turned_in_one_split_alone(language):
    grammar = GRAMMARS[language]
    for split in ("train", "test", "longer"):
        for tree in make_trees(language, split, 200, 0).sentences:
            assert not set(turned_words(tree, grammar)) & set(grammar.kept)
    for tree in make_trees(language, "kept", 50, 0).sentences:
        judged = {word for word in turned_words(tree, grammar) if word in grammar.scores}
        assert judged
        assert judged <= set(grammar.kept)
    trained = {word for tree in make_trees(language, "train", 400, 0).sentences for word in words_of(tree)}
    assert set(grammar.vocabulary) == trained


@LANGUAGES
def test_test_sentences_are_new_and_longer_ones_higher(language):
    train, test, longer = (make_trees(language, split, 120, 5) for split in ("train", "test", "longer"))
    assert not set(train.sentences) & set(test.sentences)
    assert longer.height.max() > train.height.max()
    assert longer.is_node.sum(1).mean() > 1.8 * train.is_node.sum(1).mean()
    assert make_trees(language, "train", 120, 5) is train


def test_nodes_are_listed_after_their_children():
    nodes = list_nodes(read_tree("the film was not good", GRAMMARS["english"]), "english")
    numbers = word_numbers("english")
    assert [node[0] for node in nodes if node[0] >= 0] == [
        numbers[word] for word in ("the", "film", "was", "not", "good")
    ]
    words, left, right, height, label, negated = np.array(nodes).T
    assert (height[-1], label[-1], negated[-1]) == (3, 1, 1)
    assert (label[words == numbers["good"]], negated[words == numbers["not"]]) == (3, 0)
    inner = words < 0
    assert (left[inner] < np.flatnonzero(inner)).all()
    assert (right[inner] < np.flatnonzero(inner)).all()
    assert negated.sum() == 3


@LANGUAGES
def test_watched_sentences_are_of_the_grammar(language):
    assert len(shown_trees(language)) == len(SHOWN[language])
    values = {classify(score(tree, GRAMMARS[language])) for tree in shown_trees(language)}
    assert len(values) >= 3
