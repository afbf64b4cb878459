"""Generated sentences with the part of speech of every word; many words' tags depend on words before or after them.

A made-up grammar of a few patterns, no sample of English. It is built around words that are ambiguous in English too:
a verb or a noun ("watch"), an adjective or an adverb ("fast"), a determiner or a pronoun ("her", "that").
"""

from __future__ import annotations

import functools
from typing import NamedTuple

import numpy as np

TAGS = ("DET", "PRON", "NOUN", "VERB", "AUX", "ADJ", "ADV", "ADP", "PUNCT")  # of Universal Dependencies
WORDS = {
    "DET": ("the", "a", "my", "every"),
    "PRON": ("she", "he", "they", "we"),
    "NOUN": ("dog", "teacher", "garden", "letter", "river", "friend", "song", "house"),
    "VERB": ("sing", "leave", "arrive", "sleep", "write", "listen"),
    "PAST": ("saw", "heard", "felt"),
    "ADJ": ("old", "green", "small", "happy"),
    "ADV": ("slowly", "often", "never", "quietly"),
    "ADP": ("in", "near", "behind", "with"),
    "AUX": ("will", "must", "can"),
    "END": (".", "!"),
    "noun_or_verb": ("watch", "walk", "play", "dream", "dance", "plan"),
    "adjective_or_adverb": ("fast", "early", "late", "daily", "hard"),
    "determiner_or_pronoun": ("her", "that"),
}
SHOWN_AS = {"PAST": "VERB", "END": "PUNCT"}  # kinds of words that have no tag of their own
N_SHOWN = 6
N_TEST = 300  # sentences
TEST_SEED = 1_000_003  # added to the data seed: other sentences of the same grammar
LONGEST_CHAIN = 3  # words between an ambiguous word and the one that decides its tag
AMBIGUOUS = ("noun_or_verb", "adjective_or_adverb", "determiner_or_pronoun")
VOCABULARY = tuple(word for words in WORDS.values() for word in words)
NUMBERS = {word: number for number, word in enumerate(VOCABULARY)}
UNSURE = frozenset(NUMBERS[word] for kind in AMBIGUOUS for word in WORDS[kind])


class Sentences(NamedTuple):
    """Words and tags as numbers (N, T), −1 after a sentence's end; lengths (N,)."""

    words: np.ndarray
    tags: np.ndarray
    lengths: np.ndarray


@functools.lru_cache(maxsize=32)
def make_sentences(n: int, seed: int) -> Sentences:
    """`n` sentences of 4 to 13 words from four patterns, drawn with this seed."""
    generator = np.random.default_rng([seed, 0])
    made = [make_sentence(generator) for _ in range(n)]
    lengths = np.array([len(sentence) for sentence in made])
    words, tags = (np.full((n, lengths.max()), -1) for _ in range(2))
    for row, sentence in enumerate(made):
        words[row, : len(sentence)] = [NUMBERS[word] for word, _ in sentence]
        tags[row, : len(sentence)] = [TAGS.index(tag) for _, tag in sentence]
    return Sentences(words, tags, lengths)


def make_test(data_seed: int) -> Sentences:
    """The test sentences."""
    return make_sentences(N_TEST, (data_seed + TEST_SEED) % 2**31)


def choose_shown(sentences: Sentences) -> np.ndarray:
    """The sentences that are drawn (N_SHOWN,): those with the most ambiguous words, "her" and "that" above all."""
    unsure = np.isin(sentences.words, sorted(UNSURE)).sum(axis=1)
    unsure += 2 * np.isin(sentences.words, [NUMBERS[word] for word in WORDS["determiner_or_pronoun"]]).any(axis=1)
    return np.argsort(-unsure, kind="stable")[:N_SHOWN]


def make_sentence(generator: np.random.Generator) -> list[tuple[str, str]]:
    """One sentence as (word, tag) pairs."""
    pattern = PATTERNS[generator.integers(len(PATTERNS))]
    return [*pattern(generator), _word("END", generator)]


def perceive(generator: np.random.Generator) -> list[tuple[str, str]]:
    """What is seen or heard, as in "we saw her fast early dance": the last word decides about those before it.

    Before a noun "her" is a determiner and "fast" an adjective; before a verb a pronoun and an adverb.
    """
    ends_in_noun = generator.random() < 0.5
    her, chain, last = ("DET", "ADJ", "NOUN") if ends_in_noun else ("PRON", "ADV", "VERB")
    start = [_word("PRON", generator), _word("PAST", generator)]
    middle = [_ambiguous("determiner_or_pronoun", her, generator), *_chain(chain, generator, least=1)]
    return [*start, *middle, _word(last, generator), *_place(generator)]


def act(generator: np.random.Generator) -> list[tuple[str, str]]:
    """A verb with adverbs before it, because of the second word: "they will fast early dance"."""
    rest = [*_chain("ADV", generator), _ambiguous("noun_or_verb", "VERB", generator)]
    return [_word("PRON", generator), _word("AUX", generator), *rest, *_place(generator)]


def describe(generator: np.random.Generator) -> list[tuple[str, str]]:
    """A noun with adjectives before it, because of the first word: "the old early dance will sleep"."""
    phrase = [*_chain("ADJ", generator), _ambiguous("noun_or_verb", "NOUN", generator)]
    return [_word("DET", generator), *phrase, _word("AUX", generator), _word("VERB", generator), *_place(generator)]


def point(generator: np.random.Generator) -> list[tuple[str, str]]:
    """A sentence like "that dog heard the song" or "that felt …": the next word decides about "that"."""
    subject = [("that", "DET"), _word("NOUN", generator)] if generator.random() < 0.5 else [("that", "PRON")]
    return [*subject, _word("PAST", generator), _word("DET", generator), _word("NOUN", generator), *_place(generator)]


PATTERNS = (perceive, act, describe, point)


def _chain(tag: str, generator: np.random.Generator, least: int = 0) -> list[tuple[str, str]]:
    """Words that are all adjectives or all adverbs; two in three of them look the same either way."""
    n_words = generator.integers(least, LONGEST_CHAIN + 1)
    return [
        _ambiguous("adjective_or_adverb", tag, generator) if generator.random() < 2 / 3 else _word(tag, generator)
        for _ in range(n_words)
    ]


def _place(generator: np.random.Generator) -> list[tuple[str, str]]:
    """Nothing, or "near the river"."""
    if generator.random() < 0.6:
        return []
    return [_word("ADP", generator), _word("DET", generator), _word("NOUN", generator)]


def _word(kind: str, generator: np.random.Generator) -> tuple[str, str]:
    return WORDS[kind][generator.integers(len(WORDS[kind]))], SHOWN_AS.get(kind, kind)


def _ambiguous(kind: str, tag: str, generator: np.random.Generator) -> tuple[str, str]:
    return WORDS[kind][generator.integers(len(WORDS[kind]))], tag
