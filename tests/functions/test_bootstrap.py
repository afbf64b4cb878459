"""Bootstrap bands: every resample is scikit-learn's curve with the drawn counts as weights."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn import metrics as reference

from dlcore.functions import bootstrap
from dlcore.functions.metrics import precision, rank
from tests.functions.test_metrics import SETS, WHOLE

GRID = bootstrap.make_grid(10)
N_RESAMPLES = 4


def test_bands_are_quantiles_of_scikit_learns_curves():
    for number, (y_true, y_score) in enumerate(WHOLE):
        counts = bootstrap.draw_counts(y_true, N_RESAMPLES, np.random.default_rng(number))
        bands = bootstrap.bootstrap_bands(y_true, y_score, counts, GRID)
        ap, auc, tpr, found = [], [], [], []
        for weights in counts:
            kept = weights > 0
            sample = y_true[kept], y_score[kept], weights[kept]
            p, r, _ = reference.precision_recall_curve(*sample[:2], sample_weight=sample[2])
            fpr, recall, _ = reference.roc_curve(*sample[:2], sample_weight=sample[2], drop_intermediate=False)
            ap.append(np.sum(-np.diff(r) * p[:-1]))
            auc.append(reference.auc(fpr, recall))
            tpr.append([recall[fpr <= place + 1e-9].max() for place in GRID])
            found.append([p[np.flatnonzero(r >= place - 1e-9).max()] for place in GRID])
        quantiles = ([0.025, 0.975], 0)
        np.testing.assert_allclose(bands.ap, np.quantile(ap, *quantiles), rtol=1e-9)
        np.testing.assert_allclose(bands.auc, np.quantile(auc, *quantiles), rtol=1e-9)
        np.testing.assert_allclose(bands.tpr, np.quantile(tpr, *quantiles), rtol=1e-9)
        odds = (1 / np.array(found) - 1) * y_true.mean() / (1 - y_true.mean())
        np.testing.assert_allclose(bands.odds, np.quantile(odds, *quantiles), rtol=1e-7, atol=1e-12)


def test_every_resample_has_the_sample_s_prevalence():
    for number, (y_true, _) in enumerate(SETS[::10]):
        counts = bootstrap.draw_counts(y_true, 3, np.random.default_rng(number))
        assert (counts.sum(1) == len(y_true)).all()
        assert (counts @ y_true == y_true.sum()).all()


def test_one_band_serves_every_prevalence():
    """The precision that the odds give is that of the resample weighed to the other prevalence."""
    y_true, y_score = max(WHOLE, key=lambda each: len(set(each[1])))
    (weights,) = bootstrap.draw_counts(y_true, 1, np.random.default_rng(0))
    ranking = rank(y_true, y_score, weights)
    odds = bootstrap.odds_at(ranking, GRID)
    for prevalence in (0.01, 0.4, 0.9):
        places = np.searchsorted(ranking.tpr, GRID - 1e-9)
        wanted = precision(ranking, prevalence)[places]
        np.testing.assert_allclose(1 / (1 + odds * (1 - prevalence) / prevalence), wanted, rtol=1e-12)


def test_a_wider_band_where_there_are_fewer_cases():
    """The 95 % interval of the AUC covers the truth about as often as it says, and shrinks like 1/√n."""
    generator = np.random.default_rng(5)
    widths, hits = {20: [], 320: []}, 0
    truth = 0.7602  # P(x > y) for x ~ N(1, 1), y ~ N(0, 1): Φ(1/√2)
    for n in widths:
        for _ in range(25):
            y_true = np.repeat([0, 1], n // 2)
            y_score = generator.standard_normal(n) + y_true
            counts = bootstrap.draw_counts(y_true, 100, generator)
            low, high = bootstrap.bootstrap_bands(y_true, y_score, counts, GRID).auc
            widths[n].append(high - low)
            hits += low <= truth <= high
    assert hits >= 40  # of 50
    assert np.mean(widths[20]) / np.mean(widths[320]) == pytest.approx(4, rel=0.25)
