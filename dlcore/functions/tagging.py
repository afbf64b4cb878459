"""Taggers that need no network: a word's most frequent tag, and a linear model of a window of words. Numpy.

Letters in shapes: N sentences, T words, V different words, K tags, M words in all. −1 stands after a sentence's end.
"""

from __future__ import annotations

import numpy as np

STRENGTH = 1.0  # of the linear model's penalty, as in scikit-learn's RidgeClassifier


def most_frequent(words: np.ndarray, tags: np.ndarray, n_words: int, n_tags: int) -> np.ndarray:
    """Each word's most frequent tag (V,); a word that was never seen gets the most frequent tag of all."""
    counts = np.zeros((n_words, n_tags))
    np.add.at(counts, (words[words >= 0], tags[words >= 0]), 1)
    return (counts + 1e-6 * counts.sum(axis=0)).argmax(axis=1)


def make_windows(words: np.ndarray, n_words: int, reach: int) -> np.ndarray:
    """For every word of the sentences (N, T) in turn, it and `reach` neighbours on both sides as ones among zeros
    (M, (2 reach + 1) (V + 1)); beyond a sentence's ends lies a word of its own."""
    padded = np.pad(words, ((0, 0), (reach, reach)), constant_values=-1)
    seen = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1, axis=1)[words >= 0]  # (M, 2 reach + 1)
    return np.eye(n_words + 1)[seen].reshape(len(seen), -1)


def fit_linear(x: np.ndarray, tags: np.ndarray, n_tags: int) -> np.ndarray:
    """Intercepts and weights (D + 1, K) of one ridge regression on −1 and 1 a tag: the largest answer is the tag."""
    y = 2 * np.eye(n_tags)[tags] - 1
    x_mean, y_mean = x.mean(axis=0), y.mean(axis=0)
    centred = x - x_mean
    weights = np.linalg.solve(centred.T @ centred + STRENGTH * np.eye(x.shape[1]), centred.T @ (y - y_mean))
    return np.vstack([y_mean - x_mean @ weights, weights])


def predict_linear(theta: np.ndarray, x: np.ndarray) -> np.ndarray:
    """The tags (M,) of windows (M, D)."""
    return (theta[0] + x @ theta[1:]).argmax(axis=1)
