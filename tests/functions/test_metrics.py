"""Precision, recall, ROC, AP and their kin against scikit-learn, on 1,000 random score sets of all kinds."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from scipy.special import softmax
from sklearn import metrics as reference
from sklearn.exceptions import UndefinedMetricWarning

from dlcore.functions import metrics
from dlcore.functions.metrics import rank

N_SETS = 1000


def make_set(number: int) -> tuple[np.ndarray, np.ndarray]:
    """Labels and scores: a fifth without ties, two fifths with many, constant scores, and one class alone."""
    generator = np.random.default_rng([number, 7])
    n = int(generator.integers(1, 80))
    y_true = (generator.random(n) < generator.choice([0.02, 0.3, 0.5, 0.9])).astype(int)
    y_score = generator.standard_normal(n) + y_true * generator.choice([-1.0, 0.0, 1.0, 3.0])
    kind = number % 5
    if kind in (1, 2):
        y_score = np.round(y_score, kind - 1)
    elif kind == 3:
        y_score = np.full(n, y_score[0])
    elif kind == 4:
        y_true = np.full(n, int(generator.integers(2)))
    return y_true, y_score


SETS = [make_set(number) for number in range(N_SETS)]
WHOLE = [each for each in SETS if 0 < each[0].sum() < len(each[0])]


def test_the_sets_have_ties_one_class_and_constant_scores():
    assert len(WHOLE) > 500
    assert sum(len(set(scores)) < len(scores) for _, scores in SETS) > 300
    assert sum(len(scores) > 1 and len(set(scores)) == 1 for _, scores in WHOLE) > 100
    assert {labels[0] for labels, _ in SETS if len(set(labels)) == 1} == {0, 1}


def test_precision_recall_and_thresholds_are_scikit_learns():
    for y_true, y_score in SETS:
        if not y_true.any():
            continue
        ranking = rank(y_true, y_score)
        precision, recall, thresholds = reference.precision_recall_curve(y_true, y_score)
        np.testing.assert_allclose(metrics.precision(ranking)[::-1], precision, rtol=1e-12)
        np.testing.assert_allclose(ranking.tpr[::-1], recall, rtol=1e-12)
        np.testing.assert_array_equal(ranking.thresholds[:0:-1], thresholds)


def test_average_precision_and_the_linear_area_are_scikit_learns():
    for y_true, y_score in SETS:
        if not y_true.any():
            continue
        ranking = rank(y_true, y_score)
        precision, recall, _ = reference.precision_recall_curve(y_true, y_score)
        wanted = reference.average_precision_score(y_true, y_score)
        assert metrics.average_precision(ranking) == pytest.approx(wanted, rel=1e-12)
        assert metrics.linear_area(ranking) == pytest.approx(reference.auc(recall, precision), rel=1e-12)


def test_roc_is_scikit_learns():
    for y_true, y_score in WHOLE:
        ranking = rank(y_true, y_score)
        fpr, tpr, thresholds = reference.roc_curve(y_true, y_score, drop_intermediate=False)
        np.testing.assert_allclose(ranking.fpr, fpr, rtol=1e-12)
        np.testing.assert_allclose(ranking.tpr, tpr, rtol=1e-12)
        np.testing.assert_array_equal(ranking.thresholds, thresholds)
        assert metrics.roc_auc(ranking) == pytest.approx(reference.roc_auc_score(y_true, y_score), rel=1e-12)


def test_confusion_and_f_beta_at_every_threshold_are_scikit_learns():
    for y_true, y_score in WHOLE[::7]:
        ranking = rank(y_true, y_score)
        for beta in (0.5, 2.0):
            f = metrics.f_beta(ranking, beta)
            for place in range(1, len(f), max(1, len(f) // 5)):
                y_pred = y_score >= ranking.thresholds[place]
                wanted = reference.confusion_matrix(y_true, y_pred, labels=[0, 1])
                assert (ranking.tp[place], ranking.fp[place]) == (wanted[1, 1], wanted[0, 1])
                assert f[place] == pytest.approx(reference.fbeta_score(y_true, y_pred, beta=beta, zero_division=0))


def test_where_a_measure_is_undefined_it_says_so_instead_of_a_number():
    """scikit-learn calls the AP of nothing to find 0 and its recall 1, with a warning; its ROC AUC is NaN too."""
    for y_true, y_score in SETS:
        if y_true.any() and not y_true.all():
            assert metrics.why_undefined(rank(y_true, y_score)) == ""
            continue
        ranking = rank(y_true, y_score)
        with pytest.warns(UndefinedMetricWarning):
            assert np.isnan(reference.roc_auc_score(y_true, y_score))
        assert np.isnan(metrics.roc_auc(ranking))
        if y_true.all():
            assert metrics.why_undefined(ranking) == "no_negatives"
            assert metrics.average_precision(ranking) == pytest.approx(
                reference.average_precision_score(y_true, y_score)
            )
        else:
            assert metrics.why_undefined(ranking) == "no_positives"
            assert np.isnan(metrics.average_precision(ranking))
            with warnings.catch_warnings(record=True) as said:
                warnings.simplefilter("always")
                assert reference.average_precision_score(y_true, y_score) == 0
            assert "No positive class" in str(said[0].message)


def test_constant_scores_are_a_ranking_by_lot():
    for y_true, _ in WHOLE[::5]:
        ranking = rank(y_true, np.full(len(y_true), 0.3))
        assert metrics.average_precision(ranking) == pytest.approx(y_true.mean())
        assert metrics.roc_auc(ranking) == 0.5
        assert len(ranking.thresholds) == 2


def test_another_prevalence_is_what_weighing_the_cases_says():
    """scikit-learn with sample weights that make the positives a share π of the whole; the ROC curve stays."""
    for number, (y_true, y_score) in enumerate(WHOLE[::3]):
        prevalence = [0.001, 0.1, 0.5, 0.95][number % 4]
        ranking = rank(y_true, y_score)
        weights = np.where(y_true, prevalence / y_true.mean(), (1 - prevalence) / (1 - y_true.mean()))
        precision, *_ = reference.precision_recall_curve(y_true, y_score, sample_weight=weights)
        np.testing.assert_allclose(metrics.precision(ranking, prevalence)[::-1], precision, rtol=1e-9)
        wanted = reference.average_precision_score(y_true, y_score, sample_weight=weights)
        assert metrics.average_precision(ranking, prevalence) == pytest.approx(wanted, rel=1e-9)
        weighed = rank(y_true, y_score, weights)
        np.testing.assert_allclose(weighed.tpr, ranking.tpr, rtol=1e-9)
        np.testing.assert_allclose(weighed.fpr, ranking.fpr, rtol=1e-9, atol=1e-12)
        assert metrics.precision(ranking, prevalence)[-1] == pytest.approx(prevalence)  # the baseline


def test_cost_is_counted_case_by_case_and_the_best_threshold_has_the_least():
    for y_true, y_score in WHOLE[::9]:
        ranking = rank(y_true, y_score)
        cost = metrics.expected_cost(ranking, miss_cost=7)
        counted = [
            np.mean(np.where(y_true, 7 * (y_score < threshold), y_score >= threshold))
            for threshold in ranking.thresholds
        ]
        np.testing.assert_allclose(cost, counted, rtol=1e-12, atol=1e-12)
        best = metrics.best_threshold(ranking, -cost)
        assert cost[metrics.at_threshold(ranking, best)] == cost.min()


def test_a_threshold_between_two_scores_belongs_to_the_higher_one():
    ranking = rank(np.array([1, 0, 1]), np.array([3.0, 2.0, 1.0]))
    assert [metrics.at_threshold(ranking, t) for t in (9, 3, 2.5, 2, 0)] == [0, 1, 1, 2, 3]


def test_the_area_by_chance_is_that_of_straight_lines_in_roc_space():
    """Between two thresholds chance moves along a straight ROC segment: sampled finely, and put into PR space."""
    for y_true, y_score in WHOLE[::11]:
        ranking = rank(y_true, np.round(y_score))
        share = np.linspace(0, 1, 4001)
        area = 0.0
        for place in range(1, len(ranking.tp)):
            tp = ranking.tp[place - 1] + share * (ranking.tp[place] - ranking.tp[place - 1])
            fp = ranking.fp[place - 1] + share * (ranking.fp[place] - ranking.fp[place - 1])
            named = tp + fp
            precise = np.divide(tp, named, out=np.full_like(tp, np.nan), where=named > 0)
            precise[0] = precise[1] if np.isnan(precise[0]) else precise[0]
            area += np.trapezoid(precise, tp) / ranking.positives
        assert metrics.chance_area(ranking) == pytest.approx(area, abs=2e-4)


def test_straight_lines_promise_too_much_where_there_are_few_thresholds():
    """Never less than what chance can keep between two points, and with one group of ties far more."""
    y_true = np.repeat([1, 0, 1, 0], [1, 0, 9, 90])
    ranking = rank(y_true, np.repeat([2.0, 1.0, 1.0, 1.0], [1, 0, 9, 90]))
    assert metrics.linear_area(ranking) > 2 * metrics.chance_area(ranking)
    untied = rank(y_true, np.arange(100)[::-1].astype(float))
    assert metrics.linear_area(untied) == pytest.approx(metrics.average_precision(untied), rel=0.01)


def test_several_classes_are_averaged_as_scikit_learn_does():
    generator = np.random.default_rng(3)
    for number in range(60):
        n_classes = int(generator.integers(3, 8))
        y_true = generator.permutation(np.append(np.arange(n_classes), generator.integers(0, n_classes, 40)))
        y_score = np.round(generator.standard_normal((len(y_true), n_classes)), number % 3)
        asked = (y_true[:, None] == np.arange(n_classes)).astype(int)
        rankings = metrics.one_against_rest(y_true, y_score)
        each = [metrics.average_precision(ranking) for ranking in rankings]
        np.testing.assert_allclose(each, reference.average_precision_score(asked, y_score, average=None))
        macro = reference.average_precision_score(asked, y_score, average="macro")
        assert metrics.macro_average_precision(rankings) == pytest.approx(macro)
        micro = metrics.micro(y_true, y_score)
        wanted = reference.average_precision_score(asked, y_score, average="micro")
        assert metrics.average_precision(micro) == pytest.approx(wanted)
        assert metrics.roc_auc(micro) == pytest.approx(reference.roc_auc_score(asked, y_score, average="micro"))


def test_log_odds_of_classes_are_softmaxs_and_survive_certainty():
    logits = np.random.default_rng(0).standard_normal((30, 5)) * 3
    share = softmax(logits, axis=1)
    np.testing.assert_allclose(metrics.class_log_odds(logits), np.log(share / (1 - share)), rtol=1e-9)
    np.testing.assert_allclose(metrics.class_log_odds(logits + 7), metrics.class_log_odds(logits), rtol=1e-9)
    sure = metrics.class_log_odds(np.array([[100.0, 0.0, 0.0], [200.0, 0.0, 0.0]]))
    np.testing.assert_allclose(sure[:, 0], [100 - np.log(2), 200 - np.log(2)])
