"""The contest's tasks: published sets, fair folds, views that keep the numbers."""

from __future__ import annotations

import numpy as np
import pytest

from dlcore.data.contest_tasks import N_TEST, Task, load_task, load_view, make_fold, make_friedman1, score
from dlcore.data.opinions import BAD, GOOD, N_WORDS, VOCABULARY, make_opinions

TASKS = tuple(N_TEST)


def test_friedmans_numbers_are_explained_by_his_formula():
    x, y = make_friedman1(4000, 1)
    signal = 10 * np.sin(np.pi * x[:, 0] * x[:, 1]) + 20 * (x[:, 2] - 0.5) ** 2 + 10 * x[:, 3] + 5 * x[:, 4]
    assert (y - signal).std() == pytest.approx(1, abs=0.05)
    assert y.std() == pytest.approx(4.99, abs=0.2)  # the signal's deviation is 4.89 (Friedman 1991)


@pytest.mark.parametrize("name", TASKS)
def test_a_fold_is_tested_on_what_it_has_not_seen(name):
    task = load_task(name)
    marked = task._replace(x=np.arange(len(task.x), dtype=float)[:, None], scaled=False)
    fold = make_fold(name, marked, 100, 5)
    assert len(fold.x_train) == 100
    assert len(fold.x_test) == N_TEST[name]
    assert not set(fold.x_train.ravel()) & set(fold.x_test.ravel())


def test_small_samples_are_part_of_large_ones():
    task = load_task("digits")
    small, large = (make_fold("digits", task, n, 3) for n in (50, 500))
    np.testing.assert_array_equal(small.x_train, large.x_train[:50])
    np.testing.assert_array_equal(small.x_test, large.x_test)


def test_mnist1d_keeps_its_published_test_set():
    folds = [make_fold("mnist1d", load_task("mnist1d"), 4000, seed) for seed in (0, 1)]
    np.testing.assert_array_equal(folds[0].x_test, folds[1].x_test)
    np.testing.assert_array_equal(np.sort(folds[0].x_train, 0), np.sort(folds[1].x_train, 0))


@pytest.mark.parametrize("name", ["friedman1", "diabetes"])
def test_tables_are_scaled_by_their_training_samples_alone(name):
    fold = make_fold(name, load_task(name), 200, 0)
    np.testing.assert_allclose(fold.x_train.mean(0), 0, atol=1e-4)
    np.testing.assert_allclose(fold.x_train.std(0), 1, atol=1e-4)
    assert np.abs(fold.x_test.mean(0)).max() > 1e-3
    assert fold.y_train.std() == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize("name", TASKS)
def test_shuffling_keeps_every_number_and_moves_every_sample_alike(name):
    raw, shuffled = load_view(name, "raw"), load_view(name, "shuffled")
    np.testing.assert_array_equal(np.sort(raw.x[:20], axis=1), np.sort(shuffled.x[:20], axis=1))
    assert raw.shape == shuffled.shape
    assert (raw.x[:20] != shuffled.x[:20]).any()


@pytest.mark.parametrize("name", TASKS)
def test_engineered_features_are_one_row_a_sample(name):
    task = load_view(name, "engineered")
    assert task.x.shape == (len(load_task(name).x), *task.shape)
    assert np.isfinite(task.x).all()


def test_scores():
    classes, numbers = (Task(np.zeros((3, 1)), np.zeros(3), n, (1,), False) for n in (2, 0))
    assert score(classes, np.array([[0.2, 0.8], [0.6, 0.4], [0.1, 0.9]]), np.array([1, 1, 1])) == pytest.approx(2 / 3)
    y = np.array([0.0, 1.0, 2.0])
    assert score(numbers, y[:, None], y) == 1
    assert score(numbers, np.ones((3, 1)), y) == 0


def test_opinions_are_read_as_their_grammar_says():
    words, labels = make_opinions(400, 0)
    assert words.shape == (400, N_WORDS)
    assert 0.4 < labels.mean() < 0.6
    for row, label in zip(words, labels, strict=True):
        said = [VOCABULARY[number] for number in row if number]
        end = said[said.index("but") + 1 :] if "but" in said else said
        turned = "not" in end[-4:]
        assert (end[-1] in GOOD) != turned if label else (end[-1] in BAD) != turned
