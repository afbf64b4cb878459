"""RBMs against brute force over all joint states, against autograd, against averages of draws, against scikit-learn."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import torch
from sklearn.neural_network import BernoulliRBM

from dlcore.data.bars_stripes import make_bars_and_stripes
from dlcore.models.rbm_exact import CD_STEPS, angle, exact_gradient, expected_cd_gradients, state_log_probabilities
from dlcore.models.rbm_training import RBMTraining, Uniforms, gibbs, start_chains
from dlcore.models.stacked_rbm import StackedRBM

V, H = 4, 3


def bits(n_units: int) -> torch.Tensor:
    return torch.tensor(list(itertools.product((0.0, 1.0), repeat=n_units)), dtype=torch.float64)


@pytest.fixture
def rbm() -> StackedRBM:
    """Two machines with weights and biases that matter."""
    machines = StackedRBM(V, H, (0, 1), 1.0, dtype=torch.float64)
    machines.flat.copy_(torch.from_numpy(np.random.default_rng(5).normal(0, 0.8, len(machines.flat))))
    return machines


def joint(weight: torch.Tensor, b: torch.Tensor, c: torch.Tensor) -> torch.Tensor:
    """(2^V, 2^H) p(v, h) by the definition: exp(−E) of every pair, divided by the sum over all pairs."""
    table = torch.stack([torch.stack([torch.exp(v @ b + h @ c + v @ weight @ h) for h in bits(H)]) for v in bits(V)])
    return table / table.sum()


def parts(rbm: StackedRBM, number: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    return rbm.weight[number], rbm.visible_bias[number, 0], rbm.hidden_bias[number, 0]


def test_against_all_joint_states(rbm):
    """Log-likelihood, conditional probabilities and free energy follow from the joint table."""
    every_v, every_h = (bits(n).expand(2, -1, -1) for n in (V, H))
    for number in range(2):
        table = joint(*parts(rbm, number))
        p_v, p_h = table.sum(1), table.sum(0)
        torch.testing.assert_close(state_log_probabilities(rbm)[number], p_v.log())
        torch.testing.assert_close(rbm.p_hidden(every_v)[number], table @ bits(H) / p_v[:, None])
        torch.testing.assert_close(rbm.p_visible(every_h)[number], table.T @ bits(V) / p_h[:, None])
        energy = rbm.energy(every_v, every_h)[number]
        torch.testing.assert_close((-energy).flatten().softmax(0).view(table.shape), table)
        torch.testing.assert_close(rbm.free_energy(every_v)[number], -(-energy).exp().sum(1).log())


def test_exact_gradient_is_autograds(rbm):
    v_data = bits(V)[[3, 5, 5, 14]].expand(2, -1, -1)
    exact_gradient(rbm, v_data)
    for number in range(2):
        leaves = [part.clone().requires_grad_() for part in parts(rbm, number)]
        joint(*leaves).sum(1)[[3, 5, 5, 14]].log().mean().backward()
        for ours, leaf in zip(rbm.grads, leaves, strict=True):
            torch.testing.assert_close(ours[number].view(leaf.shape), leaf.grad)


def test_expected_cd_is_the_mean_of_draws(rbm):
    """40,000 draws of CD-k: every entry within five standard errors of the sum over all states."""
    one = rbm.take(1)
    v_data = bits(V)[[3, 12]][None]
    n_draws = 40_000
    start = v_data.repeat(1, n_draws // 2, 1)
    uniforms = torch.from_numpy(np.random.default_rng(0).random((1, 5 * n_draws * (V + H)), np.float32))
    expected = dict(zip(CD_STEPS, expected_cd_gradients(one, v_data), strict=True))
    for k in (1, 5):
        one.set_gradient(v_data, gibbs(one, start, k, uniforms))
        assert float((one.grad - expected[k]).abs().max()) < 5 * 0.5 / n_draws**0.5


def test_long_chains_forget_their_bias():
    """With small weights CD-25 has reached the model's own distribution: its mean is the exact gradient."""
    rbm = StackedRBM(9, 5, (4,), 0.5, dtype=torch.float64)
    v_data = torch.from_numpy(make_bars_and_stripes()).double()[None]
    exact_gradient(rbm, v_data)
    exact = rbm.grad.clone()
    angles = [angle(found, exact) for found in expected_cd_gradients(rbm, v_data)]
    assert angles[0] > angles[1] > angles[2]
    assert angles[2] < 0.01
    assert angles[0] > 0.5


def test_conditionals_against_scikit_learn():
    rbm = StackedRBM(V, H, (0,), 1.0)
    theirs = BernoulliRBM(n_components=H)
    theirs.components_ = rbm.weight[0].T.numpy()
    theirs.intercept_hidden_, theirs.intercept_visible_ = np.zeros(H), np.zeros(V)
    x = np.random.default_rng(1).random((6, V), np.float32)
    np.testing.assert_allclose(rbm.p_hidden(torch.from_numpy(x)[None])[0], theirs.transform(x), rtol=1e-5)


def test_machines_do_not_depend_on_their_neighbours():
    x = torch.from_numpy(make_bars_and_stripes())
    together, alone = StackedRBM(9, 4, (7, 8), 0.1), StackedRBM(9, 4, (8,), 0.1)
    pair = RBMTraining(together, x.expand(2, -1, -1), (7, 8), "pcd", 2, 5, 2)
    single = RBMTraining(alone, x[None], (8,), "pcd", 2, 5, 2)
    for step in range(7):
        pair.step(step, 0.1, 0.5, 0.01)
        single.step(step, 0.1, 0.5, 0.01)
    torch.testing.assert_close(together.weight[1], alone.weight[0])


def test_every_epoch_shows_every_pattern():
    x = torch.from_numpy(make_bars_and_stripes())[None]
    training = RBMTraining(StackedRBM(9, 4, (0,), 0.1), x, (0,), "cd", 1, 5, 2)
    for epoch in range(2):
        seen = torch.cat([training.batch(3 * epoch + number)[0] for number in range(3)])
        assert {tuple(row) for row in seen.tolist()} == {tuple(row) for row in x[0].tolist()}


def test_persistent_chains_go_on_and_others_begin_at_the_data():
    """Without hidden units' influence (weights 0) a visible unit is a fair coin, whatever the chain began with."""
    x = torch.ones(1, 3, 6)
    rbm = StackedRBM(6, 2, (0,), 0.0)
    chains = start_chains((0,), 3, 6, 9)
    before = chains.clone()
    persistent = RBMTraining(rbm, x, (0,), "pcd", 1, 3, 2, chains)
    persistent.step(0, 0.0, 0.0, 0.0)
    expected = gibbs(rbm, before, 1, persistent.uniforms.at(0))
    torch.testing.assert_close(persistent.chains, expected)
    fresh = RBMTraining(rbm, x, (0,), "cd", 1, 3, 2, before.clone())
    fresh.step(0, 0.0, 0.0, 0.0)
    torch.testing.assert_close(fresh.chains, before)


def test_numbers_follow_from_seed_and_step_alone():
    forth, back = Uniforms((1, 2), 4, 50_000), Uniforms((1, 2), 4, 50_000)
    assert forth.n_steps == 2
    drawn = [forth.at(step).clone() for step in range(5)]
    for step in (4, 0, 3, 1, 2):
        torch.testing.assert_close(back.at(step), drawn[step])
    assert len({float(numbers[0, 0]) for numbers in drawn}) == 5
