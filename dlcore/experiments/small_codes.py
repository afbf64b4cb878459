"""Inner codes: networks from many seeds learn mirror symmetry, or pass eight patterns through a few hidden units."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from dlcore.functions.bands import spread
from dlcore.functions.codes import (
    WANTED,
    is_binary,
    is_near,
    mirror_fault,
    mirror_order,
    mirror_patterns,
    n_distinct,
    one_hot_patterns,
    weight_ratios,
)
from dlcore.models.flat_optimizers import make_buffers, update
from dlcore.models.stacked_mlp import StackedMLP


class SmallCodes:
    """Letters in shapes: S networks, P patterns, F inputs, H hidden units, K outputs.

    The error is ½ Σ (y − d)² over outputs and patterns, and an update Δw(t) = −ε ∂E/∂w + α Δw(t − 1) (Rumelhart, Hinton
    & Williams 1986, equations 3 and 9).
    """

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        x, y = mirror_patterns() if spec.code_task == "symmetry" else one_hot_patterns()
        self.y = torch.from_numpy(y)  # (P, K)
        self.seeds = tuple(spec.seed + number for number in range(spec.n_seeds))
        self.x = torch.from_numpy(x).expand(len(self.seeds), -1, -1)  # (S, P, F)
        self.model = StackedMLP((x.shape[1], spec.inner_units, y.shape[1]), "sigmoid", "zeros", self.seeds)
        self._scatter()
        self.buffers = make_buffers("momentum", self.model.flat)
        self.shown = min(spec.shown_net, len(self.seeds) - 1)

    def step(self) -> None:
        """One sweep: an update of every network on all patterns."""
        self.model.grad.zero_()
        outputs, _ = self.model.forward(self.x)
        (0.5 * ((torch.sigmoid(outputs) - self.y) ** 2).sum()).backward()
        self.steps_done += 1
        spec, model = self.spec, self.model
        update("momentum", model.flat, model.grad, self.buffers, self.steps_done, spec.learning_rate, spec.momentum)

    def observe(self) -> dict[str, Any]:
        """Error and wrong patterns over the networks, how many have solved the task, and one of them in full."""
        with torch.no_grad():
            outputs, hidden = self.model.forward(self.x)
        y, h = torch.sigmoid(outputs).numpy(), hidden[0].numpy()  # (S, P, K), (S, P, H)
        wrong = self._wrong(y)  # (S,)
        solved = wrong == 0
        losses = 0.5 * ((y - self.y.numpy()) ** 2).sum((1, 2), dtype=np.float64)
        observed: dict[str, Any] = spread("loss", losses.tolist()) | spread("wrong", wrong.tolist())
        observed |= {"wrong_shown": float(wrong[self.shown]), "solved_share": float(solved.mean())}
        observed |= self._ratios(solved) if self.spec.code_task == "symmetry" else self._codes(h, solved)
        return observed | self._network(y, h)

    def state(self) -> dict[str, Any]:
        """All that an update changes."""
        return {"flat": self.model.flat, "velocity": self.buffers[0]}

    def weights(self) -> dict[str, Any]:
        """Weights (S, in, out) and biases (S, 1, out) by layer."""
        named = {f"layer{i}.weight": weight for i, weight in enumerate(self.model.weights)}
        return named | {f"layer{i}.bias": bias for i, bias in enumerate(self.model.biases)}

    @torch.no_grad()
    def _scatter(self) -> None:
        """Weights and biases from U(−range, range), each network's from its own seed."""
        model, spec = self.model, self.spec
        generators = [np.random.default_rng([seed, 1]) for seed in self.seeds]
        for block in (*model.weights, *model.biases):
            drawn = [generator.uniform(-1, 1, block.shape[1:]) for generator in generators]
            block.copy_(torch.from_numpy(spec.start_range * np.stack(drawn)))

    def _wrong(self, y: np.ndarray) -> np.ndarray:
        """(S,) patterns with an output on the wrong side of ½, or whose largest output is not theirs."""
        if self.spec.code_task == "symmetry":
            return ((y > 0.5) != (self.y.numpy() > 0.5)).any(2).sum(1)
        return (y.argmax(2) != np.arange(y.shape[1])).sum(1)

    def _ratios(self, solved: np.ndarray) -> dict[str, Any]:
        """Ratios of the first layer's weights; the shown network's first two units one by one."""
        weights = self.model.weights[0].detach().numpy().astype(np.float64)  # (S, F, H)
        ratios, fault, near = weight_ratios(weights), mirror_fault(weights), is_near(weights)
        shown = ratios[self.shown]  # (H, 2)
        observed = {"ratio_far": float(shown.flat[np.abs(shown - WANTED).argmax()])}
        observed["mirror_fault"] = float(fault[self.shown].max())
        for unit in range(min(2, len(shown))):
            first, second = (float(ratio) for ratio in shown[unit])
            observed |= {f"second_{unit + 1}": first, f"third_{unit + 1}": first * second}
        observed["near_share"] = float((near & solved).mean())
        observed["ratio_solved"] = float(np.median(ratios[solved])) if solved.any() else 0.0
        largest = np.abs(weights).max((1, 2), keepdims=True)
        tiles = np.round(127 * weights / np.maximum(largest, 1e-12)).astype(np.int8)
        matrix = weights[self.shown].T.astype(np.float32)
        nets = {"nets": tiles.transpose(0, 2, 1).copy(), "framed": solved.astype(np.uint8)}
        return observed | nets | {"first_weights": matrix.copy()}

    def _codes(self, h: np.ndarray, solved: np.ndarray) -> dict[str, Any]:
        """Whether the codes of the eight patterns are binary, and different when rounded."""
        distinct, binary = n_distinct(h), is_binary(h)
        observed = {"distinct": float(distinct[self.shown]), "binary": float(binary[self.shown])}
        different = distinct == h.shape[1]
        observed |= {"distinct_share": float((different & solved).mean())}
        observed |= {"binary_share": float((different & binary & solved).mean())}
        nets = np.round(255 * h.transpose(0, 2, 1)).astype(np.uint8)
        framed = (different & solved).astype(np.uint8)
        return observed | {"nets": nets, "framed": framed, "codes": h[self.shown].astype(np.float32)}

    def _network(self, y: np.ndarray, h: np.ndarray) -> dict[str, np.ndarray]:
        """The shown network: weights and biases, and every unit's answer to every pattern."""
        is_mirror = self.spec.code_task == "symmetry"
        order, side = (mirror_order(), (8, 8)) if is_mirror else (np.arange(len(self.y)), (1, 8))
        pictures = [np.round(254 * part[self.shown][order].T - 127).astype(np.int8) for part in (h, y)]
        parameters = {"weights": self.model.weights, "biases": self.model.biases}
        flat = {
            name: torch.cat([part.detach()[self.shown].flatten() for part in parts]).numpy().copy()
            for name, parts in parameters.items()
        }
        units, surface = (picture.reshape(-1, *side) for picture in pictures)  # row 0 at the bottom
        return flat | {"units": units, "surface": surface, "unit_max": np.ones(len(units), np.float32)}
