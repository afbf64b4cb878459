"""What the tabs RBM and DBN train: the likelihood of the tiny one, greedy layers, features, pretraining."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import torch
from sklearn.neural_network import BernoulliRBM

from dlcore.advance import advance, ask, open_experiment
from dlcore.data.bars_stripes import make_bars_and_stripes
from dlcore.experiments import rbm_features
from dlcore.experiments.belief_net import mix_units
from dlcore.frames import unpack
from dlcore.specs import BeliefNetSpec, PretrainingSpec, RbmFeaturesSpec, TinyRbmSpec


def test_likelihood_of_a_trained_machine_against_all_joint_states():
    """2⁹ × 2⁴ energies by numpy alone, from the weights that `ask` hands out."""
    spec = TinyRbmSpec(rbm_units=4, n_seeds=1, n_steps=300, learning_rate=0.5)
    chunk = advance(spec, None, 300)
    found = ask(spec, chunk.state, {"machine": 0})
    v, h = (np.array(list(itertools.product((0, 1), repeat=n)), float) for n in (9, 4))
    log_joint = (v @ found["visible_bias"])[:, None] + h @ found["hidden_bias"] + v @ found["weight"] @ h.T
    p_v = np.exp(log_joint).sum(1) / np.exp(log_joint).sum()
    known = {tuple(row) for row in make_bars_and_stripes()}
    ours = [p for state, p in zip(v, p_v, strict=True) if tuple(state) in known]
    last = chunk.frames[-1].scalars
    assert last["likelihood"] == pytest.approx(np.mean(np.log(ours)), abs=1e-9)
    assert last["mass"] == pytest.approx(np.sum(ours), abs=1e-9)
    assert last["best"] == pytest.approx(-np.log(14))


def test_exact_gradient_climbs_to_where_contrastive_divergence_does_not():
    exact, cd = (
        advance(TinyRbmSpec(rbm_rule=rule, learning_rate=0.5, rbm_momentum=0.8, n_steps=1200), None, 1200)
        .frames[-1]
        .scalars
        for rule in ("exact", "cd")
    )
    assert exact["likelihood_low"] > cd["likelihood_high"]
    assert exact["likelihood_high"] < exact["best"]


def test_likely_states_and_their_probabilities():
    frame = unpack(advance(TinyRbmSpec(n_steps=1), None, 1).frames[0].blob)
    assert frame.arrays["likely"].shape == (16, 3, 3)
    assert (np.diff(frame.arrays["likely_p"]) <= 0).all()
    assert frame.arrays["likely_p"].sum() < 100


def test_layers_below_rest_while_the_one_above_learns():
    spec = BeliefNetSpec(stack_sizes=(12, 8), n_steps=60)
    middle = advance(spec, None, 30)
    below = open_experiment(spec, middle.state).stack
    after = open_experiment(spec, advance(spec, middle.state, 30).state).stack
    torch.testing.assert_close(after.layers[0].flat, below.layers[0].flat, rtol=0, atol=0)
    assert not torch.equal(after.layers[1].weight, below.layers[1].weight)
    assert [int(frame.scalars["layer"]) for frame in advance(spec, None, 60).frames] == [1] * 31 + [2] * 30


def test_the_upper_layer_learns_from_the_lower_ones_probabilities():
    spec = BeliefNetSpec(stack_sizes=(12, 8), n_steps=60)
    experiment = open_experiment(spec, advance(spec, None, 31).state)
    experiment.step()
    lower = experiment.stack.layers[0]
    expected = torch.sigmoid(experiment.digits[0] @ lower.weight + lower.hidden_bias)
    torch.testing.assert_close(experiment.stack.training.x, expected)


def test_free_energy_tells_digits_from_mixed_pixels():
    """Trained, the machine finds test digits more probable than pictures of the same pixels from many digits."""
    last = advance(BeliefNetSpec(n_steps=300), None, 300).frames[-1].scalars
    assert last["gap_mixed"] > 1 > abs(last["gap_test"])
    x = torch.rand(1, 50, 64, generator=torch.Generator().manual_seed(0))
    torch.testing.assert_close(mix_units(x).sort(1).values, x.sort(1).values)


def test_film_of_chains():
    spec = BeliefNetSpec(stack_sizes=(12, 8), n_steps=20)
    state = advance(spec, None, 20).state
    first, again, other = (ask(spec, state, {"film": number})["film"] for number in (0, 0, 1))
    assert first.shape == (40, 8, 8)
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()


def test_arms_begin_alike():
    """The pretrained net is the stack's, and its last layer that of the net from random weights."""
    spec = PretrainingSpec(n_seeds=2, stack_sizes=(12, 8), rbm_steps=10, n_steps=12)
    experiment = open_experiment(spec, advance(spec, None, 10).state)
    experiment._hand_over()
    nets = experiment.nets
    for layer, rbm in enumerate(experiment.stack.layers):
        torch.testing.assert_close(nets["pretrained"].weights[layer].detach(), rbm.weight)
    torch.testing.assert_close(nets["pretrained"].weights[2], nets["random"].weights[2])


def test_labels_are_among_the_digits_to_learn_from():
    experiment = open_experiment(PretrainingSpec(labels_per_class=3, n_seeds=2))
    assert experiment.x_few.shape == (2, 30, 64)
    for labels in experiment.y_few:
        assert labels.bincount(minlength=10).tolist() == [3] * 10


def test_whitening():
    x = torch.rand(1, 400, 6, generator=torch.Generator().manual_seed(1))
    white, _ = rbm_features.whiten(x, x)
    torch.testing.assert_close(white.mean(1), torch.zeros(1, 6), atol=1e-5, rtol=0)
    torch.testing.assert_close(white.mT @ white / 400, torch.eye(6)[None], atol=1e-4, rtol=0)


def test_features_are_worth_as_much_as_scikit_learns():
    """The same classifier on BernoulliRBM's features, trained on the same rows with the example's settings."""
    spec = RbmFeaturesSpec(n_seeds=1, rbm_steps=2157, n_steps=2557)  # three passes
    ours = advance(spec, None, spec.n_steps).frames[-1].scalars
    experiment = open_experiment(spec)
    theirs = BernoulliRBM(n_components=100, learning_rate=0.06, n_iter=3, random_state=0).fit(experiment.x[0].numpy())
    for name, learned in zip(("weight", "hidden_bias"), (theirs.components_.T, theirs.intercept_hidden_), strict=True):
        getattr(experiment.rbm, name)[0].copy_(torch.from_numpy(learned))
    experiment.steps_done = spec.rbm_steps
    for _ in range(400):
        experiment.step()
    found = experiment.observe()
    assert found["accuracy_pixels"] == ours["accuracy_pixels"]
    assert abs(found["accuracy_learned"] - ours["accuracy_learned"]) < 0.02
    assert min(found["accuracy_learned"], ours["accuracy_learned"]) > found["accuracy_pixels"] + 0.1
