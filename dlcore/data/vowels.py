"""Vowels of made-up speakers, synthesised from formants of average ones; no recording is used.

Letters in shapes: N sounds, S samples, T time steps, F bands of the spectrogram.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

import numpy as np

from dlcore.functions.sound import HOP, RATE, WINDOW, spectrogram, voice

SPEAKERS = ("man", "woman", "child")
# Peterson & Barney 1952, Control methods used in a study of the vowels, table II: mean F1, F2, F3 in Hz, averaged over
# 33 men, 28 women and 15 children; and the mean pitch F0 of each group. Written out from memory, not checked against
# the paper.
FORMANTS = {
    "iy": ((270, 2290, 3010), (310, 2790, 3310), (370, 3200, 3730)),
    "ih": ((390, 1990, 2550), (430, 2480, 3070), (530, 2730, 3600)),
    "eh": ((530, 1840, 2480), (610, 2330, 2990), (690, 2610, 3570)),
    "ae": ((660, 1720, 2410), (860, 2050, 2850), (1010, 2320, 3320)),
    "aa": ((730, 1090, 2440), (850, 1220, 2810), (1030, 1370, 3170)),
    "ao": ((570, 840, 2410), (590, 920, 2710), (680, 1060, 3180)),
    "uh": ((440, 1020, 2240), (470, 1160, 2680), (560, 1410, 3310)),
    "uw": ((300, 870, 2240), (370, 950, 2670), (430, 1170, 3260)),
    "ah": ((640, 1190, 2390), (760, 1400, 2780), (850, 1590, 3360)),
    "er": ((490, 1350, 1690), (500, 1640, 1960), (560, 1820, 2160)),
}
PITCH = (132.0, 223.0, 264.0)  # Hz
VOWELS = tuple(FORMANTS)
WORDS = ("heed", "hid", "head", "had", "hod", "hawed", "hood", "who'd", "hud", "heard")  # the words that were read
SECONDS = 0.4
N_SAMPLES = int(SECONDS * RATE)
N_TIMES = (N_SAMPLES - WINDOW) // HOP + 1
VOICED = (0.18, 0.28)  # seconds that a vowel lasts, the shortest and the longest
FORMANT_SPREAD, PITCH_SPREAD, PITCH_GLIDE = 0.05, 0.12, 0.15  # of the logarithms, from speaker to speaker
FLOOR, RANGE = -20.0, 60.0  # dB: quietest value of a spectrogram, and how far the loudest lies above


N_TRAIN, N_TEST = 300, 200
HISS = {"none": 0.0, "little": 0.03, "much": 0.12}  # root mean square of white noise; the loudest vowel's sample is 1


class Sounds(NamedTuple):
    """Sounds (N, S) between −1 and 1, spectrograms (N, T, F) between 0 and 1, vowels and speakers (N,) as numbers.

    The first N_TRAIN are there to learn from, the others to test.
    """

    sounds: np.ndarray
    pictures: np.ndarray
    vowels: np.ndarray
    speakers: np.ndarray


@functools.lru_cache(maxsize=len(HISS))
def make_vowels(hiss: str) -> Sounds:
    """500 vowels at random times in 0.4 s, formants 5 % and pitch 12 % about the table's; the same for every hiss."""
    clean, vowels, speakers = _make_clean(N_TRAIN + N_TEST)
    noise = np.random.default_rng(1).standard_normal(clean.shape)
    sounds = clean + HISS[hiss] * noise
    return Sounds(sounds, picture(sounds), vowels, speakers)


@functools.lru_cache(maxsize=1)
def _make_clean(n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    generator = np.random.default_rng(0)
    vowels, speakers = generator.integers(len(VOWELS), size=n), generator.integers(len(SPEAKERS), size=n)
    table = np.array([FORMANTS[vowel] for vowel in VOWELS], dtype=float)  # (10, 3, 3)
    formants = table[vowels, speakers] * np.exp(FORMANT_SPREAD * generator.standard_normal((n, 3)))
    height = np.array(PITCH)[speakers] * np.exp(PITCH_SPREAD * generator.standard_normal(n))
    glide = PITCH_GLIDE * generator.standard_normal(n)
    pitch = height[:, None] * np.exp(glide[:, None] * np.linspace(-0.5, 0.5, N_SAMPLES))
    length = generator.uniform(*VOICED, n)
    start = generator.uniform(0, SECONDS - length)
    return voice(pitch, _below_limit(formants)) * envelope(start, length), vowels, speakers


def _below_limit(formants: np.ndarray) -> np.ndarray:
    """No formant may lie above half the sampling rate."""
    return np.minimum(formants, 0.48 * RATE)


def envelope(start: np.ndarray, length: np.ndarray) -> np.ndarray:
    """1 while a vowel of `length` from `start` on (N,) in seconds lasts, 0 outside, with soft edges of 20 ms (N, S)."""
    times = np.arange(N_SAMPLES) / RATE - start[:, None]
    edges = np.minimum(times, length[:, None] - times) / 0.02
    return np.clip(edges, 0, 1)


def picture(sounds: np.ndarray) -> np.ndarray:
    """Spectrograms (N, T, F) of sounds (N, S), FLOOR as 0 and RANGE above it as 1."""
    return np.clip((spectrogram(sounds) - FLOOR) / RANGE, 0, 1)


def say(vowel: str, speaker: str) -> np.ndarray:
    """A vowel with the table's formants and that speaker's mean pitch, gliding down a little; N_SAMPLES samples."""
    at = SPEAKERS.index(speaker)
    formants = _below_limit(np.array([FORMANTS[vowel][at]], dtype=float))
    pitch = PITCH[at] * np.linspace(1.05, 0.95, N_SAMPLES)[None]
    return (voice(pitch, formants) * envelope(np.array([0.03]), np.array([SECONDS - 0.06])))[0]
