"""The VAE's terms against torch.distributions; both gradients against the closed form of a Gaussian case."""

from __future__ import annotations

import pytest
import torch
from torch.distributions import Bernoulli, Normal, kl_divergence

from dlcore.models.reparameterise import (
    bernoulli_loss,
    kl_to_standard_normal,
    pathwise_gradients,
    score_gradients,
)

GENERATOR = torch.Generator().manual_seed(0)
MU, SIGMA = torch.tensor([0.7, -1.2]), torch.tensor([0.4, 1.5])
WANTED = torch.tensor([2.0, -1.0])  # where the loss ½‖z − a‖² is least
N = 200_000
EPSILON = torch.randn(N, 2, generator=GENERATOR)


def squared(z: torch.Tensor) -> torch.Tensor:
    return 0.5 * (z - WANTED).square().sum(1)


def test_kl_is_that_of_torch_distributions() -> None:
    mu, log_var = torch.randn(2, 50, 3, generator=GENERATOR)
    theirs = kl_divergence(Normal(mu, (0.5 * log_var).exp()), Normal(0.0, 1.0))
    torch.testing.assert_close(kl_to_standard_normal(mu, log_var), theirs, rtol=1e-5, atol=1e-6)


def test_the_gradient_of_kl_is_mu_and_sigma_minus_its_inverse() -> None:
    mu, sigma = MU.clone().requires_grad_(), SIGMA.clone().requires_grad_()
    kl_to_standard_normal(mu, 2 * sigma.log()).sum().backward()
    torch.testing.assert_close(mu.grad, MU)
    torch.testing.assert_close(sigma.grad, SIGMA - 1 / SIGMA)


def test_reconstruction_is_the_log_probability_of_black_and_white_pixels() -> None:
    logits = torch.randn(4, 64, generator=GENERATOR)
    x = torch.rand(4, 64, generator=GENERATOR).round()
    theirs = -Bernoulli(logits=logits).log_prob(x).sum(1)
    torch.testing.assert_close(bernoulli_loss(logits, x), theirs, rtol=1e-5, atol=1e-5)


def test_the_path_through_one_draw_is_autograd_through_mu_plus_sigma_epsilon() -> None:
    mu, sigma = MU.clone().requires_grad_(), SIGMA.clone().requires_grad_()
    squared((mu + sigma * EPSILON[0])[None]).sum().backward()
    d_mu, d_sigma = pathwise_gradients(squared, MU, SIGMA, EPSILON[:1])
    torch.testing.assert_close(d_mu[0], mu.grad)
    torch.testing.assert_close(d_sigma[0], sigma.grad)


@pytest.mark.parametrize("gradients", [pathwise_gradients, score_gradients])
def test_both_have_the_mean_of_the_closed_form(gradients) -> None:
    """E ½‖z − a‖² = ½ Σ ((μ − a)² + σ²): its gradient is μ − a in μ and σ in σ. Within five standard errors."""
    for found, exact in zip(gradients(squared, MU, SIGMA, EPSILON), (MU - WANTED, SIGMA), strict=True):
        error = found.std(0) / N**0.5
        assert ((found.mean(0) - exact).abs() < 5 * error).all()


def test_the_spread_of_the_path_is_that_of_the_closed_form_and_the_smaller_one() -> None:
    """∂/∂μ = z − a has standard deviation σ; the score function's is larger in every place."""
    path, score = (found(squared, MU, SIGMA, EPSILON)[0].std(0) for found in (pathwise_gradients, score_gradients))
    torch.testing.assert_close(path, SIGMA, rtol=0.01, atol=0)
    assert (score > path).all()
