"""Models of text that only count, and how much of a text stands word for word in another. Numpy.

Letters in shapes: N characters, V different ones; a text is its characters' numbers (N,).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set

import numpy as np


def unigram_bits(train: np.ndarray, test: np.ndarray, n_characters: int) -> float:
    """Bits a character of `test` when each is expected as often as in `train` (add one: Laplace 1814)."""
    counts = np.bincount(train, minlength=n_characters) + 1
    return float(-np.log2(counts / counts.sum())[test].mean())


def ngram_bits(train: np.ndarray, texts: np.ndarray, n_characters: int, order: int, first: int = 0) -> float:
    """Bits a character of `texts` (B, N), from their `first` character on, after counting what followed the last
    `order − 1` characters in `train`.

    Witten & Bell 1991, interpolated (Chen & Goodman 1999, section 2.4): p(c | h) = (n(h, c) + T(h) p(c | h′)) /
    (n(h) + T(h)), T(h) different characters after h, h′ is h without its oldest character; below all lies 1/V.
    """
    followers = [_count(train, length) for length in range(order)]
    bits = [
        _bits(followers, text[max(0, at - order + 1) : at], int(text[at]), n_characters)
        for text in texts
        for at in range(first, len(text))
    ]
    return float(np.mean(bits))


def copied_share(text: np.ndarray, known: Set[bytes], n: int) -> float:
    """The share of the stretches of `n` characters of `text` (N,) that are `known` pieces of another text; 0 if there
    is none."""
    found = pieces(text, n)
    return sum(piece in known for piece in found) / len(found) if found else 0.0


def pieces(text: np.ndarray, n: int) -> list[bytes]:
    """Every stretch of `n` characters of a text (N,), in a form that can be looked up."""
    raw = text.astype(np.int32).tobytes()
    return [raw[4 * at : 4 * (at + n)] for at in range(len(text) - n + 1)]


def _count(text: np.ndarray, length: int) -> dict[bytes, dict[int, int]]:
    """How often each character followed each stretch of `length` characters."""
    counts: dict[bytes, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for past, follower in zip(pieces(text, length), text[length:].tolist(), strict=False):
        counts[past][follower] += 1
    return counts


def _bits(followers: list[dict[bytes, dict[int, int]]], past: np.ndarray, character: int, n_characters: int) -> float:
    p = 1 / n_characters
    for length in range(len(past) + 1):
        counts = followers[length].get(_key(past, length))
        if counts is None:
            break
        n, kinds = sum(counts.values()), len(counts)
        p = (counts.get(character, 0) + kinds * p) / (n + kinds)
    return -float(np.log2(p))


def _key(past: np.ndarray, length: int) -> bytes:
    return past[len(past) - length :].astype(np.int32).tobytes()
