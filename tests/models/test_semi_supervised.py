"""The losses of the semi-supervised GAN against a softmax over K + 1 classes and closed forms."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F

from dlcore.models.gan_losses import GAN_LOSSES
from dlcore.models.semi_supervised import critic_output, feature_matching, labelled_loss


def draw(*shape: int) -> torch.Tensor:
    return torch.from_numpy(np.random.default_rng(len(shape)).normal(0, 2, shape))


def test_the_eleventh_class_is_a_logit_of_zero() -> None:
    logits = draw(3, 7, 10)
    eleven = torch.cat([logits, torch.zeros(3, 7, 1, dtype=logits.dtype)], 2)
    torch.testing.assert_close(critic_output(logits).sigmoid(), 1 - eleven.softmax(2)[..., -1])
    made = torch.full((21,), 10)
    on_made = F.cross_entropy(eleven.flatten(0, 1), made, reduction="none").view(3, 7).mean(1)
    on_real = -torch.log1p(-eleven.softmax(2)[..., -1]).mean(1)
    unlabelled = GAN_LOSSES["non_saturating"].critic(critic_output(logits), critic_output(logits))
    torch.testing.assert_close(unlabelled, on_made + on_real)


def test_the_labelled_loss_is_each_models_cross_entropy() -> None:
    logits, y = draw(3, 7, 10), torch.arange(21).view(3, 7) % 10
    expected = torch.stack([F.cross_entropy(logits[model], y[model]) for model in range(3)])
    torch.testing.assert_close(labelled_loss(logits, y), expected)


def test_feature_matching_and_its_gradient() -> None:
    """∂/∂f(G(z)) = −2 (E f(x) − E f(G(z))) / B for every made image."""
    real, fake = draw(2, 5, 4), (draw(2, 5, 4) + 1).requires_grad_()
    losses = feature_matching(real, fake)
    gap = real.mean(1) - fake.detach().mean(1)
    torch.testing.assert_close(losses.detach(), gap.square().sum(1))
    (gradient,) = torch.autograd.grad(losses.sum(), fake)
    torch.testing.assert_close(gradient, (-2 * gap / 5)[:, None].expand(2, 5, 4))
