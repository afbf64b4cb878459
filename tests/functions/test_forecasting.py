"""Forecasts without a network against scikit-learn and against what can be said by hand."""

from __future__ import annotations

import numpy as np
from sklearn.linear_model import Ridge

from dlcore.functions.forecasting import STRENGTHS, fit_autoregression, persist, run_freely


def test_the_autoregression_is_scikit_learns_ridge():
    windows = np.random.default_rng(0).standard_normal((60, 6))
    fitted = fit_autoregression(windows)
    assert fitted.strength in STRENGTHS
    theirs = Ridge(alpha=fitted.strength * len(windows)).fit(windows[:, :-1], windows[:, -1])
    np.testing.assert_allclose(fitted.theta, [theirs.intercept_, *theirs.coef_], atol=1e-10)
    np.testing.assert_allclose(fitted.predict(windows[:, :-1]), theirs.predict(windows[:, :-1]), atol=1e-10)


def test_the_strength_is_the_best_on_the_newest_windows():
    windows = np.random.default_rng(1).standard_normal((50, 4))
    fit, valid = windows[:-10], windows[-10:]
    errors = []
    for strength in STRENGTHS:
        ridge = Ridge(alpha=strength * len(fit)).fit(fit[:, :-1], fit[:, -1])
        errors.append(np.mean((ridge.predict(valid[:, :-1]) - valid[:, -1]) ** 2))
    assert fit_autoregression(windows).strength == STRENGTHS[int(np.argmin(errors))]


def test_a_wave_is_continued_without_error():
    wave = np.sin(np.arange(120) * 2 * np.pi / 12)  # obeys z(t) = √3 z(t − 1) − z(t − 2)
    windows = np.lib.stride_tricks.sliding_window_view(wave[:80], 3)
    fitted = fit_autoregression(windows)
    said = run_freely(fitted.predict, wave[None, 78:80], 12)[0]
    np.testing.assert_allclose(said, wave[80:92], atol=0.02)  # the smallest penalty still shrinks a little


def test_persistence_repeats_the_last_value_or_season():
    values = np.arange(10.0)
    np.testing.assert_array_equal(persist(values, np.array([4, 5]), 3), [[3, 3, 3], [4, 4, 4]])
    np.testing.assert_array_equal(persist(values, np.array([8]), 7, season=3), [[5, 6, 7, 5, 6, 7, 5]])
