"""A tiny RBM on bars and stripes: what it does to the likelihood, beside what the reconstruction error says."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from dlcore.data.bars_stripes import SIDE, make_bars_and_stripes
from dlcore.functions.bands import band
from dlcore.models.rbm_exact import (
    CD_STEPS,
    all_states,
    angle,
    empirical,
    exact_gradient,
    expected_cd_gradients,
    state_log_probabilities,
)
from dlcore.models.rbm_training import RBMTraining
from dlcore.models.stacked_rbm import StackedRBM, weight_pictures

START_SCALE = 0.1  # standard deviation of the first weights
N_LIKELY = 16  # states shown
SMALLEST = 1e-12  # reconstruction errors below are drawn there


class TinyRbm:
    """Letters in shapes: S seeds, N = 14 patterns, V = 9 visible and H hidden units. Everything is in float64."""

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        self.seeds = tuple(spec.seed + i for i in range(spec.n_seeds))
        x = torch.from_numpy(make_bars_and_stripes()).double()
        self.x = x.expand(len(self.seeds), -1, -1)  # (S, N, V)
        self.known = empirical(x[None])[0] > 0  # (2^V,)
        self.rbm = StackedRBM(SIDE**2, spec.rbm_units, self.seeds, START_SCALE, dtype=torch.float64)
        self.training = RBMTraining(self.rbm, self.x, self.seeds, spec.rbm_rule, spec.gibbs_steps, spec.batch_size, 2)

    def step(self) -> None:
        """One update of every machine: by the rule's estimate, or by the gradient itself."""
        spec = self.spec
        settings = (spec.learning_rate, spec.rbm_momentum, spec.rbm_decay)
        if spec.rbm_rule == "exact":
            exact_gradient(self.rbm, self.training.batch(self.steps_done))
            self.rbm.climb(*settings)
        else:
            self.training.step(self.steps_done, *settings)
        self.steps_done += 1

    def observe(self) -> dict[str, Any]:
        """Log-likelihood and reconstruction error over the seeds; of the first one, bias of CD-k and pictures."""
        log_p = state_log_probabilities(self.rbm)  # (S, 2^V)
        likelihood = log_p[:, self.known].mean(1)
        error = (self.rbm.reconstruct(self.x) - self.x).square().mean((1, 2)).clamp_min(SMALLEST)
        observed = band("likelihood", likelihood) | band("reconstruction", error)
        observed |= {
            "right_angle": 90.0,
            "best": -float(np.log(self.x.shape[1])),
            "mass": float(log_p[0, self.known].exp().sum()),
        }
        return observed | self._angles() | self._pictures(log_p[0])

    def state(self) -> dict[str, Any]:
        return self.training.state()

    def weights(self) -> dict[str, Any]:
        """Weights (S, V, H), visible biases (S, 1, V) and hidden biases (S, 1, H)."""
        rbm = self.rbm
        return {"weight": rbm.weight, "visible_bias": rbm.visible_bias, "hidden_bias": rbm.hidden_bias}

    def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        """`{"machine": number}`: the parameters of that seed's machine, W (V, H), b (V,) and c (H,)."""
        number = int(question["machine"])
        rbm = self.rbm
        parts = {"weight": rbm.weight, "visible_bias": rbm.visible_bias[:, 0], "hidden_bias": rbm.hidden_bias[:, 0]}
        return {name: part[number].numpy().copy() for name, part in parts.items()}

    def _angles(self) -> dict[str, float]:
        """Degrees between CD-k's expected gradient and the exact one, of the first seed's machine."""
        first = self.rbm.take(0)
        exact_gradient(first, self.x[:1])
        exact = first.grad.clone()
        gradients = expected_cd_gradients(first, self.x[:1])
        return {f"angle_{k}": angle(gradient, exact) for k, gradient in zip(CD_STEPS, gradients, strict=True)}

    def _pictures(self, log_p: torch.Tensor) -> dict[str, np.ndarray]:
        """The first machine's weights, one picture a hidden unit, and its most probable states."""
        weight = self.rbm.weight[0].T.nan_to_num(0.0)  # (H, V)
        found = log_p.nan_to_num(-1e3).sort(descending=True, stable=True)
        likely = found.indices[:N_LIKELY]
        return {
            **weight_pictures(weight, SIDE),
            "likely": (all_states(SIDE**2)[0, likely] * 255).to(torch.uint8).view(-1, SIDE, SIDE).numpy(),
            "likely_p": 100 * found.values[:N_LIKELY].exp().numpy(),
            "likely_known": self.known[likely].to(torch.uint8).numpy(),
        }
