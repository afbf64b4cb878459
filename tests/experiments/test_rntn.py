"""Rntn: what is asked is what is recorded, only nodes above a change change, and the baseline knows no order."""

from __future__ import annotations

import numpy as np
import pytest

from dlcore.advance import advance, ask
from dlcore.data.opinion_trees import make_trees, pack_trees, shown_trees
from dlcore.experiments.rntn import LANES, WATCHED, Rntn, count_words, measure_bag
from dlcore.frames import unpack
from dlcore.functions.opinion_flips import counterparts, flips, is_above, list_paths
from dlcore.functions.opinion_grammar import ENGLISH, read_tree
from dlcore.specs import RntnSpec

SMALL = RntnSpec(n_trees=60, vector_size=4, n_seeds=1, n_steps=40)


@pytest.fixture(scope="module")
def trained():
    return advance(SMALL, None, SMALL.n_steps)


def test_an_answer_is_what_the_frame_shows(trained):
    arrays = unpack(trained.frames[-1].blob).arrays
    said = ask(SMALL, trained.state, {"trees": shown_trees("english")})
    for lane in WATCHED:
        np.testing.assert_array_equal(np.concatenate(said[lane]), arrays[f"said_{lane}"])
        assert (abs(arrays[f"said_{lane}"].sum(1, dtype=int) - 255) <= 3).all()


@pytest.mark.parametrize(
    "text", ["the music was dull but the film was not good", "nobody thought the film was very nice"]
)
def test_only_nodes_above_a_change_notice_it(trained, text):
    tree = read_tree(text, ENGLISH)
    for flip in flips(tree, ENGLISH):
        said = ask(SMALL, trained.state, {"trees": [tree, flip.tree]})
        for lane in LANES:
            before, after = said[lane]
            for path, row, was in zip(list_paths(flip.tree), after, counterparts(tree, flip), strict=True):
                if was >= 0 and not is_above(path, flip):
                    np.testing.assert_array_equal(row, before[was])
            assert (after[-1] != before[-1]).any()


def test_accuracies_agree_with_counting_tree_by_tree(trained):
    experiment = Rntn(SMALL)
    observed = experiment.observe()
    trees = make_trees("english", "longer", 50, 0)
    said = experiment.ask({"trees": trees.sentences})["plain"]
    right = [each.argmax(1) == label[label >= 0] for each, label in zip(said, trees.label, strict=True)]
    turned = [each[flags[flags >= 0] == 1] for each, flags in zip(right, trees.negated, strict=True)]
    # 255 levels make ties where probabilities nearly agree: one node in a hundred may be counted otherwise
    assert observed["all_longer_plain"] == pytest.approx(np.concatenate(right).mean(), abs=0.01)
    assert observed["turned_longer_plain"] == pytest.approx(np.concatenate(turned).mean(), abs=0.02)
    assert observed["root_longer_plain"] == pytest.approx(np.mean([each[-1] for each in right]), abs=0.03)


def test_the_bag_of_words_does_not_see_the_order():
    texts = ("the film was not bad and the plot was good", "the film was not good and the plot was bad")
    trees = pack_trees([read_tree(text, ENGLISH) for text in texts], "english")
    counts = count_words(trees, "english").reshape(2, -1, 48)
    np.testing.assert_array_equal(counts[0, -1], counts[1, -1])
    assert counts[0, -1].sum() == 10
    assert measure_bag("english", 200, 0)["turned_test_bag"] < 0.6


def test_the_tensor_is_ahead_where_words_meet_a_negation_for_the_first_time():
    spec = RntnSpec(n_seeds=1, n_steps=200)
    last = advance(spec, None, spec.n_steps).frames[-1].scalars
    assert last["turned_kept_tensor"] > last["turned_kept_plain"] > last["turned_kept_bag"]
    assert last["all_test_tensor"] > 0.95
