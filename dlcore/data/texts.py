"""Texts for a character model: English prose, Chinese quatrains, generated names; a tenth is held back.

The files and where they come from: `dlcore/data/files/SOURCES.md`. Letters in shapes: N characters, V different ones.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np

from dlcore.data.shipped import read_shipped
from dlcore.functions.counts import copied_share, pieces

MOBY_DICK = read_shipped("moby_dick.txt")
QUATRAINS = read_shipped("quatrains.txt")
NAMES = read_shipped("names.txt")
ENGLISH_PIECE = 1000  # characters; of the English text every tenth piece is held back
HOLD_OUT = 10  # one piece, poem or name in so many
COPY_LENGTH = {"english": 12, "chinese": 5, "names": 8}  # characters of a stretch that is called copied
MOST_BITS = 12.0  # surprise of the deepest colour


@dataclass(frozen=True, eq=False)
class Corpus:
    """A text as numbers into `alphabet`, the characters of both parts in the order of their code points."""

    alphabet: str
    train: np.ndarray  # (N,)
    test: np.ndarray

    def encode(self, text: str) -> np.ndarray:
        """The numbers of the characters (N,); characters that the corpus does not know are left out."""
        known = {character: number for number, character in enumerate(self.alphabet)}
        return np.array([known[character] for character in text if character in known], dtype=np.int64)

    def decode(self, numbers: np.ndarray) -> str:
        """The inverse of `encode`."""
        return "".join(self.alphabet[number] for number in numbers)


@functools.lru_cache(maxsize=3)
def read_corpus(name: str) -> Corpus:
    """A text by name.

    "english": chapters of Moby-Dick, 55,633 characters, public domain; "chinese": 144 Tang quatrains, a couplet a line,
    public domain; "names": 2,096 made-up people, a line each, after their language's code, generated with Faker (MIT).
    """
    pieces = {"english": _english, "chinese": _chinese, "names": _names}[name]()
    test = "".join(pieces[HOLD_OUT - 1 :: HOLD_OUT])
    train = "".join(piece for number, piece in enumerate(pieces) if number % HOLD_OUT != HOLD_OUT - 1)
    alphabet = "".join(sorted({*train, *test}))
    empty = Corpus(alphabet, np.array([]), np.array([]))
    return Corpus(alphabet, empty.encode(train), empty.encode(test))


def share_of_copies(name: str, texts: np.ndarray) -> float:
    """Of the stretches of COPY_LENGTH characters of texts (B, N): how many stand in the training text."""
    return float(np.mean([copied_share(text, known_pieces(name), COPY_LENGTH[name]) for text in texts]))


@functools.lru_cache(maxsize=3)
def known_pieces(name: str) -> frozenset[bytes]:
    """The stretches of COPY_LENGTH characters of the training text."""
    return frozenset(pieces(read_corpus(name).train, COPY_LENGTH[name]))


def _english() -> list[str]:
    return [MOBY_DICK[start : start + ENGLISH_PIECE] for start in range(0, len(MOBY_DICK), ENGLISH_PIECE)]


def _chinese() -> list[str]:
    """Poems, two lines of a couplet each, shuffled: the file is sorted by author."""
    poems = [poem.replace("。", "。\n") + "\n" for poem in QUATRAINS.splitlines()[1::2]]
    return _shuffled(poems)


def _names() -> list[str]:
    return _shuffled([f"{name}\n" for name in NAMES.splitlines()])


def _shuffled(pieces: list[str]) -> list[str]:
    return [pieces[at] for at in np.random.default_rng(0).permutation(len(pieces))]
