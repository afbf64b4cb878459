"""Five update rules of gradient descent on a few numbers, in float64, equal to those of torch.optim step by step."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

RMS_ALPHA, BETAS, EPS = 0.99, (0.9, 0.999), 1e-8  # torch.optim's defaults
RULES = ("sgd", "momentum", "nesterov", "rmsprop", "adam")
N_BUFFERS = 2  # as many as the rule that keeps most


class Move(NamedTuple):
    """What a rule makes of a gradient: the learning rate times `direction` is subtracted from the parameters.

    `buffers` (2, N) are the rule's memory afterwards: the velocity (momentum, Nesterov), the mean square (RMSProp), or
    mean and mean square (Adam).
    """

    direction: np.ndarray
    buffers: np.ndarray


def move(rule: str, gradient: np.ndarray, buffers: np.ndarray, step: int, momentum: float) -> Move:
    """The next move of `rule` from a gradient (N,) and its memory (2, N); `step` counts from 1.

    With g the gradient and μ the momentum: SGD g; momentum v ← μ v + g (Polyak 1964); Nesterov g + μ v (Sutskever et
    al. 2013, as torch writes it); RMSProp g / (√s + ε) with s ← α s + (1 − α) g² (Tieleman & Hinton 2012); Adam
    m̂ / (√ŝ + ε) (Kingma & Ba 2015, algorithm 1).
    """
    first, second = buffers
    if rule == "sgd":
        return Move(gradient, buffers)
    if rule in ("momentum", "nesterov"):
        velocity = momentum * first + gradient
        direction = gradient + momentum * velocity if rule == "nesterov" else velocity
        return Move(direction, np.stack([velocity, second]))
    if rule == "rmsprop":
        square = RMS_ALPHA * first + (1 - RMS_ALPHA) * gradient**2
        return Move(gradient / (np.sqrt(square) + EPS), np.stack([square, second]))
    beta1, beta2 = BETAS
    mean = beta1 * first + (1 - beta1) * gradient
    square = beta2 * second + (1 - beta2) * gradient**2
    corrected, corrected_square = unbias(mean, beta1, step), unbias(square, beta2, step)
    return Move(corrected / (np.sqrt(corrected_square) + EPS), np.stack([mean, square]))


def unbias(mean: np.ndarray, beta: float, step: int) -> np.ndarray:
    """A running mean that began at zero, without the pull towards zero (Kingma & Ba 2015, section 3)."""
    return mean / (1 - beta**step)
