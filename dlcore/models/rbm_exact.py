"""What is known exactly of a small RBM: all states of its visible units are summed, and no sample is drawn.

Letters in shapes: S machines, N samples, V visible and H hidden units.
"""

from __future__ import annotations

import functools

import numpy as np
import torch

from dlcore.models.stacked_rbm import StackedRBM

CD_STEPS = (1, 5, 25)  # how far from the data the expected gradients are looked at


@functools.lru_cache(maxsize=16)
def all_states(n_units: int) -> torch.Tensor:
    """(1, 2^n, n) every state of n units, in float64; the first unit is the highest binary digit."""
    numbers = np.arange(2**n_units)[:, None] >> np.arange(n_units)[::-1]
    return torch.from_numpy((numbers & 1).astype(np.float64))[None]


def state_log_probabilities(rbm: StackedRBM) -> torch.Tensor:
    """(S, 2^V) log p(v) of every visible state: −F(v) − log Z, with Z = Σᵥ exp(−F(v))."""
    every = all_states(rbm.shapes[0][0]).expand(rbm.n_machines, -1, -1)
    return (-rbm.free_energy(every)).log_softmax(1)


def exact_gradient(rbm: StackedRBM, v_data: torch.Tensor) -> None:
    """Put the gradient of the mean log-likelihood of `v_data` (S, N, V) into `rbm.grad`."""
    every = all_states(rbm.shapes[0][0]).expand(rbm.n_machines, -1, -1)
    rbm.set_gradient(v_data, every, state_log_probabilities(rbm).exp())


def expected_cd_gradients(rbm: StackedRBM, v_data: torch.Tensor) -> list[torch.Tensor]:
    """The mean of CD-k's gradient over all its draws, for each k of CD_STEPS, each as flat as `rbm.grad`.

    The distribution of the chains is followed state by state: from v to h with p(h | v), and back with p(v | h).
    """
    n_visible, n_hidden = rbm.shapes[0]
    every = all_states(n_visible).expand(rbm.n_machines, -1, -1)
    log_joint = -rbm.energy(
        every, all_states(n_hidden).expand(rbm.n_machines, -1, -1)
    )  # (S, 2^V, 2^H), without − log Z
    to_hidden, to_visible = log_joint.softmax(2), log_joint.softmax(1).mT
    share = empirical(v_data)[:, None]  # (S, 1, 2^V)
    found = []
    for step in range(1, max(CD_STEPS) + 1):
        share = share @ to_hidden @ to_visible
        if step in CD_STEPS:
            rbm.set_gradient(v_data, every, share[:, 0])
            found.append(rbm.grad.clone())
    return found


def empirical(v: torch.Tensor) -> torch.Tensor:
    """(S, 2^V) the share that each state has among samples (S, N, V) of 0 and 1."""
    digits = 2 ** torch.arange(v.shape[2] - 1, -1, -1)
    numbers = (v.long() * digits).sum(2)
    shares = torch.zeros(len(v), 2 ** v.shape[2], dtype=torch.float64)
    return shares.scatter_add_(1, numbers, torch.full(numbers.shape, 1 / v.shape[1], dtype=torch.float64))


def angle(one: torch.Tensor, other: torch.Tensor) -> float:
    """Degrees between two vectors; 90 if one of them is nothing but zeros."""
    size = one.norm() * other.norm()
    cosine = float((one @ other / size).clamp(-1, 1)) if size > 0 else 0.0
    return float(np.degrees(np.arccos(cosine)))
