"""The 2-D lab: updates against a plain torch loop, phases, clipping, BEGAN's balance, what collapses."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest
import torch
from torch import nn

from dlcore.advance import advance, open_experiment
from dlcore.data.gan_sets import sample_gan_set
from dlcore.frames import unpack
from dlcore.models.gan_losses import GAN_LOSSES
from dlcore.specs import GanLabSpec
from dlcore.specs.gan_lab import SUITED, GanLossName

SMALL = {"generator_sizes": (8,), "critic_sizes": (8,), "batch_size": 16}
LOSSES = get_args(GanLossName)


def small(loss: str = "non_saturating", **values) -> GanLabSpec:
    return GanLabSpec(**{"gan_loss": loss, "n_steps": 100, **SMALL, **values})


def run(spec: GanLabSpec, n_steps: int):
    experiment = open_experiment(spec)
    for _ in range(n_steps):
        experiment.step()
    return experiment


def as_sequential(model, seed: int = 0) -> nn.Sequential:
    """The same perceptron as torch's own layers."""
    layers: list[nn.Module] = []
    for weight, bias in zip(model.weights, model.biases, strict=True):
        linear = nn.Linear(*weight.shape[1:])
        with torch.no_grad():
            linear.weight.copy_(weight[seed].T)
            linear.bias.copy_(bias[seed, 0])
        layers += [linear, nn.Tanh()]
    return nn.Sequential(*layers[:-1])


@pytest.mark.parametrize("loss", LOSSES)
def test_twenty_rounds_are_those_of_a_plain_loop(loss):
    """nn.Sequential, autograd and torch.optim on the same batches end at the same weights."""
    values = {**SUITED[loss], **SMALL, "n_steps": 100, "optimizer": "adam", "activation": "tanh"}
    spec = GanLabSpec(**{**values, "gan_loss": loss})
    ours = run(spec, 0)
    generator, critic = as_sequential(ours.generator_net), as_sequential(ours.critic.model)
    k = torch.zeros(())
    betas = (spec.beta1, spec.beta2)
    adam = {net: torch.optim.Adam(net.parameters(), spec.learning_rate, betas) for net in (generator, critic)}

    def score(x: torch.Tensor) -> torch.Tensor:
        return (x - critic(x)).norm(dim=1) if loss == "began" else critic(x)[:, 0]

    for number in range(20):
        for update in range(spec.critic_steps):
            real, z, share = (part[0] for part in ours._batch("critic", number * spec.critic_steps + update))
            fake = generator(z).detach()
            value = GAN_LOSSES[loss].critic(score(real), score(fake), **({"k": k} if loss == "began" else {}))
            if loss == "began":
                k = (k + spec.balance_rate * (spec.gamma * score(real) - score(fake)).mean().detach()).clamp(0, 1)
            if loss == "wgan_gp":
                between = (share * real + (1 - share) * fake).requires_grad_()
                (slope,) = torch.autograd.grad(score(between).sum(), between, create_graph=True)
                value = value + spec.slope_penalty * ((slope.norm(dim=1) - 1) ** 2).mean()
            adam[critic].zero_grad()
            value.backward()
            adam[critic].step()
            if loss == "wgan_clip":
                for parameter in critic.parameters():
                    parameter.data.clamp_(-spec.weight_limit, spec.weight_limit)
        (z,) = (part[0] for part in ours._batch("generator", number))
        adam[generator].zero_grad()
        GAN_LOSSES[loss].generator(score(generator(z))).backward()
        adam[generator].step()
        ours.step()
    probe = torch.linspace(-2, 2, 20).reshape(10, 2)
    torch.testing.assert_close(as_sequential(ours.generator_net)(probe), generator(probe), atol=2e-4, rtol=2e-3)
    torch.testing.assert_close(as_sequential(ours.critic.model)(probe), critic(probe), atol=2e-4, rtol=2e-3)
    torch.testing.assert_close(ours.k[0], k)


@pytest.mark.parametrize("loss", ["non_saturating", "wgan_gp", "began"])
def test_slow_motion_is_the_same_training(loss):
    spec = small(loss, critic_steps=2)
    fast, slow = run(spec, 4), run(spec.replace(slow_motion=True), 12)
    assert torch.equal(fast.generator_net.flat, slow.generator_net.flat)
    assert torch.equal(fast.critic.model.flat, slow.critic.model.flat)


