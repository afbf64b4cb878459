"""Few labels: S autoencoders on unlabelled samples, then 3S classifiers on the labelled ones, each in batched steps."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
import torch.nn.functional as F

from dlcore.data.contest_tasks import N_TEST, load_task
from dlcore.models.flat_optimizers import make_buffers, update
from dlcore.models.stacked_mlp import StackedMLP

ARMS = ("labels", "tuned", "frozen")  # from scratch; from the encoder; only a layer on top of the encoder
N_CLASSES, BATCH, N_SHOWN = 10, 100, 8
N_SHARED = 2  # layers of the encoder


class FewLabels:
    """Letters in shapes: S seeds, B batch, N unlabelled and n labelled samples, m for the test, F numbers, K classes.

    All three classifiers of a seed begin with the same last layer, and the one from scratch with the weights with which
    the autoencoder began. The unlabelled samples include the labelled ones, without their labels.
    """

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        self.task = load_task(spec.pool)
        self.seeds = tuple(spec.seed + i for i in range(spec.n_seeds))
        self._draw_samples()
        n_inputs = self.task.x.shape[1]
        shared = (n_inputs, spec.hidden_units, spec.code_units)
        self.coder = StackedMLP((*shared, spec.hidden_units, n_inputs), "relu", "he", self.seeds)
        self.nets = StackedMLP((*shared, N_CLASSES), "relu", "he", self.seeds * len(ARMS))
        self.coder_buffers, self.net_buffers = (make_buffers("adam", net.flat) for net in (self.coder, self.nets))

    def step(self) -> None:
        """One update of the autoencoders, or, once they are ready, of the classifiers."""
        if self.steps_done < self.spec.pretrain_steps:
            self._rebuild_batch()
        else:
            if self.steps_done == self.spec.pretrain_steps:
                self._hand_over()
            self._classify_batch()
        self.steps_done += 1

    def observe(self) -> dict[str, Any]:
        """Error of rebuilding test samples, test accuracy of each arm over the seeds, and the gains from scratch."""
        n = len(self.seeds)
        with torch.no_grad():
            rebuilt = self.coder.forward(self.x_test)[0]  # (S, m, F)
            logits = self.nets.forward(self.x_test.repeat(len(ARMS), 1, 1))[0]  # (3S, m, K)
        right = (logits.argmax(2) == self.y_test.repeat(len(ARMS), 1)).float().mean(1).view(len(ARMS), n)
        observed: dict[str, Any] = band("rebuilding", (rebuilt - self.x_test).square().mean((1, 2)))
        for name, values in zip(ARMS, right, strict=True):
            observed |= band(f"accuracy_{name}", values)
        observed |= band("gain_tuned", right[1] - right[0]) | band("gain_frozen", right[2] - right[0])
        observed |= {"nearest": self.nearest, "n_labels": self.x_few.shape[1], "phase": self._phase()}
        return observed | self._picture(rebuilt[0, :N_SHOWN])

    def state(self) -> dict[str, Any]:
        """All that an update changes; batches and corruption follow from seed and step."""
        coder = {f"coder_buffer{i}": buffer for i, buffer in enumerate(self.coder_buffers)}
        nets = {f"net_buffer{i}": buffer for i, buffer in enumerate(self.net_buffers)}
        return {"coder": self.coder.flat, "nets": self.nets.flat} | coder | nets

    def weights(self) -> dict[str, Any]:
        """The classifiers' weights (3S, in, out) and biases (3S, 1, out), arm by arm."""
        named = {f"layer{i}.weight": weight for i, weight in enumerate(self.nets.weights)}
        return named | {f"layer{i}.bias": bias for i, bias in enumerate(self.nets.biases)}

    def _phase(self) -> int:
        if self.steps_done == self.spec.n_steps:
            return 2
        return int(self.steps_done >= self.spec.pretrain_steps)

    def _draw_samples(self) -> None:
        """Test, unlabelled and labelled samples of every seed; the labelled ones are among the unlabelled."""
        picked = [pick_samples(self.task.y, self.spec, seed) for seed in self.seeds]
        test, pool, few = (torch.from_numpy(np.stack(rows)) for rows in zip(*picked, strict=True))
        x, y = torch.from_numpy(self.task.x), torch.from_numpy(self.task.y)
        self.x_test, self.x_pool, self.x_few = x[test], x[pool], x[few]
        self.y_test, self.y_few = y[test], y[few]
        guessed = [nearest_neighbour(*parts) for parts in zip(self.x_few, self.y_few, self.x_test, strict=True)]
        self.nearest = float((torch.stack(guessed) == self.y_test).float().mean())

    def _rebuild_batch(self) -> None:
        """Autoencoders see samples with some numbers set to 0 and are to give them back whole (Vincent et al. 2008)."""
        draws = [np.random.default_rng([seed, 6, self.steps_done]) for seed in self.seeds]
        n, width = self.x_pool.shape[1:]
        rows = torch.from_numpy(np.stack([draw.integers(n, size=BATCH) for draw in draws]))
        kept = np.stack([draw.random((BATCH, width), dtype=np.float32) >= self.spec.corruption for draw in draws])
        x = self.x_pool[torch.arange(len(self.seeds))[:, None], rows]  # (S, B, F)
        self.coder.grad.zero_()
        rebuilt, _ = self.coder.forward(x * torch.from_numpy(kept))
        (F.mse_loss(rebuilt, x) * len(self.seeds)).backward()
        rate = self.spec.learning_rate
        update("adam", self.coder.flat, self.coder.grad, self.coder_buffers, self.steps_done + 1, rate, 0.0)

    @torch.no_grad()
    def _hand_over(self) -> None:
        """Give the encoder to the second and the third arm."""
        n = len(self.seeds)
        for layer in range(N_SHARED):
            for ours, theirs in ((self.nets.weights, self.coder.weights), (self.nets.biases, self.coder.biases)):
                ours[layer][n:] = theirs[layer].repeat(len(ARMS) - 1, 1, 1)

    def _classify_batch(self) -> None:
        """One update on all labelled samples, or on a batch of them where there are many."""
        done = self.steps_done - self.spec.pretrain_steps
        n = self.x_few.shape[1]
        draws = [np.random.default_rng([seed, 7, done]).permutation(n)[:BATCH] for seed in self.seeds]
        rows = torch.from_numpy(np.stack(draws))
        every = torch.arange(len(self.seeds))[:, None]
        x, y = (part[every, rows].repeat(len(ARMS), *(1,) * (part.dim() - 1)) for part in (self.x_few, self.y_few))
        self.nets.grad.zero_()
        logits, _ = self.nets.forward(x)  # (3S, B, K)
        (F.cross_entropy(logits.flatten(0, 1), y.flatten()) * len(logits)).backward()
        for layer in range(N_SHARED):
            for part in (self.nets.weights, self.nets.biases):
                part[layer].grad[2 * len(self.seeds) :] = 0  # type: ignore[index]
        update("adam", self.nets.flat, self.nets.grad, self.net_buffers, done + 1, self.spec.learning_rate, 0.0)

    def _picture(self, rebuilt: torch.Tensor) -> dict[str, np.ndarray]:
        """Test samples of the first seed, and as they come back from its autoencoder: pictures, or one signal."""
        if self.spec.pool == "mnist1d":
            shown = {"sent": self.x_test[0, 0].numpy()} if self.steps_done == 0 else {}
            return shown | {"rebuilt": rebuilt[0].numpy()}
        height, width, _ = self.task.shape
        pictures = (torch.cat([self.x_test[0, :N_SHOWN], rebuilt]).clamp(0, 1) * 255).to(torch.uint8)
        return {"pictures": pictures.view(-1, height, width).numpy()}


