"""The judge: always the same, worth at least a logistic regression, and trained on no image that it is tested on."""

from __future__ import annotations

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression

from dlcore.data.digit_split import split_digits
from dlcore.data.images import read_digits
from dlcore.models.digit_judge import SURE, judge_digits, judge_record, train_judge


def test_the_split_loses_and_repeats_no_image() -> None:
    split = split_digits()
    assert (len(split.x_train), len(split.x_test)) == (1297, 500)
    both = np.concatenate([split.x_train, split.x_test]).reshape(1797, -1)
    everything = read_digits()[0].reshape(1797, -1)
    assert sorted(map(bytes, both)) == sorted(map(bytes, everything))
    assert not set(map(bytes, split.x_train)) & set(map(bytes, split.x_test))


def test_the_judge_is_at_least_a_logistic_regression() -> None:
    split = split_digits()
    classic = LogisticRegression(max_iter=200).fit(split.x_train.reshape(-1, 64), split.y_train)
    accuracy = classic.score(split.x_test.reshape(-1, 64), split.y_test)
    assert judge_record()["judge_accuracy"] >= accuracy > 0.9


def test_the_judge_is_the_same_every_time() -> None:
    first = train_judge().flat.clone()
    train_judge.cache_clear()
    torch.manual_seed(7)
    assert torch.equal(train_judge().flat, first)


def test_its_record_is_what_the_page_says() -> None:
    record = {name: round(100 * value) for name, value in judge_record().items()}
    assert record == {"judge_accuracy": 97, "real_confident": 84, "noise_confident": 10}


def test_probabilities() -> None:
    y_proba = judge_digits(torch.from_numpy(split_digits().x_test[:20]))
    assert y_proba.shape == (20, 10)
    torch.testing.assert_close(y_proba.sum(1), torch.ones(20))
    assert float(y_proba.amax(1).max()) > SURE
