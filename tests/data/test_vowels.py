"""Vowels: the formants that were asked for are the formants that are heard."""

from __future__ import annotations

import numpy as np
import pytest

from dlcore.data.vowels import (
    FORMANTS,
    N_SAMPLES,
    N_TEST,
    N_TIMES,
    N_TRAIN,
    SPEAKERS,
    VOWELS,
    make_vowels,
    say,
)
from dlcore.functions.sound import N_BANDS, RATE


@pytest.mark.parametrize("vowel", VOWELS)
def test_the_first_formant_is_the_loudest_region_below_1200_hz(vowel):
    """By linear prediction (Makhoul 1975): the angle of the strongest pole."""
    sound = say(vowel, "man")[600:2400]
    emphasised = np.append(sound[0], sound[1:] - 0.97 * sound[:-1])
    lagged = np.correlate(emphasised, emphasised, "full")[len(emphasised) - 1 :][:11]
    matrix = lagged[np.abs(np.subtract.outer(np.arange(10), np.arange(10)))]
    coefficients = np.linalg.solve(matrix, lagged[1:])
    poles = np.roots([1, *-coefficients])
    found = np.sort(np.angle(poles[poles.imag > 0]) * RATE / (2 * np.pi))
    first = FORMANTS[vowel][0][0]
    assert np.abs(found - first).min() < 0.15 * first + 30


def test_formants_rise_from_man_to_woman_to_child():
    table = np.array([FORMANTS[vowel] for vowel in VOWELS])  # (10, 3, 3)
    assert (np.diff(table[:, :, 1:].mean(axis=0), axis=0) > 0).all()
    assert (np.diff(table, axis=2) > 0).all()


def test_the_set_is_the_same_for_every_hiss_but_for_the_noise():
    none, much = make_vowels("none"), make_vowels("much")
    assert none.sounds.shape == (N_TRAIN + N_TEST, N_SAMPLES)
    assert none.pictures.shape == (N_TRAIN + N_TEST, N_TIMES, N_BANDS)
    np.testing.assert_array_equal(none.vowels, much.vowels)
    assert (much.sounds - none.sounds).std() == pytest.approx(0.12, rel=0.01)
    assert np.bincount(none.vowels).min() > 30
    assert set(none.speakers.tolist()) == set(range(len(SPEAKERS)))
