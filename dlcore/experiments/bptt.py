"""Backpropagation through time: ‖∂L/∂hₜ‖ by autograd beside its theory, and what clipping and truncation do to it."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
import torch.nn.functional as F

from dlcore.data.memory_tasks import TASKS, Sequences, make_batch, make_test_set
from dlcore.experiments.memory_lab import answers_of, error_of, spread
from dlcore.models.recurrent import Recurrent, clip, flatten

TASK, BATCH, N_TEST, N_PROBE = "recall", 16, 100, 16
LANES = ("plain", "clipped", "truncated")
LOST = 1e6  # what is shown of a loss or a gradient that has overflowed or is larger


class Bptt:
    """Letters in shapes: S seeds, B sequences, T steps, H units. Plain gradient descent, so that a step is as long as
    the gradient says. The three lanes of a seed start equal and see the same batches."""

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        self.seeds = tuple(spec.seed + i for i in range(spec.n_seeds))
        self.nets = {lane: [open_net(spec, seed) for seed in self.seeds] for lane in LANES}
        self.flats = {lane: flatten(nets) for lane, nets in self.nets.items()}
        self.norms = {lane: torch.zeros(len(self.seeds)) for lane in LANES}  # before clipping, at the last update
        self.test = make_test_set(TASK, N_TEST, spec.sequence_length, spec.seed)
        self.probe = make_batch(TASK, N_PROBE, spec.sequence_length, spec.seed, 10**6)

    def step(self) -> None:
        """One update of every network."""
        spec = self.spec
        batches = [make_batch(TASK, BATCH, spec.sequence_length, seed, self.steps_done) for seed in self.seeds]
        for lane, (flat, grad) in self.flats.items():
            grad.zero_()
            for net, batch in zip(self.nets[lane], batches, strict=True):
                truncated_loss(net, batch, self.window(lane)).backward()
            limit = 0.0 if lane == "plain" else spec.clip_norm
            self.norms[lane].copy_(clip(grad, limit, len(self.seeds)))
            flat.sub_(grad, alpha=spec.learning_rate)
        self.steps_done += 1

    def window(self, lane: str) -> int:
        """Through how many steps a lane's gradient goes back."""
        return min(self.spec.window, self.spec.sequence_length) if lane == "truncated" else self.spec.sequence_length

    def observe(self) -> dict[str, Any]:
        """Loss, error and gradient norm of every lane over the seeds; the gradients at every step of the first seed."""
        observed: dict[str, Any] = {"floor": TASKS[TASK].floor, "limit": self.spec.clip_norm}
        for lane, nets in self.nets.items():
            with torch.no_grad():
                outputs = [net.last(torch.from_numpy(self.test.x)) for net in nets]
            losses = [F.cross_entropy(output, torch.from_numpy(self.test.y)) for output in outputs]
            errors = [error_of(self.test, answers_of(output, self.test)) for output in outputs]
            observed |= spread(f"loss_{lane}", tame(np.array([float(loss) for loss in losses])))
            observed |= spread(f"error_{lane}", np.array(errors))
            if self.steps_done:
                observed |= spread(f"grad_norm_{lane}", tame(self.norms[lane].double().numpy()))
            observed[f"radius_{lane}"] = spectral_radius(nets[0])
            gradients = state_gradients(nets[0], self.probe, self.window(lane))
            observed |= {f"grad_{name}_{lane}": tame(values) for name, values in gradients.items()}
        return observed | self._theory(observed["grad_h_plain"])

    def _theory(self, measured: np.ndarray) -> dict[str, Any]:
        """(T,) each, for the first plain network: the product of the Jacobians, and a geometric series."""
        net, length = self.nets["plain"][0], self.spec.sequence_length
        back = np.arange(length - 1, -1, -1)
        ratio = spectral_radius(net)
        with np.errstate(over="ignore"):
            drawn = {"theory_radius": tame(measured[-1] * ratio**back)}
        if self.spec.cell in ("rnn", "irnn"):
            drawn["theory_product"] = tame(product_of_jacobians(net, self.probe))
        return drawn | {"case": 0, "ratio": ratio, "first": float(measured[0]), "last": float(measured[-1])}

    def state(self) -> dict[str, Any]:
        flats = {f"{lane}.flat": flat for lane, (flat, _) in self.flats.items()}
        return flats | {f"{lane}.norms": norms for lane, norms in self.norms.items()}

    def weights(self) -> dict[str, Any]:
        """torch.nn's names after lane and seed."""
        return {
            f"{lane}.{seed}.{name}": parameter
            for lane, nets in self.nets.items()
            for seed, net in zip(self.seeds, nets, strict=True)
            for name, parameter in net.named_parameters()
        }


