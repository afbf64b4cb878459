"""Generated sentences: every word has a tag that its list allows, and what decides stands where it is said to stand."""

from __future__ import annotations

import numpy as np

from dlcore.data.tagged import (
    AMBIGUOUS,
    NUMBERS,
    SHOWN_AS,
    TAGS,
    UNSURE,
    VOCABULARY,
    WORDS,
    make_sentences,
    make_test,
    perceive,
)


def test_sure_words_have_one_tag_and_unsure_ones_two():
    sentences = make_sentences(500, 3)
    seen: dict[int, set[str]] = {}
    for word, tag in zip(sentences.words.ravel(), sentences.tags.ravel(), strict=True):
        if word >= 0:
            seen.setdefault(int(word), set()).add(TAGS[tag])
    assert len(seen) == len(VOCABULARY) == len(NUMBERS)
    for word, tags in seen.items():
        assert len(tags) == (2 if word in UNSURE else 1)
    for kind, words in WORDS.items():
        if kind not in AMBIGUOUS:
            assert seen[NUMBERS[words[0]]] == {SHOWN_AS.get(kind, kind)}


def test_sentences_end_where_their_lengths_say():
    sentences = make_sentences(200, 0)
    assert ((sentences.words >= 0).sum(axis=1) == sentences.lengths).all()
    last = sentences.tags[np.arange(200), sentences.lengths - 1]
    assert (last == TAGS.index("PUNCT")).all()


def test_the_end_decides_what_her_is():
    generator = np.random.default_rng(0)
    for _ in range(200):
        sentence = perceive(generator)
        start = next(at for at, (word, _) in enumerate(sentence) if word in ("her", "that"))
        end = next(at for at in range(start + 1, len(sentence)) if sentence[at][1] in ("NOUN", "VERB"))
        tags = {"NOUN": ("DET", "ADJ"), "VERB": ("PRON", "ADV")}[sentence[end][1]]
        assert sentence[start][1] == tags[0]
        assert {tag for _, tag in sentence[start + 1 : end]} == {tags[1]}
        assert 2 <= end - start <= 4


def test_test_sentences_are_drawn_apart():
    train, test = make_sentences(300, 0), make_test(0)
    assert not np.array_equal(train.words[:50, :4], test.words[:50, :4])
    assert make_sentences(300, 0) is train
