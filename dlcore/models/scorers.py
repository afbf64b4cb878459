"""Classifiers that answer with scores: nets in one flat tensor trained by Adam, and a forest that grows tree by tree.

Letters in shapes: N training rows, M rows to score, D inputs, K scores a row (1 for yes or no, else one a class).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import torch
import torch.nn.functional as F
from sklearn.tree import DecisionTreeClassifier

from dlcore.functions.metrics import class_log_odds
from dlcore.models.flat_optimizers import make_buffers, update
from dlcore.models.stacked_mlp import StackedMLP

N_HIDDEN = 32  # units of the MLP
SIDE, N_FILTERS = 8, (8, 16)  # of the CNN: images SIDE × SIDE, two layers of 3×3 filters


class Task(NamedTuple):
    """What to train on, what to score, and how."""

    x_train: np.ndarray  # (N, D)
    y_train: np.ndarray  # (N,) 0 … C − 1
    x_scored: np.ndarray  # (M, D)
    n_scores: int  # K
    seed: int
    batch_size: int = 20


class SmallCNN:
    """Images (B, 64) → conv 3×3, ReLU, max pool 2, twice → K scores; all parameters in one tensor `flat`."""

    def __init__(self, n_outputs: int, seed: int) -> None:
        first, second = N_FILTERS
        n_last = second * (SIDE // 4) ** 2
        shapes = ((first, 1, 3, 3), (first,), (second, first, 3, 3), (second,), (n_outputs, n_last), (n_outputs,))
        generator = np.random.default_rng([seed, 1])
        self.flat = torch.zeros(sum(int(np.prod(shape)) for shape in shapes))
        self.grad = torch.zeros_like(self.flat)
        self.parameters, start = [], 0
        for shape in shapes:
            end = start + int(np.prod(shape))
            leaf = self.flat[start:end].view(shape)
            if len(shape) > 1:  # He et al. 2015: variance 2 / n_in
                leaf.copy_(torch.from_numpy(generator.standard_normal(shape) * (2 / np.prod(shape[1:])) ** 0.5))
            leaf.requires_grad_().grad = self.grad[start:end].view(shape)
            self.parameters.append(leaf)
            start = end

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """(B, K)"""
        w1, b1, w2, b2, w3, b3 = self.parameters
        x = F.max_pool2d(F.conv2d(x.view(-1, 1, SIDE, SIDE), w1, b1, padding=1).relu(), 2)  # (B, 8, 4, 4)
        x = F.max_pool2d(F.conv2d(x, w2, b2, padding=1).relu(), 2)  # (B, 16, 2, 2)
        return F.linear(x.flatten(1), w3, b3)


class NetScorer:
    """Logistic regression, an MLP or a CNN; its scores are log-odds. One step is one batch of Adam."""

    def __init__(self, name: str, task: Task) -> None:
        x_train, y_train, x_scored, n_scores, seed, batch_size = task
        self.seed = seed
        self.x_train, self.x_scored = torch.from_numpy(x_train), torch.from_numpy(x_scored)
        self.y_train = torch.from_numpy(y_train)
        hidden = (N_HIDDEN,) if name == "mlp" else ()
        sizes = (x_train.shape[1], *hidden, n_scores)
        self.net: Any = SmallCNN(n_scores, seed) if name == "cnn" else StackedMLP(sizes, "relu", "he", (seed,))
        self.is_stacked = name != "cnn"
        self.buffers = make_buffers("adam", self.net.flat)
        self.batch_size = min(batch_size, len(x_train))
        self.steps_per_epoch = -(-len(x_train) // self.batch_size)
        self.epoch = -1

    def step(self, steps_done: int, learning_rate: float) -> None:
        """The update after `steps_done` others."""
        epoch, batch = divmod(steps_done, self.steps_per_epoch)
        if epoch != self.epoch:
            self.order = np.random.default_rng([self.seed, 2, epoch]).permutation(len(self.x_train))
            self.epoch = epoch
        rows = torch.from_numpy(self.order[batch * self.batch_size : (batch + 1) * self.batch_size])
        self.net.grad.zero_()
        self._loss(self._forward(self.x_train[rows]), self.y_train[rows]).backward()
        update("adam", self.net.flat, self.net.grad, self.buffers, steps_done + 1, learning_rate, 0.0)

    def scores(self) -> np.ndarray:
        """(M, K) log-odds: the raw output, or of several classes what softmax makes of them."""
        with torch.no_grad():
            outputs = self._forward(self.x_scored).numpy()
        return outputs if outputs.shape[1] == 1 else class_log_odds(outputs).astype(np.float32)

    def state(self) -> dict[str, Any]:
        return {"flat": self.net.flat} | {f"buffer{i}": buffer for i, buffer in enumerate(self.buffers)}

    def weights(self, n_steps: int) -> dict[str, Any]:
        if self.is_stacked:
            named = {f"layer{i}.weight": weight[0].T for i, weight in enumerate(self.net.weights)}
            return named | {f"layer{i}.bias": bias[0, 0] for i, bias in enumerate(self.net.biases)}
        return {f"layer{i // 2}.{('weight', 'bias')[i % 2]}": leaf for i, leaf in enumerate(self.net.parameters)}

    def _forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.net.forward(x[None])[0][0] if self.is_stacked else self.net.forward(x)

    def _loss(self, outputs: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        if outputs.shape[1] == 1:
            return F.binary_cross_entropy_with_logits(outputs[:, 0], y.float())
        return F.cross_entropy(outputs, y)


class ForestScorer:
    """A random forest (Breiman 2001): one step grows one tree; the score is the mean of the trees' class shares."""

    def __init__(self, task: Task) -> None:
        self.x_train, self.y_train, self.x_scored, n_scores, self.seed, _ = task
        self.n_classes = max(2, n_scores)
        self.total = np.zeros((len(self.x_scored), self.n_classes))  # of the shares over all trees
        self.n_trees = np.zeros(1)

    def step(self, steps_done: int, learning_rate: float) -> None:
        """The tree after `steps_done` others; a forest has no learning rate."""
        tree = self._grow(steps_done)
        self.total[:, tree.classes_] += tree.predict_proba(self.x_scored)
        self.n_trees += 1

    def scores(self) -> np.ndarray:
        """(M, K)"""
        shares = (self.total / max(1.0, float(self.n_trees[0]))).astype(np.float32)
        return shares[:, 1:] if self.n_classes == 2 else shares

    def state(self) -> dict[str, Any]:
        return {"total": self.total, "n_trees": self.n_trees}

    def weights(self, n_steps: int) -> dict[str, Any]:
        """Every tree as scikit-learn's arrays: children, feature, threshold and class shares of its nodes."""
        named = {}
        for number in range(n_steps):
            tree = self._grow(number).tree_
            for name in ("children_left", "children_right", "feature", "threshold", "value"):
                named[f"tree{number}.{name}"] = np.ascontiguousarray(getattr(tree, name))
        return named

    def _grow(self, number: int) -> DecisionTreeClassifier:
        """A tree on a bootstrap sample, with √D inputs to choose from at every split."""
        generator = np.random.default_rng([self.seed, 3, number])
        rows = generator.integers(0, len(self.x_train), len(self.x_train))
        tree = DecisionTreeClassifier(max_features="sqrt", random_state=int(generator.integers(2**31)))
        return tree.fit(self.x_train[rows], self.y_train[rows])


def open_scorer(name: str, task: Task) -> NetScorer | ForestScorer:
    """The classifier called logistic, forest, mlp or cnn."""
    return ForestScorer(task) if name == "forest" else NetScorer(name, task)
