"""Sound: resonators and windows against scipy, pulses by counting, the WAV file against the standard library."""

from __future__ import annotations

import io
import wave

import numpy as np
import pytest
from scipy import signal

from dlcore.functions.sound import (
    BANDWIDTHS,
    HOP,
    N_BANDS,
    RATE,
    WINDOW,
    band_centres,
    pulses,
    resonances,
    spectrogram,
    to_wav,
)


def test_resonators_are_the_recursive_filters_of_klatt():
    formants, frequencies = np.array([[500.0, 1500.0, 2500.0]]), np.linspace(0, RATE / 2, 50)
    expected = np.ones(50, dtype=complex)
    for formant, width in zip(formants[0], BANDWIDTHS, strict=False):
        c = -np.exp(-2 * np.pi * width / RATE)
        b = 2 * np.exp(-np.pi * width / RATE) * np.cos(2 * np.pi * formant / RATE)
        expected *= signal.freqz([1 - b - c], [1, -b, -c], frequencies, fs=RATE)[1]
    np.testing.assert_allclose(resonances(frequencies, formants)[0], expected, rtol=1e-9)
    assert resonances(np.array([0.0]), formants)[0, 0] == pytest.approx(1)  # no gain for a constant


def test_a_pitch_of_100_hz_makes_100_pulses_a_second():
    source = pulses(np.full((1, RATE), 100.0))[0]
    assert source.sum() == pytest.approx(100, abs=1)
    gaps = np.diff(np.flatnonzero(source > 0.5))
    assert set(gaps.tolist()) <= {79, 80, 81}


def test_a_tone_is_loudest_in_its_own_band():
    times = np.arange(2000) / RATE
    for band in (3, 10, 20):
        tone = np.sin(2 * np.pi * band_centres()[band] * times)
        picture = spectrogram(tone[None])[0]
        assert picture.shape == ((2000 - WINDOW) // HOP + 1, N_BANDS)
        assert (picture.argmax(axis=1) == band).all()


def test_the_file_plays_what_was_put_in():
    sound = np.sin(np.arange(800) / 5)
    with wave.open(io.BytesIO(to_wav(sound))) as file:
        assert (file.getframerate(), file.getnchannels(), file.getnframes()) == (RATE, 1, 800)
        played = np.frombuffer(file.readframes(800), "<i2")
    np.testing.assert_allclose(played / 32767 / 0.8, sound, atol=1e-4)
