"""The image GAN: its training against a plain loop with torch.optim, its measures, its walk, its recorded run."""

from __future__ import annotations

import copy
from typing import get_args

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from dlcore.errors import SpecError
from dlcore.experiments.gan_images import (
    LEVELS,
    N_JUDGED,
    N_TILES,
    N_WALK,
    GanImages,
    fixed_noise,
    nearest_distances,
    slerp,
    to_levels,
)
from dlcore.frames import unpack
from dlcore.specs import GanImagesSpec
from dlcore.specs.gan_images import IMAGE_PRESETS, SUITED_IMAGES, ImageGanLoss
from dlcore.store import RECORDED, read_run

TINY = {"width": 4, "latent_size": 3, "batch_size": 6, "n_steps": 4}
LOSSES = get_args(ImageGanLoss)


def tiny(loss: str) -> GanImages:
    return GanImages(GanImagesSpec(**{"gan_loss": loss, **SUITED_IMAGES[loss], **TINY}))


def plain_critic_loss(loss, critic, outputs, pictures, k, share, weight):
    """The critic's loss as the papers write it, from library functions alone."""
    on_real, on_fake = outputs
    if loss in ("minimax", "non_saturating"):
        said = F.binary_cross_entropy_with_logits
        return said(on_real, torch.ones_like(on_real)) + said(on_fake, torch.zeros_like(on_fake))
    if loss == "least_squares":
        return F.mse_loss(on_real, torch.ones_like(on_real)) / 2 + F.mse_loss(on_fake, torch.zeros_like(on_fake)) / 2
    if loss == "began":
        return on_real.mean() - k * on_fake.mean()
    between = (share * pictures[0] + (1 - share) * pictures[1]).requires_grad_()
    (slope,) = torch.autograd.grad(critic(between).sum(), between, create_graph=True)
    return on_fake.mean() - on_real.mean() + weight * ((slope.flatten(1).norm(dim=1) - 1) ** 2).mean()


def plain_generator_loss(loss, on_fake):
    said = F.binary_cross_entropy_with_logits
    return {
        "minimax": lambda: -said(on_fake, torch.zeros_like(on_fake)),
        "non_saturating": lambda: said(on_fake, torch.ones_like(on_fake)),
        "least_squares": lambda: F.mse_loss(on_fake, torch.ones_like(on_fake)) / 2,
        "wgan_gp": lambda: -on_fake.mean(),
        "began": lambda: on_fake.mean(),
    }[loss]()


def normal(draws, spec):
    return torch.from_numpy(draws.standard_normal((spec.batch_size, spec.latent_size), np.float32))


@pytest.mark.parametrize("loss", LOSSES)
def test_the_training_is_that_of_a_plain_loop(loss: str) -> None:
    ours = tiny(loss)
    spec = ours.spec
    generator, critic = copy.deepcopy(ours.generator_net), copy.deepcopy(ours.critic)
    options = {"lr": spec.learning_rate, "betas": (spec.beta1, spec.beta2)}
    g_optimizer = torch.optim.Adam(generator.parameters(), **options)
    c_optimizer = torch.optim.Adam(critic.parameters(), **options)
    k = 0.0
    for step in range(3):
        for turn in range(spec.critic_steps):
            draws = np.random.default_rng([spec.seed, 2, step * spec.critic_steps + turn])
            real = ours.real[draws.integers(0, len(ours.real), spec.batch_size)]
            fake = generator(normal(draws, spec)).detach()
            share = torch.from_numpy(draws.random((spec.batch_size, 1, 1, 1), np.float32))
            c_optimizer.zero_grad()
            outputs = critic(real), critic(fake)
            plain_critic_loss(loss, critic, outputs, (real, fake), k, share, spec.slope_penalty).backward()
            c_optimizer.step()
        g_optimizer.zero_grad()
        on_fake = critic(generator(normal(np.random.default_rng([spec.seed, 3, step + 1]), spec)))
        plain_generator_loss(loss, on_fake).backward()
        g_optimizer.step()
        k = min(1.0, max(0.0, k + spec.balance_rate * (spec.gamma * outputs[0].mean().item() - on_fake.mean().item())))
        ours.step()
    before_norm = ("down2.bias",) if spec.critic_norm else ("readout.bias",) if loss == "wgan_gp" else ()
    idle = {"generator": ("project.bias", "up1.bias"), "critic": before_norm}
    for name, plain in (("generator", generator), ("critic", critic)):
        mine = dict(ours._networks()[name].named_parameters())
        for key, value in plain.named_parameters():
            if key not in idle[name]:  # these cancel out: their gradient is rounding alone
                torch.testing.assert_close(mine[key], value, rtol=1e-3, atol=2e-5)
    if loss == "began":
        assert float(ours.balance) == pytest.approx(k, abs=1e-5)


