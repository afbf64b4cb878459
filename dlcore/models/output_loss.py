"""Losses of a network's outputs and, in closed form, their gradients: the part of backpropagation that needs no tape.

Letters in shapes: S models, B samples, K outputs. Targets are numbers (regression), 0/1 columns (cross-entropy; one
column a class when there are more than two), or ±1 columns. Every loss is a mean over samples; those other than the
cross-entropy of several classes are a mean over outputs too.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F


def output_loss(name: str, outputs: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """(S,) the loss of each model, for outputs (S, B, K) and targets (S, B, K) or (1, B, K)."""
    if name == "cross_entropy" and outputs.shape[2] > 1:
        return -(target * outputs.log_softmax(2)).sum(2).mean(1)
    target = target.expand_as(outputs)
    if name == "cross_entropy":
        losses = F.binary_cross_entropy_with_logits(outputs, target, reduction="none")
    elif name == "mse":
        losses = (outputs - target).square()
    elif name == "huber":
        losses = F.huber_loss(outputs, target, reduction="none")
    else:  # hinge
        losses = F.relu(1 - target * outputs)
    return losses.mean((1, 2))


@torch.no_grad()
def output_gradient(name: str, outputs: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """(S, B, K) the derivative of each model's loss with respect to its outputs.

    Cross-entropy: p − y (Bridle 1990); the hinge's derivative at its kink is taken as 0, as autograd does.
    """
    n_samples, n_outputs = outputs.shape[1:]
    if name == "cross_entropy" and n_outputs > 1:
        return outputs.softmax(2).sub_(target).div_(n_samples)
    if name == "cross_entropy":
        gradient = torch.sigmoid(outputs).sub_(target)
    elif name == "mse":
        gradient = (outputs - target).mul_(2)
    elif name == "huber":
        gradient = (outputs - target).clamp_(-1, 1)
    else:  # hinge
        gradient = -target * (target * outputs < 1)
    return gradient.div_(n_samples * n_outputs)
