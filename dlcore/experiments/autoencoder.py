"""Autoencoders of 8×8 digits, all seeds in one batched step, beside PCA on the same split."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import torch

from dlcore.data.digit_split import split_digits
from dlcore.functions.bands import spread
from dlcore.functions.principal_components import Principal, principal_components, squared_error, subspace_angle
from dlcore.models.digit_pictures import as_map, as_pictures, describe_picture, flat_digits, shown_digits
from dlcore.models.stacked_autoencoder import Batches, StackedAutoencoder, falling_rate, normal_numbers

NOISE_SEED = 60  # of the noise on the pictures that errors are measured on, the same for everybody
LEAST_EXCESS = 1e-5  # percent; single precision says no less


class Autoencoder:
    """Letters in shapes: S seeds, B batch, N pictures, k numbers of the code. Errors are Σ (x − x̂)² a picture."""

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        self.seeds = tuple(spec.seed + i for i in range(spec.n_seeds))
        self.clean = flat_digits()
        self.noisy = noisy_digits(spec.input_noise)
        self.model = StackedAutoencoder(
            64, spec.hidden_sizes, spec.bottleneck, spec.activation, self.seeds, spec.optimizer
        )
        self.model.start_at(self.clean[0].mean(0))
        self.batches = Batches(len(self.clean[0]), spec.batch_size, self.seeds)

    def step(self) -> None:
        """One update: noise on a batch, through the bottleneck, squared distance to the batch without noise."""
        spec = self.spec
        clean = self.clean[0][self.batches.rows(self.steps_done)]  # (S, B, 64)
        x = clean
        if spec.input_noise > 0:
            x = clean + spec.input_noise * normal_numbers(self.seeds, self.steps_done, tuple(clean.shape[1:]))
        rebuilt = self.model.decode(self.model.encode(x))
        loss = (rebuilt - clean).square().sum(2).mean(1).sum()
        rate = (
            falling_rate(spec.learning_rate, self.steps_done, spec.n_steps) if spec.rate_falls else spec.learning_rate
        )
        self.steps_done += 1
        self.model.descend(loss, self.steps_done, rate)

    @torch.no_grad()
    def observe(self) -> dict[str, Any]:
        """Errors over the seeds beside PCA's, the first seed's pictures and its map of the test digits."""
        spec = self.spec
        codes, rebuilt = zip(*(self._pass(x) for x in self.noisy), strict=True)
        train, test = (squared_error(x.numpy(), y.numpy()) for x, y in zip(self.clean, rebuilt, strict=True))
        pca = pca_errors(spec.bottleneck, spec.input_noise)
        observed: dict[str, Any] = spread("error", list(test)) | spread("train_error", list(train)) | pca
        observed |= spread("gain", list(100 * (1 - test / pca["pca_error"])))
        if spec.activation == "identity" and spec.input_noise == 0:
            excess = 100 * (train / pca["pca_train_error"] - 1)
            observed |= spread("excess", list(np.maximum(excess, LEAST_EXCESS))) | spread("angle", self._angles())
        observed["output"] = as_pictures(rebuilt[1][0, shown_digits()])
        if spec.bottleneck == 2:
            observed["codes"] = as_map(standardise(codes[1][0])[0])
        return observed | (self._static() if self.steps_done == 0 else {})

    def state(self) -> dict[str, Any]:
        """All that an update changes; batches and noise follow from seed and step alone."""
        return self.model.state()

    def weights(self) -> dict[str, Any]:
        """Weights (S, in, out) and biases (S, 1, out) of encoders and decoders, layer by layer."""
        return self.model.weights()

    @torch.no_grad()
    def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        """`{"decode": [x, y]}`: the picture that the first seed's decoder makes of a place in its map.

        `pictures` (2, 8, 8): this one and the training digit most like it; `label` and `confidence` of the judge.
        """
        codes, _ = self._pass(self.noisy[1])
        _, mean, scale = standardise(codes[0])
        place = torch.zeros(self.spec.bottleneck)
        asked = torch.tensor([float(number) for number in question["decode"]][: self.spec.bottleneck])
        place[: len(asked)] = asked
        z = (mean + scale * place).expand(len(self.seeds), 1, -1)
        return describe_picture(self.model.decode(z)[0, 0])

    def _pass(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Codes (S, N, k) and outputs (S, N, 64) for pictures (N, 64)."""
        codes = self.model.encode(x.expand(len(self.seeds), -1, -1))
        return codes, self.model.decode(codes)

    def _angles(self) -> list[float]:
        """Each seed's angle in degrees between what its linear decoder reaches and what PCA does."""
        reached = self.model.decoder.weights[0]
        for weight in self.model.decoder.weights[1:]:
            reached = reached @ weight  # (S, k, 64)
        directions = read_pca(self.spec.bottleneck).directions
        return [subspace_angle(rows, directions) for rows in reached.nan_to_num(0.0, 0.0, 0.0).numpy()]

    def _static(self) -> dict[str, np.ndarray]:
        """What no update changes: the ten pictures shown, what PCA makes of them, and PCA's own map."""
        shown = torch.from_numpy(shown_digits())
        pca = read_pca(self.spec.bottleneck)
        drawn = {"clean": as_pictures(self.clean[1][shown]), "labels": split_digits().y_test.astype(np.uint8)}
        drawn["pca_output"] = as_pictures(torch.from_numpy(pca.rebuild(self.noisy[1][shown].numpy())))
        if self.spec.input_noise > 0:
            drawn["noisy"] = as_pictures(self.noisy[1][shown])
        if self.spec.bottleneck == 2:
            drawn["pca_codes"] = as_map(standardise(torch.from_numpy(pca.codes(self.noisy[1].numpy())))[0])
        return drawn


def standardise(codes: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Codes (N, k) with mean 0 and standard deviation 1 along each axis, and the mean and deviation they had (k,)."""
    mean, scale = codes.mean(0), codes.std(0).clamp(min=1e-6)
    return (codes - mean) / scale, mean, scale


@functools.lru_cache(maxsize=4)
def noisy_digits(input_noise: float) -> tuple[torch.Tensor, torch.Tensor]:
    """The digits to learn from and to test on with one draw of Gaussian noise of this standard deviation."""
    generator = np.random.default_rng(NOISE_SEED)
    drawn = [torch.from_numpy(generator.standard_normal(x.shape, np.float32)) for x in flat_digits()]
    train, test = (x + input_noise * noise for x, noise in zip(flat_digits(), drawn, strict=True))
    return train, test


@functools.lru_cache(maxsize=8)
def read_pca(k: int) -> Principal:
    """PCA of the clean digits to learn from."""
    return principal_components(flat_digits()[0].double().numpy(), k)


@functools.lru_cache(maxsize=8)
def pca_errors(k: int, input_noise: float) -> dict[str, float]:
    """PCA's errors on the same pictures, and those of the mean picture and of doing nothing about the noise."""
    pca = read_pca(k)
    clean, noisy = ([x.double().numpy() for x in pair] for pair in (flat_digits(), noisy_digits(input_noise)))
    train, test = (float(squared_error(x, pca.rebuild(y))) for x, y in zip(clean, noisy, strict=True))
    found = {"pca_error": test, "pca_train_error": train, "mean_error": float(squared_error(clean[1], pca.mean))}
    return found | ({"noisy_error": float(squared_error(clean[1], noisy[1]))} if input_noise > 0 else {})
