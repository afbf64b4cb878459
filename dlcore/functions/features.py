"""Features by hand: what somebody who knows the problem would measure, instead of giving the raw numbers to a model.

Letters in shapes: N samples, T places of a signal, H rows and W columns of an image, D columns of a table.
"""

from __future__ import annotations

import numpy as np

SMOOTHED = 9  # places over which the energy of a signal's slope is summed
ORDER_SEED = 40  # of the one permutation that shuffles every sample's axis
N_ANGLES, N_CELLS = 8, 4  # of the histograms of slopes: so many directions, in so many cells along each axis


def shuffled_order(length: int) -> np.ndarray:
    """(length,) one fixed permutation: every sample keeps its numbers, and all of them lose their neighbours alike."""
    return np.random.default_rng([ORDER_SEED, length]).permutation(length)


def signal_features(x: np.ndarray) -> np.ndarray:
    """(N, T) → (N, 2T − 1 + T/2): what does not depend on where in the signal the digit lies.

    Without its straight trend, each signal is turned so that its busiest place is in the middle; beside that the
    magnitudes of the Fourier transform of its differences, and the differences by size.
    """
    level = detrend(x)
    spectrum = np.abs(np.fft.rfft(np.diff(level), axis=1))
    return np.concatenate([align(level), spectrum, np.sort(np.diff(x), axis=1)], axis=1)


def detrend(x: np.ndarray) -> np.ndarray:
    """Each row without its mean and its least-squares slope."""
    place = np.linspace(-1, 1, x.shape[1])
    return x - x.mean(1, keepdims=True) - (x @ place / (place @ place))[:, None] * place


def align(x: np.ndarray) -> np.ndarray:
    """Each row turned (end to start) so that the nine places whose slopes have the most energy are in its middle."""
    energy = np.pad(np.diff(x, axis=1) ** 2, ((0, 0), (SMOOTHED // 2,) * 2))
    busiest = np.lib.stride_tricks.sliding_window_view(energy, SMOOTHED, axis=1).sum(-1).argmax(1)
    length = x.shape[1]
    places = (np.arange(length) - length // 2 + busiest[:, None]) % length
    return np.take_along_axis(x, places, axis=1)


def image_features(x: np.ndarray) -> np.ndarray:
    """(N, H, W) → (N, 128 + H + W): histograms of the slopes' directions, and the ink in each row and column.

    The image is cut into 4 × 4 cells; in each the slopes are sorted into eight directions, weighted by how steep they
    are (the idea of HOG, Dalal & Triggs 2005, without its normalisation of blocks).
    """
    n, height, width = x.shape
    down, across = np.gradient(x, axis=(1, 2))
    steepness = np.hypot(down, across)
    angle = np.floor((np.arctan2(down, across) / (2 * np.pi) % 1) * N_ANGLES).astype(int) % N_ANGLES
    row, column = (np.arange(size) * N_CELLS // size for size in (height, width))
    cell = row[:, None] * N_CELLS + column  # (H, W)
    bins = (np.arange(n)[:, None, None] * N_CELLS**2 + cell) * N_ANGLES + angle
    counts = np.bincount(bins.ravel(), steepness.ravel(), n * N_CELLS**2 * N_ANGLES)
    return np.concatenate([counts.reshape(n, -1), x.sum(2), x.sum(1)], axis=1)


def table_features(x: np.ndarray) -> np.ndarray:
    """(N, D) → (N, D + D(D + 1)/2): the columns, their squares and their products."""
    first, second = np.triu_indices(x.shape[1])
    centred = x - x.mean(0)
    return np.concatenate([x, centred[:, first] * centred[:, second]], axis=1)


def text_features(words: np.ndarray, n_words: int) -> np.ndarray:
    """Sentences (N, T) of word numbers, 0 for none → (N, V + P): how often each word, and whether each pair of
    neighbours that occurs at all, is there; the place is forgotten."""
    counts = (words[:, :, None] == np.arange(1, n_words)).sum(1)
    pairs = np.where((words[:, :-1] > 0) & (words[:, 1:] > 0), words[:, :-1] * n_words + words[:, 1:], 0)
    known = np.unique(pairs[pairs > 0])
    return np.concatenate([counts, (pairs[:, :, None] == known).any(1)], axis=1)
