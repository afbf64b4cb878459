"""The VAE: its terms against torch.distributions, its twin without noise, collapse, one draw in numbers."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from torch.distributions import Normal, kl_divergence

from dlcore.advance import advance, ask
from dlcore.experiments.vae import QUANTILES, Vae, fit_normal, fixed_numbers, ink_entropy
from dlcore.frames import unpack
from dlcore.models.digit_pictures import flat_digits, shown_digits
from dlcore.specs import VaeSpec

SMALL = {"hidden_sizes": (8,), "n_steps": 12, "n_seeds": 2}


def train(n_updates: int = 5, **values) -> Vae:
    experiment = Vae(VaeSpec(**{**SMALL, **values}))
    for _ in range(n_updates):
        experiment.step()
    return experiment


@torch.no_grad()
def encoded(experiment: Vae) -> tuple[torch.Tensor, torch.Tensor]:
    x = flat_digits()[1]
    return experiment._encode(x.expand(2 * len(experiment.seeds), -1, -1))


def test_kl_of_the_frame_is_that_of_torch_distributions() -> None:
    experiment = train()
    mu, log_var = encoded(experiment)
    theirs = kl_divergence(Normal(mu[:2], (0.5 * log_var[:2]).exp()), Normal(0.0, 1.0)).sum(2).mean(1).numpy()
    observed = experiment.observe()
    assert (observed["kl_low"], observed["kl_high"]) == pytest.approx((theirs.min(), theirs.max()), rel=1e-4)
    assert observed["kl_units"].sum() == pytest.approx(float(theirs[0]), rel=1e-4)


def test_the_twin_begins_alike_and_learns_without_noise_and_kl() -> None:
    start, after = train(0), train(1)
    for part in start.model.parts.values():
        for weight in part.weights:
            assert torch.equal(weight[:2], weight[2:])
    assert not torch.equal(*after.model.decoder.weights[0].split(2))
    twins = [train(3, beta=beta).model.encoder.weights[0][2:] for beta in (0.0, 20.0)]
    assert torch.equal(*twins)


def test_a_seed_does_not_depend_on_its_neighbours() -> None:
    several, alone = train(n_seeds=2), train(n_seeds=1, seed=1)
    for many, one in zip(several.model.decoder.weights, alone.model.decoder.weights, strict=True):
        torch.testing.assert_close(many[[1, 3]], one, rtol=1e-4, atol=1e-6)


def test_no_output_has_less_cross_entropy_than_the_ink_itself() -> None:
    x = flat_digits()[1].double().clamp(1e-12, 1 - 1e-12)
    entropy = -(x * x.log() + (1 - x) * (1 - x).log()).sum(1).mean()
    assert ink_entropy() == pytest.approx(float(entropy), rel=1e-5)
    assert train(12).observe()["plain_reconstruction_low"] > ink_entropy()


def test_a_large_beta_makes_every_number_of_the_code_useless() -> None:
    experiment = train(300, beta=50.0, n_steps=300, n_seeds=1, learning_rate=0.01)
    observed = experiment.observe()
    assert observed["kl"] < 0.05
    assert observed["active"] == 0
    assert np.abs(np.diff(observed["grid"].astype(int), axis=0)).max() <= 64  # two of eight steps of ink: one picture


def test_a_normal_that_fits_has_the_codes_mean_and_covariance() -> None:
    generator = torch.Generator().manual_seed(0)
    codes = torch.randn(1, 400, 2, generator=generator) @ torch.tensor([[2.0, 1.0], [0.0, 0.5]]) + 3
    drawn = fit_normal(codes, torch.randn(1, 20_000, 2, generator=generator))
    torch.testing.assert_close(drawn.mean(1), codes.mean(1), atol=0.05, rtol=0)
    torch.testing.assert_close(drawn[0].T.cov(), codes[0].T.cov(), atol=0.1, rtol=0)


def test_one_draw_in_numbers_is_what_autograd_finds() -> None:
    spec = VaeSpec(**SMALL, beta=0.5)
    chunk = advance(spec, None, 12)
    said = ask(spec, chunk.state, {"digit": 3, "draw": 5})
    experiment = train(12, beta=0.5)
    x = flat_digits()[1][shown_digits()[3]]
    mu, log_var = (part[0, 0].detach() for part in experiment._encode(x.expand(4, 1, -1)))
    mu, sigma = mu.requires_grad_(), (0.5 * log_var).exp().requires_grad_()
    z = mu + sigma * torch.from_numpy(said["epsilon"]).float()
    logits = experiment.model.decode(z.expand(4, 1, -1))[0, 0]
    loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, x, reduction="sum")
    kl = kl_divergence(Normal(mu, sigma), Normal(0.0, 1.0)).sum()
    (loss + 0.5 * kl).backward()
    assert said["reconstruction"] == pytest.approx(float(loss.detach()), rel=1e-4)
    np.testing.assert_allclose(said["z"], z.detach(), rtol=1e-4, atol=1e-6)
    np.testing.assert_allclose(said["slope"] + 0.5 * said["kl_mu"], mu.grad, rtol=1e-3, atol=1e-4)
    np.testing.assert_allclose(said["slope_sigma"] + 0.5 * said["kl_sigma"], sigma.grad, rtol=1e-3, atol=1e-4)


def test_both_gradients_agree_in_the_mean_and_the_path_spreads_less() -> None:
    spec = VaeSpec(**SMALL)
    said = ask(spec, advance(spec, None, 12).state, {"digit": 0, "draw": 0})
    for name in ("mu", "sigma"):
        error = np.hypot(said[f"path_sd_{name}"], said[f"score_sd_{name}"]) / 2000**0.5
        assert (np.abs(said[f"path_mean_{name}"] - said[f"score_mean_{name}"]) < 5 * error).all()
        assert (said[f"score_sd_{name}"] > said[f"path_sd_{name}"]).all()


def test_the_grid_lies_at_quantiles_and_is_decoded_row_by_row() -> None:
    wanted = [(1 + math.erf(place / 2**0.5)) / 2 for place in QUANTILES]
    np.testing.assert_allclose(wanted, (np.arange(7) + 0.5) / 7, atol=1e-4)
    spec = VaeSpec(**SMALL)
    chunk = advance(spec, None, 12)
    grid = unpack(chunk.frames[-1].blob).arrays["grid"]
    for number, place in ((0, (QUANTILES[0], QUANTILES[-1])), (6, (QUANTILES[-1], QUANTILES[-1]))):
        fine = ask(spec, chunk.state, {"decode": place})["pictures"][0].astype(int)
        assert np.abs(fine - grid[number]).max() <= 255 / 16 + 255 / 32 + 1  # rounded to 8 and to 16 steps


def test_samples_come_from_the_same_numbers_at_every_step() -> None:
    assert torch.equal(fixed_numbers(300, 2), fixed_numbers(300, 2))
    assert abs(float(fixed_numbers(300, 2).mean())) < 0.2
