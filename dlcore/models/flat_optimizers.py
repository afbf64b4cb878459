"""Optimisers that update one flat parameter tensor in place; the update rules are those of torch.optim."""

from __future__ import annotations

import torch

BETAS, RMS_ALPHA, EPS = (0.9, 0.999), 0.99, 1e-8  # torch.optim's defaults
N_BUFFERS = {"sgd": 0, "momentum": 1, "rmsprop": 1, "adam": 2}


def make_buffers(name: str, flat: torch.Tensor) -> list[torch.Tensor]:
    """The running means that the optimiser `name` keeps, each of the shape of `flat`, all zero."""
    return [torch.zeros_like(flat) for _ in range(N_BUFFERS[name])]


def update(
    name: str,
    flat: torch.Tensor,
    grad: torch.Tensor,
    buffers: list[torch.Tensor],
    step: int,
    learning_rate: float,
    momentum: float,
    betas: tuple[float, float] = BETAS,
) -> None:
    """One update in place; `step` counts from 1 (Adam's bias correction, Kingma & Ba 2015, algorithm 1)."""
    if name == "sgd":
        flat.sub_(grad, alpha=learning_rate)
    elif name == "momentum":
        (velocity,) = buffers
        velocity.mul_(momentum).add_(grad)
        flat.sub_(velocity, alpha=learning_rate)
    elif name == "rmsprop":
        (square,) = buffers
        square.mul_(RMS_ALPHA).addcmul_(grad, grad, value=1 - RMS_ALPHA)
        flat.addcdiv_(grad, square.sqrt().add_(EPS), value=-learning_rate)
    else:
        mean, square = buffers
        beta1, beta2 = betas
        mean.lerp_(grad, 1 - beta1)
        square.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
        scale = (1 - beta2**step) ** 0.5
        flat.addcdiv_(mean, square.sqrt().div_(scale).add_(EPS), value=-learning_rate / (1 - beta1**step))
