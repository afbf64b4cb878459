"""Sequences of words to copy: a machine reads them, is told that they have ended, and then has to say them again.

Letters in shapes: B sequences, L words, T = 2L + 1 steps, I = 5 inputs, K = 4 bits a word. Licence: none needed.
"""

from __future__ import annotations

import numpy as np

N_BITS = 4  # K
N_INPUTS = N_BITS + 1
LONGEST = 40  # words that a machine is tested with


def n_steps_of(length: int) -> int:
    """T: reading L words, the sign that they have ended, and saying L words."""
    return 2 * length + 1


def make_words(length: int, n: int, generator: np.random.Generator) -> np.ndarray:
    """(n, L, K) independent fair bits, uint8 (Graves et al. 2014, section 4.1, has eight of them a word)."""
    return generator.integers(0, 2, (n, length, N_BITS), dtype=np.uint8)


def as_inputs(words: np.ndarray, n_steps: int | None = None) -> np.ndarray:
    """(B, T, I) float32 for words (B, L, K): bits are −1 or 1, the last input is 1 at the end of the words, all else 0.

    A bit 0 is −1, so that no word looks like the silence in which the machine has to answer. A larger `n_steps`
    lengthens the silence.
    """
    n, length, _ = words.shape
    x = np.zeros((n, n_steps or n_steps_of(length), N_INPUTS), np.float32)
    x[:, :length, :N_BITS] = 2.0 * words - 1
    x[:, length, N_BITS] = 1
    return x
