"""Few labels: both classifiers differ in the unlabelled images alone, and seeds don't depend on their neighbours."""

from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from dlcore.data.digit_split import split_digits
from dlcore.experiments.semi_supervised import SIDES, SemiSupervised, choose_labelled
from dlcore.specs import SemiSupervisedSpec

SMALL = {"hidden_sizes": (6,), "latent_size": 3, "batch_size": 8, "n_steps": 20}


def train(n_steps: int = 5, **values) -> SemiSupervised:
    experiment = SemiSupervised(SemiSupervisedSpec(**{**SMALL, **values}))
    for _ in range(n_steps):
        experiment.step()
    return experiment


def test_without_the_unlabelled_loss_both_are_the_same_to_the_last_digit() -> None:
    experiment = train(unlabelled_weight=0.0, n_labels=3)
    assert torch.equal(*(experiment.models[name].flat for name in SIDES))
    observed = experiment.observe()
    assert observed["gain_low"] == observed["gain_high"] == observed["n_better"] == observed["n_worse"] == 0


def test_with_it_they_begin_alike_and_part() -> None:
    start = train(0)
    assert torch.equal(*(start.models[name].flat for name in SIDES))
    assert not torch.equal(*(train(1).models[name].flat for name in SIDES))


def test_a_seed_does_not_depend_on_its_neighbours() -> None:
    several, alone = train(n_seeds=3), train(n_seeds=1, seed=2)
    for name in (*SIDES, "generator"):
        for many, one in zip(several.models[name].weights, alone.models[name].weights, strict=True):
            torch.testing.assert_close(many[2], one[0], rtol=1e-4, atol=1e-6)


def test_the_classifier_alone_is_a_plain_loop() -> None:
    """One seed beside nn.functional and torch.optim, on the same batches and noise."""
    spec = SemiSupervisedSpec(**SMALL, n_seeds=1, n_labels=1)
    ours = SemiSupervised(spec)
    model = ours.models["alone"]
    parameters = [part.detach()[0].clone().requires_grad_() for part in (*model.weights, *model.biases)]
    optimizer = torch.optim.Adam(parameters, lr=spec.learning_rate, betas=(0.5, 0.999))
    w1, w2, b1, b2 = parameters
    for step in range(3):
        draws = np.random.default_rng([0, 2, step])
        rows = draws.permutation(10)
        noise = torch.from_numpy(draws.standard_normal((10, 64), np.float32))
        x = ours.x_labelled[0][rows] + spec.noise_on_images * noise
        optimizer.zero_grad()
        F.cross_entropy(torch.relu(x @ w1 + b1) @ w2 + b2, ours.y_labelled[0][rows]).backward()
        optimizer.step()
        ours.step()
    for mine, plain in zip((*model.weights, *model.biases), parameters, strict=True):
        torch.testing.assert_close(mine[0], plain, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("n_labels", [1, 5, 20])
def test_labelled_images(n_labels: int) -> None:
    chosen = choose_labelled(3, n_labels)
    labels = split_digits().y_train[chosen]
    assert np.array_equal(labels, np.repeat(np.arange(10), n_labels))
    assert len(set(chosen)) == len(chosen)
    assert set(choose_labelled(3, 1)) <= set(chosen)
    assert not np.array_equal(chosen, choose_labelled(4, n_labels))


def test_accuracy_is_that_of_argmax() -> None:
    experiment = train(n_seeds=2)
    split = split_digits()
    for seed in range(2):
        x = torch.from_numpy(split.x_test).flatten(1)
        for weight, bias in zip(experiment.models["gan"].weights, experiment.models["gan"].biases, strict=True):
            x = (x if weight is experiment.models["gan"].weights[0] else x.relu()) @ weight[seed] + bias[seed]
        right = (x.argmax(1).numpy() == split.y_test).mean()
        accuracy = experiment._accuracy(experiment._test_logits("gan"))[seed]
        assert accuracy == pytest.approx(right, abs=0.005)


def test_the_non_saturating_generator_learns_too() -> None:
    before = train(0, matching="non_saturating")
    after = train(3, matching="non_saturating")
    assert not torch.equal(before.models["generator"].flat, after.models["generator"].flat)
    assert np.isfinite(after.models["generator"].flat.detach().numpy()).all()
