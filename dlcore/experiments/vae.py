"""A variational autoencoder of 8×8 digits, and beside it the same network as a plain autoencoder."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import torch

from dlcore.data.digit_split import split_digits
from dlcore.functions.bands import spread
from dlcore.models.digit_judge import SURE, judge_digits, judge_record
from dlcore.models.digit_pictures import (
    FEW_LEVELS,
    SIDE,
    as_map,
    as_pictures,
    describe_picture,
    flat_digits,
    shown_digits,
)
from dlcore.models.reparameterise import bernoulli_loss, kl_to_standard_normal, pathwise_gradients, score_gradients
from dlcore.models.stacked_autoencoder import Batches, StackedAutoencoder, falling_rate, normal_numbers

N_JUDGED, N_TILES = 300, 10  # samples judged and shown
N_DRAWS = 2000  # of ε, for the spread of the two kinds of gradient
ACTIVE = 0.01  # a number of the code is in use when its mean varies more than this (Burda et al. 2016)
# Places of the grid: so that as many codes lie between any two of them as between the next two (Φ⁻¹ of 1/14, 3/14, …).
QUANTILES = (-1.4652, -0.7916, -0.3661, 0.0, 0.3661, 0.7916, 1.4652)
SAMPLE_SEED = 70


class Vae:
    """Letters in shapes: S seeds, 2S models (all VAEs, then their plain twins), B batch, N pictures, k code."""

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        self.seeds = tuple(spec.seed + i for i in range(spec.n_seeds))
        self.x, self.x_test = flat_digits()
        twins = self.seeds * 2
        self.model = StackedAutoencoder(64, spec.hidden_sizes, spec.bottleneck, spec.activation, twins, n_statistics=2)
        self.model.start_at(self.x.mean(0).clamp(1e-3, 1 - 1e-3).logit())
        self.batches = Batches(len(self.x), spec.batch_size, twins)
        self.is_vae = torch.tensor([1.0] * spec.n_seeds + [0.0] * spec.n_seeds)[:, None, None]

    def step(self) -> None:
        """One update: encode, draw z = μ + σ·ε (the twin: z = μ), decode; cross-entropy, and β KL for the VAE."""
        spec = self.spec
        x = self.x[self.batches.rows(self.steps_done)]  # (2S, B, 64)
        epsilon = normal_numbers(self.seeds, self.steps_done, (x.shape[1], spec.bottleneck)).repeat(2, 1, 1)
        mu, log_var = self._encode(x)
        z = mu + self.is_vae * (0.5 * log_var).exp() * epsilon
        reconstruction = bernoulli_loss(self.model.decode(z), x)  # (2S, B)
        kl = (self.is_vae * kl_to_standard_normal(mu, log_var)).sum(2)
        rate = falling_rate(spec.learning_rate, self.steps_done, spec.n_steps)
        self.steps_done += 1
        self.model.descend((reconstruction + spec.beta * kl).mean(1).sum(), self.steps_done, rate)

    @torch.no_grad()
    def observe(self) -> dict[str, Any]:
        """Both terms of the loss on the test digits, what a judge says of samples, the first seed's pictures."""
        n = len(self.seeds)
        mu, log_var = self._encode(self.x_test.expand(2 * n, -1, -1))
        epsilon = fixed_numbers(len(self.x_test), self.spec.bottleneck)
        outputs = self.model.decode(mu + self.is_vae * (0.5 * log_var).exp() * epsilon)  # logits
        reconstruction = bernoulli_loss(outputs, self.x_test).mean(1)
        kl = kl_to_standard_normal(mu[:n], log_var[:n]).mean(1)  # (S, k)
        observed: dict[str, Any] = spread("reconstruction", reconstruction[:n].tolist()) | spread(
            "kl", kl.sum(1).tolist()
        )
        observed |= spread("negative_elbo", (reconstruction[:n] + kl.sum(1)).tolist())
        observed |= spread("plain_reconstruction", reconstruction[n:].tolist()) | {"floor": ink_entropy()}
        observed["active"] = float((mu[0].var(0) > ACTIVE).sum())
        observed |= self._judged(mu) | {"real_confident": judge_record()["real_confident"], "real_distance": 1.0}
        observed["kl_units"] = kl[0].nan_to_num(0.0, 0.0, 0.0).numpy()
        observed["output"] = as_pictures(outputs[0, shown_digits()].sigmoid())
        if self.spec.bottleneck == 2:
            observed |= {"codes": as_map(mu[0]), "grid": self._grid()}
        return observed | (self._static() if self.steps_done == 0 else {})

    def state(self) -> dict[str, Any]:
        """All that an update changes; batches and ε follow from seed and step alone."""
        return self.model.state()

    def weights(self) -> dict[str, Any]:
        """Weights (2S, in, out) and biases (2S, 1, out), the VAEs first; the encoder says k means, then k log σ²."""
        return self.model.weights()

    def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        """`{"decode": [x, y]}`: the picture of this code, as the autoencoder answers it.

        `{"digit": d, "draw": i}`: the shown test digit d through the first seed's VAE with the draw number i of ε, in
        numbers, and both kinds of gradient over `N_DRAWS` draws.
        """
        if "decode" in question:
            return self._decoded([float(number) for number in question["decode"]])
        return self._one_draw(int(question["digit"]) % 10, int(question["draw"]))

    def _encode(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """μ and log σ², each (2S, B, k)."""
        mu, log_var = self.model.encode(x).split(self.spec.bottleneck, 2)
        return mu, log_var

    def _judged(self, mu: torch.Tensor) -> dict[str, Any]:
        """Samples of the VAEs from N(0, 1), of their twins from N(0, 1) and from a normal that fits their codes:
        the share that the judge is sure of, and how far they are from the nearest digit that was learnt from."""
        n = len(self.seeds)
        z = fixed_numbers(N_JUDGED, self.spec.bottleneck).expand(2 * n, -1, -1)
        drawn = self.model.decode(z).sigmoid().nan_to_num(0.0)
        fitted = self.model.decode(fit_normal(mu, z)).sigmoid().nan_to_num(0.0)[n:]
        kinds = {"": drawn[:n], "_plain": drawn[n:], "_fitted": fitted}
        observed: dict[str, Any] = {}
        for kind, images in kinds.items():
            observed |= spread(f"confident{kind}", [confident_share(one) for one in images])
            observed |= spread(f"distance{kind}", [nearest_distance(one) / real_distance() for one in images])
            observed[f"samples{kind}"] = as_pictures(images[0, :N_TILES], FEW_LEVELS)
        return observed

    def _grid(self) -> np.ndarray:
        """(49, 8, 8) pictures of codes on a grid, row by row from the top left."""
        ticks = torch.tensor(QUANTILES)
        z = torch.stack(torch.meshgrid(-ticks, ticks, indexing="ij"), 2).flatten(0, 1).flip(1)
        return as_pictures(self.model.decode(z.expand(2 * len(self.seeds), -1, -1))[0].sigmoid(), FEW_LEVELS)

    def _static(self) -> dict[str, np.ndarray]:
        """The ten digits shown, and what all test digits are."""
        return {"clean": as_pictures(self.x_test[shown_digits()]), "labels": split_digits().y_test.astype(np.uint8)}

    @torch.no_grad()
    def _decoded(self, asked: list[float]) -> dict[str, Any]:
        z = torch.zeros(self.spec.bottleneck)
        z[: len(asked)] = torch.tensor(asked[: len(z)])
        return describe_picture(self.model.decode(z.expand(2 * len(self.seeds), 1, -1))[0, 0].sigmoid())

    @torch.no_grad()
    def _one_draw(self, digit: int, draw: int) -> dict[str, Any]:
        """Every number on the way of one picture through the first VAE: arrays (k,), losses as floats."""
        x = self.x_test[shown_digits()[digit]]
        mu, log_var = (part[0, 0] for part in self._encode(x.expand(2 * len(self.seeds), 1, -1)))
        sigma = (0.5 * log_var).exp()
        epsilons = fixed_numbers(N_DRAWS, self.spec.bottleneck)
        one = epsilons[draw % N_DRAWS][None]
        loss = functools.partial(self._loss_of_code, x)
        d_mu, d_sigma = pathwise_gradients(loss, mu, sigma, one)
        z = mu + sigma * one[0]
        kl = kl_to_standard_normal(mu, log_var)
        numbers = {"mu": mu, "sigma": sigma, "epsilon": one[0], "z": z, "slope": d_mu[0], "slope_sigma": d_sigma[0]}
        numbers |= {"kl": kl, "kl_mu": mu, "kl_sigma": sigma - 1 / sigma} | gradient_spreads(loss, mu, sigma, epsilons)
        said: dict[str, Any] = {name: value.double().numpy() for name, value in numbers.items()}
        output = self.model.decode(z.expand(2 * len(self.seeds), 1, -1))[0, 0].sigmoid()
        said["pictures"] = as_pictures(torch.stack([x, output]))
        return said | {"reconstruction": float(loss(z[None])), "beta": self.spec.beta}

    def _loss_of_code(self, x: torch.Tensor, z: torch.Tensor) -> torch.Tensor:
        """(N,) −log p(x | z) of one picture (64,) under the first VAE's decoder, for codes (N, k)."""
        return bernoulli_loss(self.model.decode(z.expand(2 * len(self.seeds), -1, -1))[0], x)


def gradient_spreads(loss: Any, mu: torch.Tensor, sigma: torch.Tensor, epsilons: torch.Tensor) -> dict[str, Any]:
    """Mean and standard deviation (k,) over many draws of both kinds of gradient, for μ and for σ."""
    found: dict[str, torch.Tensor] = {}
    for kind, gradients in (("path", pathwise_gradients), ("score", score_gradients)):
        for name, values in zip(("mu", "sigma"), gradients(loss, mu, sigma, epsilons), strict=True):
            found |= {f"{kind}_mean_{name}": values.mean(0), f"{kind}_sd_{name}": values.std(0)}
    return found


def fit_normal(codes: torch.Tensor, z: torch.Tensor) -> torch.Tensor:
    """Standard normal numbers z (S, M, k) turned so that mean and covariance are those of the codes (S, N, k)."""
    mean = codes.mean(1, keepdim=True)
    centred = (codes - mean).nan_to_num(0.0, 0.0, 0.0)
    covariance = centred.transpose(1, 2) @ centred / codes.shape[1] + 1e-6 * torch.eye(codes.shape[2])
    return mean + z @ torch.linalg.cholesky_ex(covariance)[0].transpose(1, 2)


@functools.lru_cache(maxsize=8)
def fixed_numbers(n: int, k: int) -> torch.Tensor:
    """Standard normal numbers (n, k), the same at every step and for every seed."""
    return torch.from_numpy(np.random.default_rng([SAMPLE_SEED, n]).standard_normal((n, k), np.float32))


def confident_share(images: torch.Tensor) -> float:
    """The share of pictures (N, 64) that the judge confidently calls a digit."""
    return float((judge_digits(images.view(-1, SIDE, SIDE)).amax(1) >= SURE).float().mean())


def nearest_distance(images: torch.Tensor) -> float:
    """How far pictures (N, 64) are from the digit to learn from that is most like them, on average."""
    return float(torch.cdist(images, flat_digits()[0]).amin(1).mean())


@functools.lru_cache(maxsize=1)
def real_distance() -> float:
    """The same for the digits to test on."""
    return nearest_distance(flat_digits()[1])


@functools.lru_cache(maxsize=1)
def ink_entropy() -> float:
    """The least that the cross-entropy of the test digits can be: reached by an output equal to the picture."""
    x = flat_digits()[1]
    return float(-(torch.xlogy(x, x) + torch.xlogy(1 - x, 1 - x)).sum(1).mean())
