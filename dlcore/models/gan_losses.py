"""Six pairs of losses for a critic and a generator, with their gradients in closed form.

Outputs of the critic are raw numbers without sigmoid; `real` and `fake` (…, B) are those on real and on made samples,
a batch along the last axis. A loss (…,) is the mean over the batch; its gradient has the shape of the outputs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import torch
import torch.nn.functional as F

Output = torch.Tensor
Outputs = tuple[torch.Tensor, torch.Tensor]


class GanLoss(NamedTuple):
    """What each side makes small, and the gradients at the critic's outputs."""

    critic: Callable[[Output, Output], Output]  # real, fake → (…,)
    generator: Callable[[Output], Output]  # fake → (…,)
    critic_gradient: Callable[[Output, Output], Outputs]  # real, fake → the gradient at each
    generator_gradient: Callable[[Output], Output]


def log_critic(real: Output, fake: Output) -> Output:
    """−log D(x) − log(1 − D(G(z))) with D = σ(output) (Goodfellow et al. 2014, eq. 1, with the sign of a loss)."""
    return F.softplus(-real).mean(-1) + F.softplus(fake).mean(-1)


def log_critic_gradient(real: Output, fake: Output) -> Outputs:
    return (real.sigmoid() - 1) / real.shape[-1], fake.sigmoid() / fake.shape[-1]


def minimax_generator(fake: Output) -> Output:
    """log(1 − D(G(z))): flat where D is sure, its gradient there is −D (Goodfellow et al. 2014, eq. 1)."""
    return -F.softplus(fake).mean(-1)


def minimax_generator_gradient(fake: Output) -> Output:
    return -fake.sigmoid() / fake.shape[-1]


def non_saturating_generator(fake: Output) -> Output:
    """−log D(G(z)): steep where D is sure (Goodfellow et al. 2014, section 3)."""
    return F.softplus(-fake).mean(-1)


def non_saturating_generator_gradient(fake: Output) -> Output:
    return -(-fake).sigmoid() / fake.shape[-1]


def least_squares_critic(real: Output, fake: Output) -> Output:
    """½(D(x) − 1)² + ½ D(G(z))² (Mao et al. 2017, eq. 9: a = 0, b = c = 1)."""
    return ((real - 1) ** 2).mean(-1) / 2 + (fake**2).mean(-1) / 2


def least_squares_critic_gradient(real: Output, fake: Output) -> Outputs:
    return (real - 1) / real.shape[-1], fake / fake.shape[-1]


def least_squares_generator(fake: Output) -> Output:
    """½(D(G(z)) − 1)² (Mao et al. 2017, eq. 9)."""
    return ((fake - 1) ** 2).mean(-1) / 2


def least_squares_generator_gradient(fake: Output) -> Output:
    return (fake - 1) / fake.shape[-1]


def wasserstein_critic(real: Output, fake: Output) -> Output:
    """D(G(z)) − D(x), no sigmoid and no log (Arjovsky et al. 2017, algorithm 1, with the sign of a loss)."""
    return fake.mean(-1) - real.mean(-1)


def wasserstein_critic_gradient(real: Output, fake: Output) -> Outputs:
    return torch.full_like(real, -1 / real.shape[-1]), torch.full_like(fake, 1 / fake.shape[-1])


def wasserstein_generator(fake: Output) -> Output:
    """−D(G(z)) (Arjovsky et al. 2017, algorithm 1)."""
    return -fake.mean(-1)


def wasserstein_generator_gradient(fake: Output) -> Output:
    return torch.full_like(fake, -1 / fake.shape[-1])


def began_critic(real: Output, fake: Output, k: torch.Tensor | float = 0.0) -> Output:
    """L(x) − k L(G(z)); the outputs are an autoencoder's errors L, `k` (…,) (Berthelot et al. 2017, section 3.3)."""
    return real.mean(-1) - k * fake.mean(-1)


def began_critic_gradient(real: Output, fake: Output, k: torch.Tensor | float = 0.0) -> Outputs:
    weight = k.unsqueeze(-1) if isinstance(k, torch.Tensor) else k
    return torch.full_like(real, 1 / real.shape[-1]), torch.full_like(fake, -1 / fake.shape[-1]) * weight


def began_generator(fake: Output) -> Output:
    """L(G(z)) (Berthelot et al. 2017, section 3.3)."""
    return fake.mean(-1)


def began_generator_gradient(fake: Output) -> Output:
    return torch.full_like(fake, 1 / fake.shape[-1])


WASSERSTEIN = GanLoss(
    wasserstein_critic, wasserstein_generator, wasserstein_critic_gradient, wasserstein_generator_gradient
)
GAN_LOSSES = {
    "minimax": GanLoss(log_critic, minimax_generator, log_critic_gradient, minimax_generator_gradient),
    "non_saturating": GanLoss(
        log_critic, non_saturating_generator, log_critic_gradient, non_saturating_generator_gradient
    ),
    "least_squares": GanLoss(
        least_squares_critic, least_squares_generator, least_squares_critic_gradient, least_squares_generator_gradient
    ),
    "wgan_clip": WASSERSTEIN,
    "wgan_gp": WASSERSTEIN,
    "began": GanLoss(began_critic, began_generator, began_critic_gradient, began_generator_gradient),
}


# --- what keeps a critic in bounds


@torch.no_grad()
def clip_weights(flat: torch.Tensor, limit: float) -> None:
    """Every parameter into ±limit, in place (Arjovsky et al. 2017, algorithm 1)."""
    flat.clamp_(-limit, limit)


def interpolate(real: torch.Tensor, fake: torch.Tensor, share: torch.Tensor) -> torch.Tensor:
    """Points x̂ = ε x + (1 − ε) G(z) between real and made samples, ε = `share` in 0…1 (Gulrajani et al. 2017)."""
    return fake + share * (real - fake)


def slopes(critic: Callable[[torch.Tensor], torch.Tensor], points: torch.Tensor, n_axes: int = 1) -> torch.Tensor:
    """‖∇D‖ at points (…, B, features of `n_axes` axes) as (…, B), ready to be differentiated again."""
    points = points.detach().requires_grad_()
    (gradient,) = torch.autograd.grad(critic(points).sum(), points, create_graph=True)
    return gradient.flatten(-n_axes).norm(dim=-1)


def gradient_penalty(slopes: torch.Tensor, weight: float) -> torch.Tensor:
    """λ (‖∇D(x̂)‖ − 1)², the mean over the batch (Gulrajani et al. 2017, eq. 3)."""
    return weight * ((slopes - 1) ** 2).mean(-1)


def next_balance(k: torch.Tensor, real: torch.Tensor, fake: torch.Tensor, gamma: float, rate: float) -> torch.Tensor:
    """k ← clip(k + λ(γ L(x) − L(G(z))), 0, 1), from mean errors; k starts at 0 (Berthelot et al. 2017, eq. 5)."""
    return (k + rate * (gamma * real - fake)).clamp(0, 1)


def convergence_measure(real: torch.Tensor, fake: torch.Tensor, gamma: float) -> torch.Tensor:
    """M = L(x) + |γ L(x) − L(G(z))|, from mean errors (Berthelot et al. 2017, section 3.4.1)."""
    return real + (gamma * real - fake).abs()
