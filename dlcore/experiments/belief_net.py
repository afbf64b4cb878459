"""Digits for an RBM or a deep belief net: layer by layer, with features, fantasies and free energies on the way."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import torch

from dlcore.data.digit_split import split_digits
from dlcore.models.greedy_stack import GreedyStack
from dlcore.models.rbm_training import Uniforms, gibbs, start_chains
from dlcore.models.stacked_rbm import StackedRBM, weight_pictures

SIDE = 8
N_FILTERS, N_FANTASIES = 48, 20  # pictures of each
CHAIN = 100  # Gibbs steps to a fantasy
FILM = (0, 1, 2, 5, 10, 20, 50, 100, 200, 500)  # Gibbs steps that are shown of a chain
N_CHAINS = 4  # filmed at once


class BeliefNet:
    """Letters in shapes: L layers, N digits, V visible and H hidden units of the layer in training."""

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        split = split_digits()
        self.digits = tuple(as_inputs(x, spec.rbm_pixels) for x in (split.x_train, split.x_test))  # (1, N, 64)
        sizes, seeds = (SIDE**2, *spec.stack_sizes), (spec.seed,)
        settings = (spec.rbm_rule, spec.gibbs_steps, spec.batch_size)
        self.stack = GreedyStack(sizes, seeds, self.digits[0], spec.n_steps, *settings)

    def step(self) -> None:
        """One update of the layer whose turn it is."""
        spec = self.spec
        self.stack.step(self.steps_done, spec.learning_rate, spec.rbm_momentum, spec.rbm_decay)
        self.steps_done += 1

    def observe(self) -> dict[str, Any]:
        """Errors and free energies of the layer in training, its features, and what the layers so far can make up."""
        number, rbm = self._at()
        inputs = {name: self.stack.up(x, number) for name, x in zip(("train", "test"), self.digits, strict=True)}
        energies = {name: float(rbm.free_energy(x).mean()) for name, x in inputs.items()}
        mixed = float(rbm.free_energy(mix_units(inputs["test"])).mean())
        observed: dict[str, Any] = {"layer": number + 1}
        for name, x in inputs.items():
            observed[f"reconstruction_{name}"] = float((rbm.reconstruct(x) - x).square().mean())
        observed |= {"gap_test": energies["test"] - energies["train"], "gap_mixed": mixed - energies["train"]}
        observed |= {"zero": 0.0}
        return observed | self._filters(number) | {"fantasies": to_bytes(self._fantasies(number, rbm))}

    def state(self) -> dict[str, Any]:
        return self.stack.state()

    def weights(self) -> dict[str, Any]:
        return self.stack.weights()

    def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        """`{"film": number}`: chains of the top RBM from another random start, (N_CHAINS · len(FILM), 8, 8) uint8."""
        number, rbm = self._at()
        n_visible, n_hidden = rbm.shapes[0]
        stream = 1000 + int(question["film"])
        v = start_chains((self.spec.seed,), N_CHAINS, n_visible, stream)
        uniforms = Uniforms((self.spec.seed,), stream + 1, N_CHAINS * (n_visible + n_hidden))
        pictures = [self.stack.down(v, number)]
        for step in range(1, FILM[-1] + 1):
            v = gibbs(rbm, v, 1, uniforms.at(step))
            if step in FILM:
                pictures.append(self.stack.down(rbm.reconstruct(v), number))
        return {"film": to_bytes(torch.cat(pictures).transpose(0, 1).reshape(-1, SIDE**2))}

    def _at(self) -> tuple[int, StackedRBM]:
        """The layer that was trained last, and its number."""
        number = self.stack.layer(max(self.steps_done - 1, 0))
        return number, self.stack.layers[number]

    def _fantasies(self, number: int, rbm: StackedRBM) -> torch.Tensor:
        """(N_FANTASIES, 64): CHAIN Gibbs steps of layer `number` from noise, always the same draws; then down."""
        seed = self.spec.seed
        n_visible, n_hidden = rbm.shapes[0]
        start = start_chains((seed,), N_FANTASIES, n_visible, 6)
        v = gibbs(rbm, start, CHAIN, chain_numbers(seed, CHAIN * N_FANTASIES * (n_visible + n_hidden)))
        return self.stack.down(rbm.reconstruct(v), number)[0]

    def _filters(self, number: int) -> dict[str, np.ndarray]:
        """What each hidden unit of layer `number` wants to see: its weights, led down to the pixels."""
        seen = self.stack.layers[number].weight[0].T  # (H, V)
        for rbm in reversed(self.stack.layers[:number]):
            seen = seen @ rbm.weight[0].T
        seen = seen[:N_FILTERS].nan_to_num(0.0)
        return weight_pictures(seen, SIDE)


def as_inputs(x: np.ndarray, pixels: str) -> torch.Tensor:
    """(1, N, 64) ink from 0 to 1, or only 0 and 1."""
    flat = torch.from_numpy(x).flatten(1)[None]
    return (flat > 0.5).float() if pixels == "binary" else flat


@functools.lru_cache(maxsize=4)
def chain_numbers(seed: int, n_numbers: int) -> torch.Tensor:
    """(1, n_numbers) from 0 to 1, the same for every frame of a run."""
    return torch.from_numpy(np.random.default_rng([seed, 7]).random((1, n_numbers), np.float32))


def mix_units(x: torch.Tensor) -> torch.Tensor:
    """Every unit's values (1, N, V) from another sample each: the units are as often on as before, but not together."""
    n_samples, n_units = x.shape[1:]
    order = np.stack([np.random.default_rng([0, unit]).permutation(n_samples) for unit in range(n_units)], 1)
    return x.gather(1, torch.from_numpy(order)[None])


def to_bytes(images: torch.Tensor) -> np.ndarray:
    """(N, 8, 8) ink from 0 to 255, of (N, 64) from 0 to 1."""
    return (images.nan_to_num(0.0) * 255).to(torch.uint8).view(-1, SIDE, SIDE).numpy()