def test_every_loss_begins_with_the_same_generator_and_z() -> None:
    first = tiny("non_saturating")
    for loss in LOSSES[1:]:
        assert torch.equal(tiny(loss).g_flat, first.g_flat)
    assert fixed_noise(0, 3).shape == (N_JUDGED, 3)


def test_observed_numbers_agree_with_the_pictures() -> None:
    experiment = tiny("non_saturating")
    observed = experiment.observe()
    assert observed["tiles"].shape == (N_TILES, 8, 8)
    assert observed["confident"] * N_JUDGED == pytest.approx(observed["classes"].sum())
    assert observed["n_classes"] == (observed["classes"] >= 10).sum()
    assert len(np.unique(observed["real"])) <= LEVELS + 1
    experiment.step()
    assert "real" not in experiment.observe()


def test_nearest_distances() -> None:
    images = torch.rand(6, 8, 8, generator=torch.Generator().manual_seed(0))
    brute = [min(float((images[i] - images[j]).norm()) for j in range(6) if j != i) for i in range(6)]
    np.testing.assert_allclose(nearest_distances(images).numpy(), brute, rtol=1e-5)
    assert float(nearest_distances(images[:1].expand(5, 8, 8)).max()) == pytest.approx(0, abs=1e-3)


def test_levels_are_exact_on_real_digits() -> None:
    ink = torch.arange(17) / 16
    levels = to_levels(ink.view(1, 17, 1))
    assert np.array_equal(np.round(levels.ravel() / 255 * 16), np.arange(17))


def test_the_walk_begins_and_ends_at_its_tiles() -> None:
    experiment = tiny("non_saturating")
    experiment.step()
    tiles = experiment.observe()["tiles"]
    walk = experiment.ask({"walk": [5, 11]})
    assert walk["images"].shape == (N_WALK, 8, 8)
    assert np.array_equal(walk["images"][0], tiles[5])
    assert np.array_equal(walk["images"][-1], tiles[11])
    assert walk["labels"].shape == walk["confidence"].shape == (N_WALK,)
    still = experiment.ask({"walk": [5, 5]})["images"]
    assert np.array_equal(still, still[:1].repeat(N_WALK, 0))


def test_slerp_stays_on_the_sphere_at_an_even_pace() -> None:
    start, end = torch.tensor([3.0, 0.0]), torch.tensor([0.0, 3.0])
    path = slerp(start, end, 7)
    torch.testing.assert_close(path.norm(dim=1), torch.full((7,), 3.0))
    angles = torch.atan2(path[:, 1], path[:, 0])
    torch.testing.assert_close(angles, torch.linspace(0, torch.pi / 2, 7))


@pytest.mark.parametrize("loss", ["wgan_gp", "began"])
def test_batch_norm_in_such_a_critic_is_refused_and_repaired(loss: str) -> None:
    with pytest.raises(SpecError, match="norm_in_critic"):
        GanImagesSpec(gan_loss=loss)
    spec, errors = GanImagesSpec.repair({"gan_loss": loss, "n_steps": "7"})
    assert (spec.gan_loss, spec.critic_norm, spec.n_steps) == (loss, False, 7)
    assert [error.code for error in errors] == ["norm_in_critic"]


def test_presets_are_valid() -> None:
    for values in (*IMAGE_PRESETS.values(), *({"gan_loss": loss, **SUITED_IMAGES[loss]} for loss in LOSSES)):
        GanImagesSpec(**values)


def test_the_recorded_default_run_finds_all_ten_digits() -> None:
    stored = read_run(RECORDED, GanImagesSpec())
    assert stored is not None
    last = stored.frames[-1]
    assert last.step == GanImagesSpec().n_steps
    assert last.scalars["n_classes"] == 10
    assert last.scalars["confident"] >= 0.6
    assert sum(len(frame.blob) for frame in stored.frames) <= 1e6
    assert unpack(last.blob).arrays["classes"].sum() == pytest.approx(last.scalars["confident"] * N_JUDGED)


def test_what_the_page_says_about_the_recorded_run() -> None:
    """From step 1,000 on the samples improve, while the generator's loss rises on the whole."""
    rows = [{"step": frame.step, **frame.scalars} for frame in read_run(RECORDED, GanImagesSpec()).frames]
    early, late = ([row for row in rows if low <= row["step"] < low + 1001] for low in (1000, 4000))
    mean = lambda part, name: np.mean([row[name] for row in part])  # noqa: E731
    assert 0.45 < early[0]["confident"] < 0.55
    assert all(row["n_classes"] >= 9 for row in rows if row["step"] >= 1000)
    assert all(row["n_classes"] == 10 for row in late)
    assert mean(late, "confident") > mean(early, "confident") + 0.05
    assert mean(late, "generator_loss") > mean(early, "generator_loss") + 0.2
