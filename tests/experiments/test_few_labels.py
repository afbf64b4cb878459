"""Few labels: who starts from what, and that nobody sees what he should not."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from sklearn.neighbors import KNeighborsClassifier

from dlcore.advance import advance
from dlcore.experiments.few_labels import N_SHARED, FewLabels, pick_samples
from dlcore.specs import FewLabelsSpec

SMALL = FewLabelsSpec(pretrain_steps=20, n_steps=40, n_seeds=2)


def encoder(nets, models: slice) -> list[torch.Tensor]:
    return [
        part[models].detach().clone() for layer in range(N_SHARED) for part in (nets.weights[layer], nets.biases[layer])
    ]


def test_labelled_samples_are_balanced_and_none_is_tested():
    y = np.repeat(np.arange(10), 179)
    test, pool, few = pick_samples(y, FewLabelsSpec(labels_per_class=3), 4)
    assert np.bincount(y[few]).tolist() == [3] * 10
    assert set(few) <= set(pool)
    assert not set(pool) & set(test)


def test_from_scratch_begins_where_the_autoencoder_began():
    experiment = FewLabels(SMALL)
    first, coder = encoder(experiment.nets, slice(0, 2)), encoder(experiment.coder, slice(0, 2))
    assert all(torch.equal(*pair) for pair in zip(first, coder, strict=True))


def test_the_encoder_is_handed_over_and_the_frozen_one_stays():
    experiment = FewLabels(SMALL)
    for _ in range(20):
        experiment.step()
    coder = encoder(experiment.coder, slice(0, 2))
    scratch = encoder(experiment.nets, slice(0, 2))
    experiment.step()
    tuned, frozen = encoder(experiment.nets, slice(2, 4)), encoder(experiment.nets, slice(4, 6))
    assert all(torch.equal(*pair) for pair in zip(frozen, coder, strict=True))
    assert not torch.equal(tuned[0], coder[0])
    assert not torch.equal(scratch[0], coder[0])


def test_nothing_is_classified_while_the_autoencoder_learns():
    frames = advance(SMALL, None, 100).frames
    scores = {frame.step: frame.scalars["accuracy_labels"] for frame in frames}
    assert len({scores[step] for step in range(21)}) == 1
    assert scores[40] != scores[20]
    rebuilding = {frame.step: frame.scalars["rebuilding"] for frame in frames}
    assert rebuilding[20] < rebuilding[0]
    assert rebuilding[40] == rebuilding[20]


def test_the_simplest_competitor_is_scikit_learns():
    experiment = FewLabels(SMALL)
    right = [
        KNeighborsClassifier(1).fit(x, y).score(x_test, y_test)
        for x, y, x_test, y_test in zip(
            experiment.x_few, experiment.y_few, experiment.x_test, experiment.y_test, strict=True
        )
    ]
    assert experiment.nearest == pytest.approx(np.mean(right))


def test_gains_are_paired_seed_by_seed():
    last = advance(SMALL.replace(pretrain_steps=10, n_steps=200, labels_per_class=10), None, 1000).frames[-1].scalars
    assert last["gain_tuned"] == pytest.approx(last["accuracy_tuned"] - last["accuracy_labels"], abs=1e-6)
    assert last["gain_tuned_low"] <= last["gain_tuned"] <= last["gain_tuned_high"]
    assert last["accuracy_labels"] > 0.6