def pick_samples(y: np.ndarray, spec: Any, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows for the test, unlabelled rows (N,) and labelled rows among them (n,), as many of each class."""
    order = np.random.default_rng([seed, 0]).permutation(len(y))
    test, pool = order[: N_TEST[spec.pool]], order[N_TEST[spec.pool] :][: spec.n_unlabelled]
    fewest = min(spec.labels_per_class, int(np.bincount(y[pool], minlength=N_CLASSES).min()))
    few = [pool[y[pool] == label][:fewest] for label in range(N_CLASSES)]
    # all seeds need equally many: 100 samples may hold as few as one of a class, and then a copy stands in
    few = [np.resize(rows if len(rows) else pool[:1], spec.labels_per_class) for rows in few]
    return test, np.resize(pool, min(spec.n_unlabelled, len(y) - len(test))), np.concatenate(few)


def nearest_neighbour(x: torch.Tensor, y: torch.Tensor, x_test: torch.Tensor) -> torch.Tensor:
    """(m,) the label of the nearest labelled sample: what one can do without any training."""
    return y[torch.cdist(x_test, x).argmin(1)]


def band(name: str, values: torch.Tensor) -> dict[str, float]:
    """Mean, lowest and highest of one measure over the seeds."""
    return {name: float(values.mean()), f"{name}_low": float(values.min()), f"{name}_high": float(values.max())}
