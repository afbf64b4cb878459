"""Sound as a source and a filter, and what of it a spectrogram shows; numpy. Sampled RATE times a second.

Letters in shapes: B sounds, N samples, T time steps, F frequencies.
"""

from __future__ import annotations

import io
import wave

import numpy as np

RATE = 8000  # samples a second
BANDWIDTHS = (60.0, 90.0, 120.0, 175.0)  # Hz, of the first formants (Klatt 1980, table 1, rounded)
RING = 512  # samples that a resonator is left to ring, by then 60 dB down
WINDOW, HOP = 256, 80  # samples of a time step of the spectrogram, and to the next one: 32 and 10 ms
N_BANDS = 24
LOWEST_BAND = 100.0  # Hz


def resonances(frequencies: np.ndarray, formants: np.ndarray) -> np.ndarray:
    """The gain (B, F), complex, of second-order resonators in a row at frequencies (F,) in Hz.

    Klatt 1980, equations 2 and 3: H(z) = A / (1 − B z⁻¹ − C z⁻²), C = −exp(−2π BW T), B = 2 exp(−π BW T) cos(2π F T),
    A = 1 − B − C.

    Args:
        formants: (B, n) in Hz.
    """
    back = np.exp(-2j * np.pi * frequencies / RATE)  # z⁻¹ (F,)
    gain, below = np.ones((len(formants), 1)), np.ones((len(formants), len(frequencies)), dtype=complex)
    for number, width in enumerate(BANDWIDTHS[: formants.shape[1]]):
        c = -np.exp(-2 * np.pi * width / RATE)
        b = 2 * np.exp(-np.pi * width / RATE) * np.cos(2 * np.pi * formants[:, number : number + 1] / RATE)
        gain = gain * (1 - b - c)
        below *= 1 - back * (b + c * back)
    return gain / below


def pulses(pitch: np.ndarray) -> np.ndarray:
    """A pulse each time the phase of a pitch (B, N) in Hz has gone round (B, N), shared by the two nearest samples."""
    turns = np.cumsum(pitch / RATE, axis=1)
    whole = np.floor(turns)
    starts = np.diff(whole, axis=1, prepend=0) > 0
    late = np.where(starts, (turns - whole) * RATE / pitch, 0.0)  # samples since the pulse
    source = np.where(starts, 1 - late, 0.0)
    source[:, :-1] += late[:, 1:]
    return source


def voice(pitch: np.ndarray, formants: np.ndarray) -> np.ndarray:
    """Sounds (B, N) of a pitch (B, N) in Hz through formants (B, n) in Hz, the loudest sample of each 1.

    Pulses, whose spectrum the larynx makes fall and the lips rise (together −6 dB an octave), and resonators.
    """
    n = pitch.shape[1] + RING
    frequencies = np.fft.rfftfreq(n, 1 / RATE)
    tilt = 1 / (1 + 1j * frequencies / 100)
    spectrum = np.fft.rfft(pulses(pitch), n) * resonances(frequencies, formants) * tilt
    sound = np.fft.irfft(spectrum, n)[:, : pitch.shape[1]]
    return sound / np.abs(sound).max(axis=1, keepdims=True)


def spectrogram(sound: np.ndarray) -> np.ndarray:
    """Loudness in dB (B, T, N_BANDS) of sounds (B, N): Hann windows, bands of equal width on the mel scale.

    mel = 2595 log₁₀(1 + f/700) (O'Shaughnessy 1987); bands are triangles, each as high at its middle as any other.
    """
    frames = np.lib.stride_tricks.sliding_window_view(sound, WINDOW, axis=1)[:, ::HOP]  # (B, T, WINDOW)
    power = np.abs(np.fft.rfft(frames * np.hanning(WINDOW), axis=2)) ** 2
    return 10 * np.log10(power @ BANDS + 1e-6)


def band_centres() -> np.ndarray:
    """The middles of the bands in Hz (N_BANDS,)."""
    return _edges()[1:-1]


def _edges() -> np.ndarray:
    low, high = (2595 * np.log10(1 + f / 700) for f in (LOWEST_BAND, RATE / 2))
    mel = np.linspace(low, high, N_BANDS + 2)
    return 700 * (10 ** (mel / 2595) - 1)


def _make_bands() -> np.ndarray:
    """Triangles over the frequencies of a window (WINDOW/2 + 1, N_BANDS)."""
    frequencies, edges = np.fft.rfftfreq(WINDOW, 1 / RATE), _edges()
    rise = (frequencies[:, None] - edges[:-2]) / (edges[1:-1] - edges[:-2])
    fall = (edges[2:] - frequencies[:, None]) / (edges[2:] - edges[1:-1])
    return np.clip(np.minimum(rise, fall), 0, None)


BANDS = _make_bands()


def to_wav(sound: np.ndarray) -> bytes:
    """A sound (N,) between −1 and 1 as a WAV file, 16 bits, one channel."""
    samples = np.round(np.clip(sound, -1, 1) * 32767 * 0.8).astype("<i2")
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(samples.tobytes())
    return file.getvalue()
