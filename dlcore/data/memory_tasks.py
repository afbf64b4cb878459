"""Sequences that ask for something that happened long ago: made by rule, without noise, new ones for every batch.

Letters in shapes: N sequences, T steps, I inputs. Inputs (N, T, I) are float32; symbols are one-hot. Licence: none
needed, nothing is copied from a data set.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

N_SYMBOLS = 4  # that may have to be recalled
N_DISTRACTORS = 2
LONGEST_REBER = 30  # longer strings are drawn again: about one in 300
REBER = "BTPSXVE"
REBER_ARCS = (
    (("T", 1), ("P", 2)),
    (("S", 1), ("X", 3)),
    (("T", 2), ("V", 4)),
    (("X", 2), ("S", 5)),
    (("P", 3), ("V", 5)),
)  # of Reber 1967, from each node but the last


@dataclass(frozen=True)
class Sequences:
    """`y` is (N,), the answer after the last step; or (N, T), the next symbol at every step, −1 where none counts.

    `judged` (N,) is the step whose answer is judged.
    """

    x: np.ndarray
    y: np.ndarray
    judged: np.ndarray


@dataclass(frozen=True)
class MemoryTask:
    """`floor` is the error of the best constant answer: a mean squared error, or a share of wrong answers."""

    make: Callable[[int, int, np.random.Generator], Sequences]
    n_inputs: int
    n_outputs: int
    floor: float


def make_adding(n: int, length: int, generator: np.random.Generator) -> Sequences:
    """Two of T numbers from U(0, 1) are marked, one in each half; wanted is their sum (Hochreiter & Schmidhuber 1997,
    experiment 4, in the form of Le et al. 2015). Answering 1 has mean squared error 2/12."""
    x = np.zeros((n, length, 2), np.float32)
    x[:, :, 0] = generator.random((n, length))
    rows, half = np.arange(n), length // 2
    first, second = generator.integers(0, half, n), generator.integers(half, length, n)
    x[rows, first, 1] = x[rows, second, 1] = 1
    return Sequences(x, x[rows, first, 0] + x[rows, second, 0], np.full(n, length - 1))


def make_recall(n: int, length: int, generator: np.random.Generator) -> Sequences:
    """The first of T symbols is one of four, distractors follow; a cue at the end asks for the first."""
    y = generator.integers(0, N_SYMBOLS, n)
    symbols = N_SYMBOLS + generator.integers(0, N_DISTRACTORS, (n, length))
    symbols[:, 0], symbols[:, -1] = y, N_SYMBOLS + N_DISTRACTORS
    return Sequences(one_hot(symbols, N_SYMBOLS + N_DISTRACTORS + 1), y, np.full(n, length - 1))


def make_order(n: int, length: int, generator: np.random.Generator) -> Sequences:
    """X or Y at two places among distractors: which pair in which order? (Hochreiter & Schmidhuber 1997, exp. 6a.)

    As there, the places lie in the second tenth and the sixth tenth of the sequence. Symbols: X, Y, a–d, begin, end.
    """
    pairs = generator.integers(0, 2, (n, 2))
    symbols = generator.integers(2, 6, (n, length))
    symbols[:, 0], symbols[:, -1] = 6, 7
    rows = np.arange(n)
    for pair, tenth in ((0, 1), (1, 5)):
        low = max(1, tenth * length // 10)
        high = max(low + 1, (tenth + 1) * length // 10)
        symbols[rows, generator.integers(low, high, n)] = pairs[:, pair]
    return Sequences(one_hot(symbols, 8), 2 * pairs[:, 0] + pairs[:, 1], np.full(n, length - 1))


def make_embedded_reber(n: int, length: int, generator: np.random.Generator) -> Sequences:
    """Strings of the embedded Reber grammar, wanted is every next symbol, judged the second-last one: it repeats the
    second one (Hochreiter & Schmidhuber 1997, experiment 1). `length` plays no part."""
    strings = [draw_embedded_reber(generator) for _ in range(n)]
    symbols = np.full((n, LONGEST_REBER), -1)
    for row, string in enumerate(strings):
        symbols[row, : len(string)] = [REBER.index(letter) for letter in string]
    x = one_hot(np.maximum(symbols[:, :-1], 0), len(REBER)) * (symbols[:, :-1] >= 0)[:, :, None]
    return Sequences(x, symbols[:, 1:], np.array([len(string) - 3 for string in strings]))


def draw_embedded_reber(generator: np.random.Generator) -> str:
    """One string of at most `LONGEST_REBER` letters: B, T or P, a Reber string, the same T or P, E."""
    while True:
        gate, string = "TP"[generator.integers(2)], draw_reber(generator)
        if len(string) + 4 <= LONGEST_REBER:
            return f"B{gate}{string}{gate}E"


def draw_reber(generator: np.random.Generator) -> str:
    """One string of the Reber grammar: from node to node, either way out equally likely."""
    letters, node = ["B"], 0
    while node < len(REBER_ARCS):
        letter, node = REBER_ARCS[node][generator.integers(2)]
        letters.append(letter)
    return "".join([*letters, "E"])


def one_hot(symbols: np.ndarray, n_symbols: int) -> np.ndarray:
    """(…, n_symbols) float32, 1 at the place of each symbol."""
    return np.eye(n_symbols, dtype=np.float32)[symbols]


TASKS = {
    "adding": MemoryTask(make_adding, 2, 1, 1 / 6),
    "recall": MemoryTask(make_recall, N_SYMBOLS + N_DISTRACTORS + 1, N_SYMBOLS, 1 - 1 / N_SYMBOLS),
    "order": MemoryTask(make_order, 8, 4, 3 / 4),
    "reber": MemoryTask(make_embedded_reber, len(REBER), len(REBER), 1 / 2),
}


@functools.lru_cache(maxsize=32)
def make_test_set(task: str, n: int, length: int, seed: int) -> Sequences:
    """Sequences that no training sees."""
    return TASKS[task].make(n, length, np.random.default_rng([seed, 1]))


def make_batch(task: str, n: int, length: int, seed: int, step: int) -> Sequences:
    """The sequences of one update: the same for every network that is trained with this seed."""
    return TASKS[task].make(n, length, np.random.default_rng([seed, 2, step]))
