"""Pretraining: S deep belief nets on digits without labels, then 3S classifiers on those with one, in batched steps."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
import torch.nn.functional as F

from dlcore.data.digit_split import split_digits
from dlcore.functions.bands import band
from dlcore.models.flat_optimizers import make_buffers, update
from dlcore.models.greedy_stack import GreedyStack
from dlcore.models.stacked_mlp import StackedMLP
from dlcore.models.stacked_rbm import weight_pictures

ARMS = ("pretrained", "random", "relu")
N_CLASSES, N_PIXELS, SIDE = 10, 64, 8
RBM_BATCH, BATCH = 20, 100  # of the stack and of the classifiers
RBM_SETTINGS = (0.5, 0.0002)  # momentum and weight decay of the stack
N_FILTERS = 24


class Pretraining:
    """Letters in shapes: S seeds, B batch, n labelled digits, m for the test, H units, K classes.

    The pretrained classifier and the random one are the same net of sigmoid units with the same last layer. All digits
    to learn from are without label for the stack; the few with a label are among them, drawn by the seed.
    """

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        self.seeds = tuple(spec.seed + i for i in range(spec.n_seeds))
        self._draw_samples()
        sizes = (N_PIXELS, *spec.stack_sizes)
        self.stack = GreedyStack(sizes, self.seeds, self.x, spec.rbm_steps, "cd", 1, RBM_BATCH)
        shape = (*sizes, N_CLASSES)
        self.nets = {
            "pretrained": StackedMLP(shape, "sigmoid", "xavier", self.seeds),
            "random": StackedMLP(shape, "sigmoid", "xavier", self.seeds),
            "relu": StackedMLP(shape, "relu", "he", self.seeds),
        }
        self.buffers = {name: make_buffers("adam", net.flat) for name, net in self.nets.items()}

    def step(self) -> None:
        """One update of the stacks or, once they are ready, of the classifiers."""
        if self.steps_done < self.spec.rbm_steps:
            self.stack.step(self.steps_done, self.spec.rbm_rate, *RBM_SETTINGS)
        else:
            if self.steps_done == self.spec.rbm_steps:
                self._hand_over()
            self._classify_batch()
        self.steps_done += 1

    def observe(self) -> dict[str, Any]:
        """Reconstruction error of the layer in training; test accuracy of each arm over the seeds, and the gains."""
        done = min(self.steps_done, self.spec.rbm_steps)
        number = self.stack.layer(max(done - 1, 0))
        inputs = self.stack.up(self.x_test, number)
        error = (self.stack.layers[number].reconstruct(inputs) - inputs).square().mean((1, 2))
        observed: dict[str, Any] = {"layer": number + 1, "nothing": 0.0} | band("reconstruction", error)
        with torch.no_grad():
            right = {name: self._accuracy(net) for name, net in self.nets.items()}
        for name, values in right.items():
            observed |= band(f"accuracy_{name}", values)
        for rival in ("random", "relu"):
            observed |= band(f"gain_{rival}", right["pretrained"] - right[rival])
            observed[f"better_{rival}"] = float((right["pretrained"] > right[rival]).sum())
        return observed | self._features()

    def state(self) -> dict[str, Any]:
        """All that an update changes; batches follow from seed and step."""
        named = self.stack.state() | {name: net.flat for name, net in self.nets.items()}
        return named | {f"{name}_buffer{i}": b for name, kept in self.buffers.items() for i, b in enumerate(kept)}

    def weights(self) -> dict[str, Any]:
        """The classifiers' weights (S, in, out) and biases (S, 1, out), arm by arm."""
        named: dict[str, Any] = {}
        for name, net in self.nets.items():
            named |= {f"{name}.layer{i}.weight": weight for i, weight in enumerate(net.weights)}
            named |= {f"{name}.layer{i}.bias": bias for i, bias in enumerate(net.biases)}
        return named

    def _draw_samples(self) -> None:
        split = split_digits()
        x, y = torch.from_numpy(split.x_train).flatten(1), torch.from_numpy(split.y_train)
        few = torch.from_numpy(
            np.stack([pick_labelled(split.y_train, self.spec.labels_per_class, s) for s in self.seeds])
        )
        self.x_few, self.y_few = x[few], y[few]  # (S, n, 64), (S, n)
        self.x = x.expand(len(self.seeds), -1, -1)
        self.x_test = torch.from_numpy(split.x_test).flatten(1).expand(len(self.seeds), -1, -1)  # (S, m, 64)
        self.y_test = torch.from_numpy(split.y_test)

    @torch.no_grad()
    def _hand_over(self) -> None:
        """Weights and hidden biases of the stack become those of the first arm; its last layer stays as drawn."""
        net = self.nets["pretrained"]
        for layer, rbm in enumerate(self.stack.layers):
            net.weights[layer].copy_(rbm.weight)
            net.biases[layer].copy_(rbm.hidden_bias)

    def _classify_batch(self) -> None:
        """One update of every arm on all labelled digits, or on a batch of them where there are many."""
        done = self.steps_done - self.spec.rbm_steps
        n = self.x_few.shape[1]
        draws = [np.random.default_rng([seed, 71, done]).permutation(n)[:BATCH] for seed in self.seeds]
        rows, every = torch.from_numpy(np.stack(draws)), torch.arange(len(self.seeds))[:, None]
        x, y = self.x_few[every, rows], self.y_few[every, rows]
        for name, net in self.nets.items():
            net.grad.zero_()
            logits, _ = net.forward(x)  # (S, B, K)
            (F.cross_entropy(logits.flatten(0, 1), y.flatten()) * len(self.seeds)).backward()
            update("adam", net.flat, net.grad, self.buffers[name], done + 1, self.spec.learning_rate, 0.0)

    def _accuracy(self, net: StackedMLP) -> torch.Tensor:
        """(S,) the share of test digits that are named rightly."""
        return (net.forward(self.x_test)[0].argmax(2) == self.y_test).float().mean(1)

    def _features(self) -> dict[str, np.ndarray]:
        """What the first units of the first layer want to see: in the first seed's stack, then in its classifier."""
        tuned = self.steps_done > self.spec.rbm_steps
        weight = self.nets["pretrained"].weights[0] if tuned else self.stack.layers[0].weight
        seen = weight[0].detach().T[:N_FILTERS].nan_to_num(0.0)  # (H, 64)
        return weight_pictures(seen, SIDE)


def pick_labelled(y: np.ndarray, labels_per_class: int, seed: int) -> np.ndarray:
    """(10 · labels_per_class,) rows that have a label, as many of each digit, drawn by `seed`."""
    order = np.random.default_rng([seed, 70]).permutation(len(y))
    return np.concatenate([order[y[order] == digit][:labels_per_class] for digit in range(N_CLASSES)])
