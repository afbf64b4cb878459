"""What a ranking by scores is worth: precision, recall, ROC, average precision, costs, and all at another prevalence.

A case is predicted positive when its score is at least the threshold. Letters in shapes: N cases, K distinct scores,
C classes. Where a measure divides by the number of positives or negatives and there is none, it is NaN: with nothing to
find there is no recall, with nothing to spare no false-positive rate (`why_undefined` says which).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class Ranking(NamedTuple):
    """What each threshold lets through, from "nothing" (∞) down to the lowest score; weights of cases or counts."""

    thresholds: np.ndarray  # (K + 1,), falling
    tp: np.ndarray  # (K + 1,) positives with a score ≥ the threshold
    fp: np.ndarray  # (K + 1,)

    @property
    def positives(self) -> float:
        return float(self.tp[-1])

    @property
    def negatives(self) -> float:
        return float(self.fp[-1])

    @property
    def prevalence(self) -> float:
        """The share of positives, which is the precision of a ranking by lot."""
        return self.positives / (self.positives + self.negatives)

    @property
    def tpr(self) -> np.ndarray:
        """(K + 1,) the share of the positives that is found: recall."""
        return _share(self.tp, self.positives)

    @property
    def fpr(self) -> np.ndarray:
        """(K + 1,) the share of the negatives that is taken for positive."""
        return _share(self.fp, self.negatives)


def rank(y_true: np.ndarray, y_score: np.ndarray, weights: np.ndarray | None = None) -> Ranking:
    """Rank labels (N,) of 0 and 1 by scores (N,); equal scores stay together, as no threshold can part them."""
    y_true, y_score = np.asarray(y_true, float), np.asarray(y_score, float)
    weights = np.ones(len(y_true)) if weights is None else np.asarray(weights, float)
    order = np.argsort(-y_score, kind="stable")
    scores = y_score[order]
    last = np.flatnonzero(np.append(np.diff(scores) != 0, True))  # of each group of equal scores
    tp = np.cumsum(weights[order] * y_true[order])[last]
    fp = np.cumsum(weights[order] * (1 - y_true[order]))[last]
    return Ranking(np.append(np.inf, scores[last]), np.append(0.0, tp), np.append(0.0, fp))


def why_undefined(ranking: Ranking) -> str:
    """ "no_positives": neither recall nor AP nor ROC; "no_negatives": no ROC, and precision is 1; else nothing."""
    if ranking.positives == 0:
        return "no_positives"
    return "no_negatives" if ranking.negatives == 0 else ""


def precision(ranking: Ranking, prevalence: float | None = None) -> np.ndarray:
    """(K + 1,) the share of true ones among those predicted positive; 1 by convention where nobody is.

    With a `prevalence` π other than that of the sample, the same classifier meets other cases of the same two kinds:
    P = π·TPR / (π·TPR + (1 − π)·FPR). TPR and FPR, and so the ROC curve, stay as they are.
    """
    if prevalence is None:
        found, wrong = ranking.tp, ranking.fp
    else:
        found, wrong = prevalence * ranking.tpr, (1 - prevalence) * ranking.fpr
    named = found + wrong
    return np.divide(found, named, out=np.ones_like(named), where=named != 0)


def average_precision(ranking: Ranking, prevalence: float | None = None) -> float:
    """AP = Σ (Rₙ − Rₙ₋₁) Pₙ, the step sum without interpolation (as in scikit-learn's user guide)."""
    return float(np.sum(np.diff(ranking.tpr) * precision(ranking, prevalence)[1:]))


def linear_area(ranking: Ranking, prevalence: float | None = None) -> float:
    """The area under straight lines between the points of the PR curve, from (0, 1) on.

    These lines promise what no threshold can keep (Davis & Goadrich 2006, section 4).
    """
    return _trapezoids(ranking.tpr, precision(ranking, prevalence))


def chance_area(ranking: Ranking) -> float:
    """The area under the curves that chance can keep: equal scores taken in random order (Davis & Goadrich 2006).

    Between A and B the false positives grow in proportion to the true ones, FP = FP_A + s (TP − TP_A); the precision
    x / (a x + b) with a = 1 + s, b = FP_A − s TP_A is integrated exactly.
    """
    area = 0.0
    steps = zip(ranking.tp, ranking.fp, ranking.tp[1:], ranking.fp[1:], strict=False)
    for tp, fp, next_tp, next_fp in steps:
        if next_tp > tp:
            slope = (next_fp - fp) / (next_tp - tp)
            a, b = 1 + slope, fp - slope * tp
            bend = b * np.log((a * next_tp + b) / (a * tp + b)) if b else 0.0
            area += (next_tp - tp) / a - bend / a**2
    return float(_share(np.array(area), ranking.positives))


def roc_auc(ranking: Ranking) -> float:
    """The area under the ROC curve: how often a positive is ranked above a negative, ties counting half."""
    return _trapezoids(ranking.fpr, ranking.tpr)


def f_beta(ranking: Ranking, beta: float = 1.0, prevalence: float | None = None) -> np.ndarray:
    """(K + 1,) (1 + β²) P R / (β² P + R), 0 for 0/0: recall counts β times as much (van Rijsbergen 1979)."""
    p, r = precision(ranking, prevalence), ranking.tpr
    below = beta**2 * p + r
    return np.divide((1 + beta**2) * p * r, below, out=np.zeros_like(below), where=below != 0)


def expected_cost(ranking: Ranking, miss_cost: float, prevalence: float | None = None) -> np.ndarray:
    """(K + 1,) cost a case, where a false alarm costs 1 and a missed positive `miss_cost`."""
    share = ranking.prevalence if prevalence is None else prevalence
    return miss_cost * share * (1 - ranking.tpr) + (1 - share) * ranking.fpr


def best_threshold(ranking: Ranking, goodness: np.ndarray) -> float:
    """The threshold with the largest of `goodness` (K + 1,), the highest one of several; ∞ says: call nobody."""
    return float(ranking.thresholds[int(np.argmax(goodness))])


def at_threshold(ranking: Ranking, threshold: float) -> int:
    """The place in the ranking that a threshold, of whatever origin, comes to."""
    return int(np.count_nonzero(ranking.thresholds >= threshold)) - 1


def class_log_odds(logits: np.ndarray) -> np.ndarray:
    """(N, C) ln pₖ/(1 − pₖ) of p = softmax of logits (N, C): zₖ − ln Σ_{j≠k} exp zⱼ, exact where p is nearly 0 or 1.

    A logit by itself ranks nothing: softmax stays the same when a number is added to all logits of a row.
    """
    logits = np.asarray(logits, float)
    others = np.where(np.eye(logits.shape[1], dtype=bool), -np.inf, logits[:, None, :])  # (N, C, C)
    largest = others.max(2)
    return logits - largest - np.log(np.exp(others - largest[:, :, None]).sum(2))


def one_against_rest(y_true: np.ndarray, y_score: np.ndarray) -> list[Ranking]:
    """Each class of scores (N, C) against all others, for labels (N,) 0 … C − 1."""
    return [rank(y_true == label, y_score[:, label]) for label in range(y_score.shape[1])]


def micro(y_true: np.ndarray, y_score: np.ndarray) -> Ranking:
    """All N · C questions "is this case of this class?" in one ranking: every case counts the same."""
    asked = y_true[:, None] == np.arange(y_score.shape[1])
    return rank(asked.ravel(), y_score.ravel())


def macro_average_precision(rankings: list[Ranking]) -> float:
    """The mean AP of the classes, each counting the same however rare; a class without positives makes it NaN."""
    return float(np.mean([average_precision(ranking) for ranking in rankings]))


def _share(counts: np.ndarray, total: float) -> np.ndarray:
    return counts / total if total else np.full_like(counts, np.nan)


def _trapezoids(x: np.ndarray, y: np.ndarray) -> float:
    return float(np.sum(np.diff(x) * (y[1:] + y[:-1]) / 2))
