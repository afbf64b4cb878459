"""The losses of a semi-supervised GAN: a classifier of K classes that is a critic as well (Salimans et al. 2016).

The class "made" needs no output of its own: its logit is held at 0, and D(x) = Z/(Z + 1) with Z = Σₖ exp lₖ(x), so the
critic's raw output is log Z. Letters in shapes: S models, B batch, K classes, H units.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F


def critic_output(logits: torch.Tensor) -> torch.Tensor:
    """log Z (…, B) of logits (…, B, K): positive for real, D(x) = σ(log Z) (Salimans et al. 2016, section 5)."""
    return logits.logsumexp(-1)


def labelled_loss(logits: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """(S,) −log p(y | x, real) for logits (S, B, K) and classes (S, B)."""
    losses = F.cross_entropy(logits.flatten(0, 1), y.flatten(), reduction="none")
    return losses.view(y.shape).mean(1)


def feature_matching(real: torch.Tensor, fake: torch.Tensor) -> torch.Tensor:
    """(S,) ‖E f(x) − E f(G(z))‖² of hidden activations (S, B, H) (Salimans et al. 2016, section 3.1)."""
    return ((real.mean(1) - fake.mean(1)) ** 2).sum(1)
