"""The depth lab: one forward and one backward pass through freshly drawn deep nets, measured layer by layer."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from dlcore.functions.signal_propagation import propagate, steepest, weight_variance
from dlcore.models.stacked_mlp import ACTIVATIONS, PRELU_SLOPE

N_SAMPLES = 32  # inputs a net is shown
TINY = 1e-300  # what a logarithm is taken of instead of 0


class DepthLab:
    """One step draws one more net (the next seed) and adds its measurements; frames show the mean over the nets so far.

    Inputs have independent N(0, 1) entries. The loss is Σ r·h / N with r drawn from N(0, 1) for every sample and unit
    of the last layer: its gradient is noise, so that what is measured is the net alone. Everything in float64, because
    thirty layers of sigmoid shrink a gradient beyond what float32 can square.

    Letters in shapes: D layers, N samples, U units.
    """

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        self.sums = np.zeros((3, spec.depth))  # of variance, gradient norm and mean slope over the nets
        self.last = np.zeros((3, spec.depth))
        self.variance = weight_variance(spec.init_rule, spec.layer_width, spec.init_std)
        self.theory = propagate(self.f, self.df, self.variance, spec.layer_width, spec.depth, N_SAMPLES)
        self.steepest = steepest(self.df)

    def f(self, x: np.ndarray) -> np.ndarray:
        """The activation, elementwise."""
        return activate(self.spec.activation, torch.from_numpy(x)).numpy()

    def df(self, x: np.ndarray) -> np.ndarray:
        """Its derivative, elementwise."""
        return slope_of(self.spec.activation, torch.from_numpy(x)).numpy()

    def step(self) -> None:
        """Draw and measure one net."""
        self.last[:] = self.measure(self.spec.seed + self.steps_done)
        self.sums += self.last
        self.steps_done += 1

    def measure(self, seed: int) -> np.ndarray:
        """(3, D) variance of the activations over samples and units, Frobenius norm of the weights' gradient, and root
        mean square of f'(z), for the net of this seed."""
        weights, x, r = self.draw(seed)
        h, pre, hidden = x, [], []
        for weight in weights:
            z = h @ weight  # (N, U)
            h = activate(self.spec.activation, z)
            pre.append(z)
            hidden.append(h)
        ((r * h).sum() / N_SAMPLES).backward()
        return np.array(
            [
                [float(h.detach().var(correction=0)) for h in hidden],
                [float(weight.grad.norm()) for weight in weights],  # type: ignore[union-attr]
                [float(slope_of(self.spec.activation, z).square().mean().sqrt()) for z in pre],
            ]
        )

    def draw(self, seed: int) -> tuple[list[torch.Tensor], torch.Tensor, torch.Tensor]:
        """Weights D × (U, U), inputs (N, U) and the loss's directions (N, U)."""
        generator = np.random.default_rng([seed, 5])
        width = self.spec.layer_width
        x, r = (torch.from_numpy(generator.standard_normal((N_SAMPLES, width))) for _ in range(2))
        scale = self.variance**0.5
        drawn = [scale * generator.standard_normal((width, width)) for _ in range(self.spec.depth)]
        return [torch.from_numpy(weight).requires_grad_() for weight in drawn], x, r

    def observe(self) -> dict[str, Any]:
        """The theory from the start; from the first net on, the newest net and the mean."""
        observed: dict[str, Any] = {
            "nets": self.steps_done,
            "depth": self.spec.depth,
            "variance_theory": self.theory.variance,
            "grad_norm_theory": self.theory.grad_norm,
            "slope_theory": self.theory.slope,
            "slope_limit": np.full(self.spec.depth, self.steepest),
        }
        if self.steps_done == 0:
            return observed | {"case": 0}
        means = self.sums / self.steps_done
        for name, mean, last in zip(("variance", "grad_norm", "slope"), means, self.last, strict=True):
            observed |= {f"{name}_mean": mean, f"{name}_last": last}
        return observed | self._summary(*means[:2])

    def _summary(self, variance: np.ndarray, grad_norm: np.ndarray) -> dict[str, float]:
        """Powers of ten, last layer against first for the variance and first against last for the gradient."""
        if min(variance[0], variance[-1], grad_norm[0], grad_norm[-1]) < TINY:
            return {"case": 2}
        between = max(1, self.spec.depth - 1)
        variance_exponent = float(np.log10(variance[-1] / variance[0]))
        grad_exponent = float(np.log10(grad_norm[0] / grad_norm[-1]))
        return {
            "case": 1,
            "variance_exponent": variance_exponent,
            "variance_factor": 10 ** (variance_exponent / between),
            "grad_exponent": grad_exponent,
            "grad_factor": 10 ** (grad_exponent / between),
        }

    def state(self) -> dict[str, Any]:
        return {"sums": self.sums, "last": self.last}

    def weights(self) -> dict[str, Any]:
        """The layers (U, U) of the newest net."""
        drawn, _, _ = self.draw(self.spec.seed + max(0, self.steps_done - 1))
        return {f"layer{i}.weight": weight for i, weight in enumerate(drawn)}


def activate(name: str, z: torch.Tensor) -> torch.Tensor:
    """The activation by its name; PReLU with the slope it starts from."""
    return torch.where(z > 0, z, PRELU_SLOPE * z) if name == "prelu" else ACTIVATIONS[name](z)


def slope_of(name: str, z: torch.Tensor) -> torch.Tensor:
    """f'(z), elementwise, by autograd."""
    leaf = z.detach().requires_grad_()
    (slope,) = torch.autograd.grad(activate(name, leaf).sum(), leaf)
    return slope
