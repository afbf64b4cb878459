"""The sequences of the copy task."""

from __future__ import annotations

import numpy as np

from dlcore.data.copying import N_BITS, as_inputs, make_words


def test_words_then_a_sign_then_silence():
    words = make_words(3, 2, np.random.default_rng(0))
    x = as_inputs(words)
    assert x.shape == (2, 7, N_BITS + 1)
    assert ((x[:, :3, :N_BITS] > 0) == words).all()
    assert (x[:, 3] == [0, 0, 0, 0, 1]).all()
    assert not x[:, 4:].any()


def test_a_longer_silence_changes_nothing_before_it():
    words = make_words(2, 1, np.random.default_rng(1))
    assert (as_inputs(words, 9)[:, :5] == as_inputs(words)).all()


def test_no_word_is_silent():
    """Every bit is heard, also a 0: a word of zeros is not nothing."""
    assert (as_inputs(np.zeros((1, 1, N_BITS), np.uint8))[0, 0, :N_BITS] == -1).all()
