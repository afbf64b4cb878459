"""Taggers without a network against scikit-learn and by hand."""

from __future__ import annotations

import numpy as np
from sklearn.linear_model import RidgeClassifier

from dlcore.data.tagged import TAGS, VOCABULARY, make_sentences
from dlcore.functions.tagging import STRENGTH, fit_linear, make_windows, most_frequent, predict_linear


def test_the_most_frequent_tag():
    words, tags = np.array([[0, 0, 1], [0, 1, -1]]), np.array([[2, 1, 1], [2, 1, -1]])
    assert most_frequent(words, tags, n_words=3, n_tags=3).tolist() == [2, 1, 1]  # word 2 was never seen


def test_windows_hold_the_neighbours_and_the_edge():
    windows = make_windows(np.array([[0, 1, -1]]), n_words=2, reach=1)
    assert windows.reshape(2, 3, 3).argmax(2).tolist() == [[2, 0, 1], [0, 1, 2]]  # 2 is what lies beyond the ends


def test_the_linear_model_is_scikit_learns_ridge_classifier():
    sentences = make_sentences(60, 0)
    x = make_windows(sentences.words, len(VOCABULARY), 1)
    y = sentences.tags[sentences.words >= 0]
    theirs = RidgeClassifier(alpha=STRENGTH).fit(x, y)
    theta = fit_linear(x, y, len(TAGS))
    np.testing.assert_allclose(x @ theta[1:] + theta[0], theirs.decision_function(x), atol=1e-8)
    assert (predict_linear(theta, x) == theirs.predict(x)).all()
