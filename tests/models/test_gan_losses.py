"""The losses against torch's own, written-out numbers and autograd, on nets small enough for a closed form."""

from __future__ import annotations

import math

import pytest
import torch
import torch.nn.functional as F

from dlcore.models.gan_losses import (
    GAN_LOSSES,
    clip_weights,
    convergence_measure,
    gradient_penalty,
    interpolate,
    next_balance,
    slopes,
)

REAL = torch.tensor([[0.3, -1.2, 2.0], [4.0, 0.0, -30.0]], dtype=torch.float64)
FAKE = torch.tensor([[-0.5, 0.8, 25.0], [-40.0, 1.0, 0.1]], dtype=torch.float64)


def cross_entropy(output: torch.Tensor, is_real: float) -> torch.Tensor:
    target = torch.full_like(output, is_real)
    return F.binary_cross_entropy_with_logits(output, target, reduction="none").mean(-1)


REFERENCE = {  # critic, generator: by torch's losses and the papers' formulas
    "minimax": (lambda r, f: cross_entropy(r, 1) + cross_entropy(f, 0), lambda f: -cross_entropy(f, 0)),
    "non_saturating": (lambda r, f: cross_entropy(r, 1) + cross_entropy(f, 0), lambda f: cross_entropy(f, 1)),
    "least_squares": (
        lambda r, f: (F.mse_loss(r, torch.ones_like(r), reduction="none").mean(-1) + (f * f).mean(-1)) / 2,
        lambda f: F.mse_loss(f, torch.ones_like(f), reduction="none").mean(-1) / 2,
    ),
    "wgan_clip": (lambda r, f: f.mean(-1) - r.mean(-1), lambda f: -f.mean(-1)),
    "wgan_gp": (lambda r, f: f.mean(-1) - r.mean(-1), lambda f: -f.mean(-1)),
    "began": (lambda r, f: r.mean(-1), lambda f: f.mean(-1)),  # k = 0, as at the start
}


@pytest.mark.parametrize("name", GAN_LOSSES)
def test_the_losses_are_the_published_ones(name):
    critic, generator = REFERENCE[name]
    torch.testing.assert_close(GAN_LOSSES[name].critic(REAL, FAKE), critic(REAL, FAKE))
    torch.testing.assert_close(GAN_LOSSES[name].generator(FAKE), generator(FAKE))


@pytest.mark.parametrize("name", GAN_LOSSES)
def test_the_gradients_are_autograds(name):
    loss = GAN_LOSSES[name]
    real, fake, alone = (tensor.clone().requires_grad_() for tensor in (REAL, FAKE, FAKE))
    balance = {"k": torch.tensor([0.3, 0.9], dtype=torch.float64)} if name == "began" else {}
    loss.critic(real, fake, **balance).sum().backward()
    loss.generator(alone).sum().backward()
    for found, expected in zip(loss.critic_gradient(REAL, FAKE, **balance), (real.grad, fake.grad), strict=True):
        torch.testing.assert_close(found, expected)
    torch.testing.assert_close(loss.generator_gradient(FAKE), alone.grad)


def test_two_numbers_worked_out_by_hand():
    """One real output log 3 (D = ¾) and one made output −log 3 (D = ¼)."""
    real, fake = torch.tensor([math.log(3)]), torch.tensor([-math.log(3)])
    minimax, other = GAN_LOSSES["minimax"], GAN_LOSSES["non_saturating"]
    assert float(minimax.critic(real, fake)) == pytest.approx(-2 * math.log(0.75))
    assert float(minimax.generator(fake)) == pytest.approx(math.log(0.75))
    assert float(other.generator(fake)) == pytest.approx(-math.log(0.25))
    assert float(minimax.generator_gradient(fake)) == pytest.approx(-0.25)  # −D: small where D is sure
    assert float(other.generator_gradient(fake)) == pytest.approx(-0.75)  # −(1 − D): large there


def test_chain_rule_on_a_generator_with_one_weight():
    """D(x) = w x, G(z) = a z, least squares: ∂L_G/∂a = (w a z − 1) w z."""
    w, a, z = 1.5, torch.tensor([0.4], dtype=torch.float64, requires_grad=True), 2.0
    GAN_LOSSES["least_squares"].generator(w * a * z).backward()
    assert a.grad.item() == pytest.approx((w * 0.4 * z - 1) * w * z)


def test_the_penalty_of_a_linear_critic_is_known():
    """D(x) = w · x has ‖∇D‖ = ‖w‖ everywhere: λ(‖w‖ − 1)², with the gradient 2λ(‖w‖ − 1) w / ‖w‖."""
    w = torch.tensor([[3.0], [4.0]], dtype=torch.float64, requires_grad=True)
    points = interpolate(torch.ones(5, 2).double(), torch.zeros(5, 2).double(), torch.rand(5, 1).double())
    found = slopes(lambda x: x @ w, points)
    torch.testing.assert_close(found, torch.full((5,), 5.0, dtype=torch.float64))
    penalty = gradient_penalty(found, 10.0)
    assert penalty.item() == pytest.approx(10 * 4**2)
    penalty.backward()
    torch.testing.assert_close(w.grad, 2 * 10 * 4 * w.detach() / 5)


def test_the_penalty_of_a_quadratic_critic_is_known():
    """D(x) = ½ q ‖x‖² has ∇D = q x; pictures (B, 1, 2, 2) are one vector each."""
    q = torch.tensor(2.0, dtype=torch.float64, requires_grad=True)
    x = torch.arange(8, dtype=torch.float64).reshape(2, 1, 2, 2)
    found = slopes(lambda x: q * (x**2).flatten(1).sum(1) / 2, x, n_axes=3)
    torch.testing.assert_close(found.detach(), 2 * x.flatten(1).norm(dim=1))
    gradient_penalty(found, 1.0).backward()
    size = x.flatten(1).norm(dim=1)
    assert q.grad.item() == pytest.approx(float((2 * (2 * size - 1) * size).mean()))


def test_interpolates_lie_between_their_pair():
    real, fake = torch.tensor([[2.0, 0.0]]), torch.tensor([[0.0, 4.0]])
    assert interpolate(real, fake, torch.tensor([[0.25]])).tolist() == [[0.5, 3.0]]


def test_clipping_leaves_what_is_inside():
    flat = torch.tensor([-0.5, -0.01, 0.0, 0.02, 7.0])
    clip_weights(flat, 0.02)
    torch.testing.assert_close(flat, torch.tensor([-0.02, -0.01, 0.0, 0.02, 0.02]))


def test_balance_and_measure_follow_berthelot():
    """L(x) = 0.8, L(G(z)) = 0.1, γ = 0.5: k grows by λ · 0.3, M = 0.8 + 0.3; k stays in 0…1."""
    real, fake = torch.tensor([0.8, 0.1, 0.8]), torch.tensor([0.1, 0.8, 0.1])
    k = next_balance(torch.tensor([0.0, 0.0, 0.999]), real, fake, gamma=0.5, rate=0.01)
    torch.testing.assert_close(k, torch.tensor([0.003, 0.0, 1.0]))
    torch.testing.assert_close(convergence_measure(real, fake, gamma=0.5), torch.tensor([1.1, 0.85, 1.1]))
