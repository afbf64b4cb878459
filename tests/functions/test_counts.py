"""Counting models against counting by hand; what is called a copy."""

from __future__ import annotations

import numpy as np
import pytest

from dlcore.functions.counts import copied_share, ngram_bits, pieces, unigram_bits

TRAIN = np.array([0, 1, 0, 1, 0, 2])  # a b a b a c


def test_single_characters_are_counted_with_one_added():
    assert unigram_bits(TRAIN, np.array([0]), 4) == pytest.approx(-np.log2(4 / 10))
    assert unigram_bits(TRAIN, np.array([3]), 4) == pytest.approx(-np.log2(1 / 10))


def test_pairs_fall_back_as_witten_and_bell_have_it():
    below = (2 + 3 / 4) / (6 + 3)  # p(b): 2 of 6, 3 different ones, over 1/V
    expected = (2 + 2 * below) / (3 + 2)  # after a: b twice, c once
    assert ngram_bits(TRAIN, np.array([[0, 1]]), 4, order=2, first=1) == pytest.approx(-np.log2(expected))
    alone = (0 + 3 / 4) / (6 + 3)  # d was never seen, and nothing ever followed it
    assert ngram_bits(TRAIN, np.array([[3, 3]]), 4, order=2, first=1) == pytest.approx(-np.log2(alone))


@pytest.mark.parametrize("order", [1, 2, 3, 4])
def test_the_probabilities_after_any_past_sum_to_one(order):
    generator = np.random.default_rng(order)
    train, past = generator.integers(0, 5, 300), generator.integers(0, 5, 4)
    texts = np.array([[*past, last] for last in range(6)])  # 5 was never seen
    each = [2 ** -ngram_bits(train, text[None], 6, order, first=4) for text in texts]
    assert sum(each) == pytest.approx(1)


def test_copies_are_counted_in_overlapping_stretches():
    known = frozenset(pieces(TRAIN, 3))
    assert copied_share(np.array([0, 1, 0, 2, 2]), known, 3) == pytest.approx(2 / 3)
    assert copied_share(np.array([0, 1]), known, 3) == 0.0