def test_slow_motion_says_whose_turn_it_was():
    chunk = advance(small(critic_steps=2, slow_motion=True), None, 7)
    assert [int(frame.scalars["phase"]) for frame in chunk.frames] == [0, 1, 1, 2, 1, 1, 2, 1]


@pytest.mark.parametrize(("turns", "still", "moving"), [(1, "generator", "critic"), (2, "critic", "generator")])
def test_only_one_of_the_two_learns_after_the_fork(turns, still, moving):
    spec = small().fork(3, "turns", turns)
    frames = [unpack(frame.blob) for frame in advance(spec, None, 6).frames]
    counts = [(frame.scalars["critic_updates"], frame.scalars["generator_updates"]) for frame in frames]
    assert counts[3] == (3, 3)
    assert counts[6] == ((6, 3) if turns == 1 else (3, 6))
    fixed, changed = ("samples", "surface") if turns == 1 else ("surface", "samples")
    assert (frames[3].arrays[fixed] == frames[6].arrays[fixed]).all()
    assert (frames[3].arrays[changed] != frames[6].arrays[changed]).any()


def test_clipped_weights_lie_within_c_and_pile_up_there():
    experiment = run(GanLabSpec(gan_loss="wgan_clip", **SUITED["wgan_clip"]), 100)
    flat, limit = experiment.critic.model.flat.abs(), np.float32(0.1)
    assert flat.max() <= limit
    assert (flat > 0.95 * limit).float().mean() > 0.3


def test_began_starts_without_balance_and_keeps_it_in_bounds():
    experiment = run(small("began", balance_rate=1.0), 0)
    assert experiment.k.tolist() == [0.0]
    seen = []
    for _ in range(30):
        experiment.step()
        seen.append(float(experiment.k[0]))
    assert all(0 <= k <= 1 for k in seen)


def test_an_arrow_points_where_the_loss_falls():
    """Moving every sample a little along its arrow lowers the generator's loss."""
    experiment = run(small("non_saturating"), 20)
    experiment.observe()
    made, loss = torch.randn(1, 512, 2), experiment.loss
    before = loss.generator(experiment.critic.score(made))
    push = -experiment.critic.back(loss.generator_gradient(experiment.critic.score(made)), into_weights=False)
    assert loss.generator(experiment.critic.score(made + 1e-2 * push * 512)) < before


def test_a_sure_critic_leaves_minimax_nothing_and_the_other_much():
    sizes = {}
    for loss in ("minimax", "non_saturating"):
        experiment = run(small(loss, turns=1, learning_rate=0.03, batch_size=64), 60)
        sizes[loss] = experiment.observe()["gradient_size"]
    assert sizes["minimax"] < sizes["non_saturating"] / 10


def test_seeds_in_a_batch_train_as_they_would_alone():
    together, alone = run(small(n_seeds=3), 5), run(small(seed=1), 5)
    torch.testing.assert_close(together.generator_net.weights[0][1], alone.generator_net.weights[0][0])


def test_both_losses_see_the_same_data():
    first, second = (run(small(loss), 0) for loss in ("minimax", "wgan_clip"))
    for one, other in zip(first._batch("critic", 5), second._batch("critic", 5), strict=True):
        assert torch.equal(one, other)


def test_own_places_are_what_is_sampled():
    spec = small(dataset="own", points=((1.0, 1.0), (-2.0, 0.5)))
    real, _, _ = run(spec, 0)._batch("critic", 0)
    nearest = torch.cdist(real[0], torch.tensor(spec.points)).amin(1)
    assert nearest.max() < 0.3
    assert sample_gan_set("own", 4, np.random.default_rng(0), spec.points).shape == (4, 2)


def test_a_run_fits_into_a_megabyte():
    chunk = advance(GanLabSpec(n_steps=200, generator_sizes=(16,), critic_sizes=(16,)), None, 200)
    assert sum(len(frame.blob) for frame in chunk.frames) < 1e6
