"""z = μ + σ·ε: the losses of a VAE, and two ways to a gradient through a random draw.

Letters in shapes: N draws or pictures, k numbers of the code, D pixels.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
import torch.nn.functional as F

LossOfCode = Callable[[torch.Tensor], torch.Tensor]  # codes (N, k) → losses (N,)


def kl_to_standard_normal(mu: torch.Tensor, log_var: torch.Tensor) -> torch.Tensor:
    """KL(N(μ, σ²) ‖ N(0, 1)) = ½ (μ² + σ² − 1 − log σ²), number by number (Kingma & Welling 2014, appendix B)."""
    return 0.5 * (mu.square() + log_var.exp() - 1 - log_var)


def bernoulli_loss(logits: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
    """(…,) −log p(x | z) in nats, summed over D pixels whose ink from 0 to 1 is read as a probability."""
    return F.binary_cross_entropy_with_logits(logits, x.expand_as(logits), reduction="none").sum(-1)


def pathwise_gradients(
    loss: LossOfCode, mu: torch.Tensor, sigma: torch.Tensor, epsilon: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """∂loss/∂μ = ∂loss/∂z and ∂loss/∂σ = ∂loss/∂z · ε, each (N, k), draw by draw: ε stays, z moves with μ and σ."""
    with torch.enable_grad():
        z = (mu + sigma * epsilon).detach().requires_grad_()
        (slope,) = torch.autograd.grad(loss(z).sum(), z)
    return slope, slope * epsilon


def score_gradients(
    loss: LossOfCode, mu: torch.Tensor, sigma: torch.Tensor, epsilon: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """loss · ∂log q(z)/∂μ and loss · ∂log q(z)/∂σ, each (N, k), for the same draws (Williams 1992): nobody needs the
    slope of the loss, but every draw is weighted with the whole loss."""
    weight = loss(mu + sigma * epsilon)[:, None]
    return weight * epsilon / sigma, weight * (epsilon.square() - 1) / sigma
