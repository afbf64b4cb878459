"""Strings of symbols with questions about them that need a memory of one kind: what was last, and how many are open.

Letters in shapes: N strings, T symbols, K answers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dlcore.data.memory_tasks import one_hot
from dlcore.errors import DataError

LENGTH = 24  # of the strings that are trained on
LONGEST = 60  # that a reader may type
DEEPEST = 4


@dataclass(frozen=True)
class SymbolTask:
    """`symbols` are the alphabet, `answers` what the network says; `shown` is the string that a page begins with."""

    symbols: str
    answers: tuple[str, ...]
    shown: str


TASKS = {
    "latch": SymbolTask("ab.?", ("a", "b"), "a....?..b.?.?....a.?..b?"),
    "depth": SymbolTask("().", ("0", "1", "2", "3", "4"), "(.()..((..)))..(((()).))"),
}


def make_strings(task: str, n: int, generator: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Symbols (N, LENGTH) and the wanted answers (N, LENGTH), −1 where nothing is asked."""
    draw = draw_latch if task == "latch" else draw_depth
    symbols = draw(n, generator)
    return symbols, np.stack([answers_to(task, row) for row in symbols])


def draw_latch(n: int, generator: np.random.Generator) -> np.ndarray:
    """A letter first; then mostly dots, now and then a letter or a question."""
    symbols = generator.choice(4, (n, LENGTH), p=(0.1, 0.1, 0.6, 0.2))
    symbols[:, 0] = generator.integers(0, 2, n)
    return symbols


def draw_depth(n: int, generator: np.random.Generator) -> np.ndarray:
    """Brackets that never close what is not open, at most `DEEPEST` deep, and dots."""
    symbols, depth = np.empty((n, LENGTH), np.int64), np.zeros(n, np.int64)
    for step in range(LENGTH):
        wanted = generator.choice(3, n, p=(0.4, 0.4, 0.2))
        wanted[(wanted == 0) & (depth == DEEPEST)] = 1
        wanted[(wanted == 1) & (depth == 0)] = 0
        depth += (wanted == 0).astype(np.int64) - (wanted == 1)
        symbols[:, step] = wanted
    return symbols


def answers_to(task: str, symbols: np.ndarray) -> np.ndarray:
    """(T,) the answers to one string (T,): the last letter, where asked; or how many brackets are open."""
    if task == "depth":
        return np.cumsum((symbols == 0).astype(np.int64) - (symbols == 1))
    answers, last = np.full(len(symbols), -1), -1
    for step, symbol in enumerate(symbols):
        last = symbol if symbol < 2 else last
        answers[step] = last if symbol == 3 else -1
    return answers


def read_string(task: str, text: str) -> np.ndarray:
    """(T,) the symbols of a typed string, spaces ignored; DataError where it breaks a rule of the task."""
    letters = "".join(text.split())
    alphabet = TASKS[task].symbols
    if not letters:
        raise DataError("empty_string")
    if len(letters) > LONGEST:
        raise DataError("string_too_long", limit=LONGEST)
    for place, letter in enumerate(letters, start=1):
        if letter not in alphabet:
            raise DataError("unknown_symbol", place=place, value=letter, choices=" ".join(alphabet))
    symbols = np.array([alphabet.index(letter) for letter in letters])
    depths = answers_to(task, symbols)
    if task == "depth" and (depths.min() < 0 or depths.max() > DEEPEST):
        raise DataError("depth_outside", place=int(np.argmax((depths < 0) | (depths > DEEPEST))) + 1, limit=DEEPEST)
    return symbols


def encode(task: str, symbols: np.ndarray) -> np.ndarray:
    """(…, I) float32, one-hot."""
    return one_hot(symbols, len(TASKS[task].symbols))
