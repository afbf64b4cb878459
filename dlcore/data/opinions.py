"""Opinions: short sentences from a grammar, made here and so labelled as synthetic; the word order decides."""

from __future__ import annotations

import numpy as np

NOUNS = ("film", "plot", "music", "cast", "ending", "food", "room", "service")
GOOD = ("good", "great", "lovely", "fine")
BAD = ("bad", "awful", "dull", "poor")
OTHERS = ("the", "was", "not", "really", "but", "and")
VOCABULARY = ("", *OTHERS, *NOUNS, *GOOD, *BAD)  # 0: after the sentence's end
N_WORDS = 13
NUMBER = {word: number for number, word in enumerate(VOCABULARY)}


def make_opinions(n: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Word numbers (n, 13) into VOCABULARY, and y (n,): 1 where the writer is content.

    "the film was really good but the plot was not bad": two opinions, each perhaps turned round by a *not*; after "and"
    both point the same way, after "but" they are opposed and the second one counts. Half of each label on average.
    """
    generator = np.random.default_rng([seed, 0])
    sentences = [make_sentence(generator) for _ in range(n)]
    numbers = [[NUMBER[word] for word in words] + [0] * (N_WORDS - len(words)) for words, _ in sentences]
    return np.array(numbers), np.array([int(is_content) for _, is_content in sentences])


def make_sentence(generator: np.random.Generator) -> tuple[list[str], bool]:
    """The words, and whether the writer is content."""
    is_content, is_opposed, is_short = generator.random(3) < (0.5, 0.5, 0.2)
    end = make_clause(generator, is_content)
    if is_short:
        return end, is_content
    joint = "but" if is_opposed else "and"
    return [*make_clause(generator, is_content != is_opposed), joint, *end], is_content


def make_clause(generator: np.random.Generator, is_good: bool) -> list[str]:
    """A noun and what it was like: at most six words."""
    is_turned, is_strong = generator.random(2) < 0.4
    words = GOOD if is_good != is_turned else BAD
    noun, quality = NOUNS[generator.integers(len(NOUNS))], words[generator.integers(len(words))]
    return ["the", noun, "was", *(["not"] if is_turned else []), *(["really"] if is_strong else []), quality]