def open_net(spec: Any, seed: int) -> Recurrent:
    """A network whose recurrent matrices (one for each gate) begin with spectral radius `spec.radius`."""
    task = TASKS[TASK]
    net = Recurrent(spec.cell, task.n_inputs, spec.n_units, task.n_outputs, seed)
    with torch.no_grad():
        for block in net.layer.weight_hh_l0.split(spec.n_units):
            block.mul_(spec.radius / max(1e-6, radius_of(block)))
    return net


def truncated_loss(net: Recurrent, batch: Sequences, window: int) -> torch.Tensor:
    """Cross-entropy of the last answer, whose gradient goes back `window` steps and no further."""
    x, y = torch.from_numpy(batch.x), torch.from_numpy(batch.y)
    cut = x.shape[1] - window
    state = None
    if cut > 0:
        with torch.no_grad():
            state = net.layer(x[:, :cut])[1]
    return F.cross_entropy(net.last(x[:, cut:], state), y)


def state_gradients(net: Recurrent, batch: Sequences, window: int) -> dict[str, np.ndarray]:
    """(T,) norms of ∂L/∂hₜ over sequences and units, and of ∂L/∂cₜ for an LSTM, by autograd; 0 beyond the window."""
    x, y = torch.from_numpy(batch.x), torch.from_numpy(batch.y)
    state, states = None, []
    for step in range(x.shape[1]):
        if state is not None and step == x.shape[1] - window:
            state = tuple(part.detach() for part in state) if isinstance(state, tuple) else state.detach()
        _, state = net.layer(x[:, step : step + 1], state)
        states.append(state if isinstance(state, tuple) else (state,))
    loss = F.cross_entropy(net.readout(states[-1][0][0]), y)  # of the state (1, B, H)
    found = torch.autograd.grad(loss, [part for parts in states for part in parts], allow_unused=True)
    norms = np.array([0.0 if grad is None else float(grad.double().norm()) for grad in found])
    return dict(zip(("h", "c"), norms.reshape(len(states), -1).T, strict=False))


@torch.no_grad()
def product_of_jacobians(net: Recurrent, batch: Sequences) -> np.ndarray:
    """(T,) norms of ∂L/∂hₜ by hand: δ ← Uᵀ (f′ ⊙ δ), from the last step back (Pascanu et al. 2013, equation 5)."""
    outputs, hidden, _ = net(torch.from_numpy(batch.x))
    p = outputs[:, -1].softmax(1)
    p[torch.arange(len(p)), torch.from_numpy(batch.y)] -= 1
    delta = (p / len(p)) @ net.readout.weight  # (B, H)
    norms = [float(delta.double().norm())]
    for step in range(hidden.shape[1] - 1, 0, -1):
        h = hidden[:, step]
        slope = 1 - h**2 if net.cell == "rnn" else (h > 0).float()
        delta = (delta * slope) @ net.layer.weight_hh_l0
        norms.append(float(delta.double().norm()))
    return np.array(norms[::-1])


def spectral_radius(net: Recurrent) -> float:
    """Of the recurrent matrix; of the candidate's one where there are gates."""
    blocks = net.layer.weight_hh_l0.detach().split(net.layer.hidden_size)
    return radius_of(blocks[2] if len(blocks) > 2 else blocks[0])


def radius_of(matrix: torch.Tensor) -> float:
    """The largest |eigenvalue|."""
    if not torch.isfinite(matrix).all():
        return LOST
    return min(LOST, float(np.abs(np.linalg.eigvals(matrix.double().numpy())).max()))


def tame(values: np.ndarray) -> np.ndarray:
    """The same with everything above `LOST`, and what is no number, as `LOST`."""
    return np.nan_to_num(values, nan=LOST, posinf=LOST, neginf=LOST).clip(max=LOST)
