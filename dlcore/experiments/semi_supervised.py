"""Few labels: for each seed a semi-supervised GAN beside the same classifier alone, all seeds in batched steps."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import torch

from dlcore.data.digit_split import split_digits
from dlcore.models.flat_optimizers import make_buffers, update
from dlcore.models.gan_losses import GAN_LOSSES
from dlcore.models.semi_supervised import critic_output, feature_matching, labelled_loss
from dlcore.models.stacked_mlp import StackedMLP

N_CLASSES, SIDE = 10, 8
N_TILES, MAX_LABELLED = 20, 50  # pictures shown; labelled images in a batch
ADAM_BETAS = (0.5, 0.999)
GENERATOR_SEED = 10_000  # far from the classifiers' seeds
SIDES = ("gan", "alone")


class SemiSupervised:
    """Letters in shapes: S seeds, B batch, L labelled images in it, N images, K classes, Z latent numbers."""

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        self.seeds = tuple(spec.seed + i for i in range(spec.n_seeds))
        split = split_digits()
        self.x, self.x_test = (torch.from_numpy(x).flatten(1) for x in (split.x_train, split.x_test))  # (N, 64)
        self.y_test = torch.from_numpy(split.y_test)
        chosen = torch.from_numpy(np.stack([choose_labelled(seed, spec.n_labels) for seed in self.seeds]))
        self.x_labelled, self.y_labelled = self.x[chosen], torch.from_numpy(split.y_train)[chosen]  # (S, 10n, 64)
        sizes = (SIDE * SIDE, *spec.hidden_sizes, N_CLASSES)
        self.models = {name: StackedMLP(sizes, "relu", "he", self.seeds) for name in SIDES}
        drawn = tuple(GENERATOR_SEED + seed for seed in self.seeds)
        self.models["generator"] = StackedMLP((spec.latent_size, *spec.hidden_sizes, SIDE * SIDE), "relu", "he", drawn)
        self.buffers = {name: make_buffers("adam", model.flat) for name, model in self.models.items()}

    def step(self) -> None:
        """One update of the classifier alone, of the classifier that is a critic too, and of the generator."""
        self.draws = [np.random.default_rng([seed, 2, self.steps_done]) for seed in self.seeds]
        self.steps_done += 1
        x_labelled, y = self._labelled_batch()
        self._update_alone(x_labelled, y)
        real = self._real_batch()
        self._update_critic(x_labelled, y, real)
        self._update_generator(real)

    def observe(self) -> dict[str, Any]:
        """Test accuracy of both over the seeds, on how many seeds the GAN is ahead; the first seed's pictures."""
        logits = {name: self._test_logits(name) for name in SIDES}
        found = {name: self._accuracy(logits[name]) for name in SIDES}
        observed: dict[str, Any] = {}
        for name, values in found.items():
            observed |= band(f"accuracy_{name}", values)
        gains = found["gan"] - found["alone"]
        observed |= band("gain", gains) | {"n_better": float((gains > 0).sum()), "n_worse": float((gains < 0).sum())}
        observed["nothing"] = 0.0  # the line at which neither is ahead
        z = fixed_noise(self.seeds, self.spec.latent_size)
        with torch.no_grad():
            made = self._make(z)
            on_made = critic_output(self.models["gan"].forward(made)[0])
        on_real = critic_output(logits["gan"])
        observed |= {"d_real": float(on_real.sigmoid().mean()), "d_made": float(on_made.sigmoid().mean())}
        observed["made"] = to_bytes(made[0])
        return observed | (self._labels_shown() if self.steps_done == 0 else {})

    def state(self) -> dict[str, Any]:
        """All that an update changes; batches and noise follow from seeds and step alone."""
        named = {name: model.flat for name, model in self.models.items()}
        return named | {f"{name}_buffer{i}": b for name, kept in self.buffers.items() for i, b in enumerate(kept)}

    def weights(self) -> dict[str, Any]:
        """Weights (S, in, out) and biases (S, 1, out) of both classifiers and the generator, layer by layer."""
        named: dict[str, Any] = {}
        for name, model in self.models.items():
            named |= {f"{name}.layer{i}.weight": weight for i, weight in enumerate(model.weights)}
            named |= {f"{name}.layer{i}.bias": bias for i, bias in enumerate(model.biases)}
        return named

    def _update_alone(self, x: torch.Tensor, y: torch.Tensor) -> None:
        self.models["alone"].grad.zero_()
        labelled_loss(self.models["alone"].forward(x)[0], y).sum().backward()
        self._apply("alone")

    def _update_critic(self, x_labelled: torch.Tensor, y: torch.Tensor, real: torch.Tensor) -> None:
        """The labelled images' class, and real against made for images without one."""
        critic = self.models["gan"]
        with torch.no_grad():
            made = self._make(self._normal(self.spec.batch_size, self.spec.latent_size))
        critic.grad.zero_()
        labelled = labelled_loss(critic.forward(x_labelled)[0], y)
        pictures = torch.cat([self._blur(real), self._blur(made)], 1)
        on_real, on_made = critic_output(critic.forward(pictures)[0]).split(self.spec.batch_size, 1)
        unlabelled = GAN_LOSSES["non_saturating"].critic(on_real, on_made)
        (labelled + self.spec.unlabelled_weight * unlabelled).sum().backward()
        self._apply("gan")

    def _update_generator(self, real: torch.Tensor) -> None:
        critic, generator = self.models["gan"], self.models["generator"]
        made = self._make(self._normal(self.spec.batch_size, self.spec.latent_size))
        logits, hidden = critic.forward(made)
        if self.spec.matching == "features":
            with torch.no_grad():
                wanted = critic.forward(real)[1][-1]
            losses = feature_matching(wanted, hidden[-1])
        else:
            losses = GAN_LOSSES["non_saturating"].generator(critic_output(logits))
        generator.grad.zero_()
        losses.sum().backward()
        self._apply("generator")

    def _apply(self, name: str) -> None:
        model, spec = self.models[name], self.spec
        update("adam", model.flat, model.grad, self.buffers[name], self.steps_done, spec.learning_rate, 0.0, ADAM_BETAS)

    def _make(self, z: torch.Tensor) -> torch.Tensor:
        """(S, B, 64) made images, ink from 0 to 1, from z (S, B, Z)."""
        return self.models["generator"].forward(z)[0].sigmoid()

    def _labelled_batch(self) -> tuple[torch.Tensor, torch.Tensor]:
        """Each seed's labelled images (S, L, 64) with noise, and their digits (S, L)."""
        n = self.y_labelled.shape[1]
        rows = [draw.permutation(n)[:MAX_LABELLED] for draw in self.draws]
        index = torch.from_numpy(np.stack(rows))
        seeds = torch.arange(len(self.seeds))[:, None]
        return self._blur(self.x_labelled[seeds, index]), self.y_labelled[seeds, index]

    def _real_batch(self) -> torch.Tensor:
        """(S, B, 64) images whose digit nobody tells."""
        rows = [draw.integers(0, len(self.x), self.spec.batch_size) for draw in self.draws]
        return self.x[torch.from_numpy(np.stack(rows))]

    def _blur(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.spec.noise_on_images * self._normal(*x.shape[1:])

    def _normal(self, *shape: int) -> torch.Tensor:
        """(S, …) standard normal numbers, each seed's from its own generator."""
        return torch.from_numpy(np.stack([draw.standard_normal(shape, np.float32) for draw in self.draws]))

    @torch.no_grad()
    def _test_logits(self, name: str) -> torch.Tensor:
        """(S, N, K) what a classifier says of the test images."""
        return self.models[name].forward(self.x_test.expand(len(self.seeds), -1, -1))[0]

    def _accuracy(self, logits: torch.Tensor) -> np.ndarray:
        """(S,) the share of test images called rightly."""
        return (logits.argmax(2) == self.y_test).double().mean(1).numpy()

    def _labels_shown(self) -> dict[str, np.ndarray]:
        """The first seed's labelled images from 0 to 9, and from 0 to 9 once more if there are more."""
        shown = self.x_labelled[0].view(N_CLASSES, -1, SIDE * SIDE)[:, :2].transpose(0, 1).flatten(0, 1)
        return {"labelled": to_bytes(shown)}


@functools.lru_cache(maxsize=64)
def choose_labelled(seed: int, n_labels: int) -> np.ndarray:
    """(10 · n_labels,) which training images have a label: the first of each digit in an order drawn from `seed`.

    More labels keep the ones that fewer had.
    """
    y = split_digits().y_train
    order = np.random.default_rng([seed, 5]).permutation(len(y))
    return np.concatenate([order[y[order] == digit][:n_labels] for digit in range(N_CLASSES)])


@functools.lru_cache(maxsize=8)
def fixed_noise(seeds: tuple[int, ...], latent_size: int) -> torch.Tensor:
    """z (S, N, Z) of the images that are shown, the same at every step."""
    drawn = [np.random.default_rng([seed, 4]).standard_normal((N_TILES, latent_size), np.float32) for seed in seeds]
    return torch.from_numpy(np.stack(drawn))


def to_bytes(images: torch.Tensor) -> np.ndarray:
    """Ink (N, 64) from 0 to 1 as pictures (N, 8, 8) uint8."""
    return images.nan_to_num(0.0).mul(255).round().to(torch.uint8).view(-1, SIDE, SIDE).numpy()


def band(name: str, values: np.ndarray) -> dict[str, float]:
    """Median, lowest and highest of one measure over the seeds."""
    return {name: float(np.median(values)), f"{name}_low": float(values.min()), f"{name}_high": float(values.max())}
