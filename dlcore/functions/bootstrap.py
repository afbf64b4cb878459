"""How far curves and areas would move with other test cases: the stratified bootstrap of a ranking.

Positives and negatives are drawn with replacement each among themselves (Efron & Tibshirani 1993, chapter 8), so that
every resample has the prevalence of the sample and none is without a class. Letters: B resamples, N cases, G places.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from dlcore.functions.metrics import Ranking, average_precision, rank, roc_auc

LEVEL = 0.95  # of the band


class Bands(NamedTuple):
    """Lower and upper ends over the resamples; curves point by point.

    `odds` is FPR/TPR where recall first reaches each place of the grid: at the prevalence π the precision there is
    1 / (1 + odds (1 − π)/π), so that one band serves every prevalence.
    """

    ap: np.ndarray  # (2,)
    auc: np.ndarray  # (2,)
    tpr: np.ndarray  # (2, G) at the false-positive rates of the grid
    odds: np.ndarray  # (2, G) at the recalls of the grid, 0 excluded


def draw_counts(y_true: np.ndarray, n_resamples: int, generator: np.random.Generator) -> np.ndarray:
    """(B, N) how often each case is drawn."""
    counts = np.zeros((n_resamples, len(y_true)), int)
    for label in (0, 1):
        members = np.flatnonzero(np.asarray(y_true) == label)
        if len(members):
            shares = np.full(len(members), 1 / len(members))
            counts[:, members] = generator.multinomial(len(members), shares, n_resamples)
    return counts


def make_grid(n_places: int) -> np.ndarray:
    """(G,) evenly spaced places in 0 < x ≤ 1."""
    return np.arange(1, n_places + 1) / n_places


def bootstrap_bands(y_true: np.ndarray, y_score: np.ndarray, counts: np.ndarray, grid: np.ndarray) -> Bands:
    """The bands of resamples that draw the cases so often (B, N)."""
    rankings = [rank(y_true, y_score, drawn) for drawn in counts]
    return Bands(
        ends(np.array([average_precision(each) for each in rankings])),
        ends(np.array([roc_auc(each) for each in rankings])),
        ends(np.stack([tpr_at(each, grid) for each in rankings])),
        ends(np.stack([odds_at(each, grid) for each in rankings])),
    )


def ends(values: np.ndarray) -> np.ndarray:
    """(2, …) the quantiles (1 − LEVEL)/2 and (1 + LEVEL)/2 over the first axis, interpolated linearly."""
    return np.quantile(values, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)


def tpr_at(ranking: Ranking, grid: np.ndarray) -> np.ndarray:
    """(G,) the highest recall that a false-positive rate of at most each place allows."""
    return ranking.tpr[np.searchsorted(ranking.fpr, grid + ROUNDING, side="right") - 1]


def odds_at(ranking: Ranking, grid: np.ndarray) -> np.ndarray:
    """(G,) FPR/TPR at the highest threshold whose recall is at least each place."""
    place = np.searchsorted(ranking.tpr, grid - ROUNDING, side="left")
    return ranking.fpr[place] / ranking.tpr[place]


ROUNDING = 1e-9  # a rate that is a place of the grid up to the last bits is that place
