"""A DCGAN on 8×8 digits: a convolutional generator and critic, five losses, and a judge that counts what came out."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import torch

from dlcore.data.digit_split import split_digits
from dlcore.models.digit_judge import SURE, judge_digits, judge_record
from dlcore.models.flat_optimizers import make_buffers, update
from dlcore.models.gan_losses import (
    GAN_LOSSES,
    began_critic,
    convergence_measure,
    gradient_penalty,
    interpolate,
    next_balance,
    slopes,
)
from dlcore.models.image_gan import Autoencoder, Critic, Generator, draw_weights, running_stats
from dlcore.models.recurrent import flatten

N_JUDGED, N_TILES, N_REAL, N_COMPARED = 1000, 48, 16, 300
FOUND = 0.01  # a class counts as found when so large a share of the samples is confidently called it
CODE = 10  # numbers in the narrow place of BEGAN's autoencoder
N_WALK = 41
LEVELS = 16  # the digits have 17 levels of ink


class GanImages:
    """Letters in shapes: B batch, Z latent numbers, N judged samples."""

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        torch.manual_seed(spec.seed)  # torch.nn draws weights of its own; these are replaced below
        self.is_began = spec.gan_loss == "began"
        self.generator_net = Generator(spec.latent_size, spec.width, norm=True)
        self.critic = Autoencoder(CODE, spec.width) if self.is_began else Critic(spec.width, spec.critic_norm)
        draw_weights(self.generator_net, np.random.default_rng([spec.seed, 1, 0]))
        draw_weights(self.critic, np.random.default_rng([spec.seed, 1, 1]))
        self.g_flat, self.g_grad = flatten([self.generator_net])
        self.c_flat, self.c_grad = flatten([self.critic])
        self.g_buffers = make_buffers("adam", self.g_flat)
        self.c_buffers = make_buffers("adam", self.c_flat)
        self.balance = torch.zeros(1)  # BEGAN's k
        self.loss = GAN_LOSSES[spec.gan_loss]
        self.real = read_real()

    def step(self) -> None:
        """One round: the critic's updates on fresh batches, then the generator's one."""
        for turn in range(self.spec.critic_steps):
            real_mean = self._update_critic(self.steps_done * self.spec.critic_steps + turn)
        self.steps_done += 1
        fake_mean = self._update_generator()
        if self.is_began:
            spec = self.spec
            self.balance.copy_(next_balance(self.balance, real_mean, fake_mean, spec.gamma, spec.balance_rate))

    def observe(self) -> dict[str, Any]:
        """What the judge says of N samples from the same noise, both losses, the first samples as pictures."""
        images = self.sample(fixed_noise(self.spec.seed, self.spec.latent_size))
        y_proba = judge_digits(images)
        counts = torch.bincount(y_proba.argmax(1)[y_proba.amax(1) >= SURE], minlength=10)
        observed: dict[str, Any] = {
            "confident": float(counts.sum()) / len(images),
            "n_classes": float((counts >= FOUND * len(images)).sum()),
            "diversity": float(nearest_distances(images[:N_COMPARED]).mean()) / real_distance(),
            "real_diversity": 1.0,
            "tiles": to_levels(images[:N_TILES]),
            "classes": counts.to(torch.int16).numpy(),
        }
        observed |= self._losses(images[:N_COMPARED]) | judge_record()
        return observed | ({"real": to_levels(to_ink(self.real[:N_REAL]))} if self.steps_done == 0 else {})

    def state(self) -> dict[str, Any]:
        """All that a round changes; batches and z follow from seed and step alone."""
        named = {"generator": self.g_flat, "critic": self.c_flat, "balance": self.balance}
        named |= {f"generator_buffer{i}": buffer for i, buffer in enumerate(self.g_buffers)}
        named |= {f"critic_buffer{i}": buffer for i, buffer in enumerate(self.c_buffers)}
        for name, network in self._networks().items():
            named |= {f"{name}.{key}": value for key, value in running_stats(network).items()}
        return named

    def weights(self) -> dict[str, Any]:
        """Parameters and running statistics of both networks, as torch.nn names them."""
        return {
            f"{name}.{key}": value
            for name, network in self._networks().items()
            for key, value in network.state_dict().items()
        }

    def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        """`{"walk": [i, j]}`: images (41, 8, 8) from the z of tile i to that of tile j, and what the judge says.

        `labels` (41,) and `confidence` (41,); `nearest` (2, 8, 8) are the real digits nearest to both ends.
        """
        z = fixed_noise(self.spec.seed, self.spec.latent_size)
        start, end = (z[int(number) % N_TILES] for number in question["walk"])
        images = self.sample(slerp(start, end, N_WALK))
        confidence, labels = judge_digits(images).max(1)
        real = to_ink(self.real)
        nearest = torch.cdist(images[[0, -1]].flatten(1), real.flatten(1)).argmin(1)
        said = {"images": to_levels(images), "nearest": to_levels(real[nearest])}
        return said | {"labels": labels.numpy(), "confidence": confidence.numpy()}

    @torch.no_grad()
    def sample(self, z: torch.Tensor) -> torch.Tensor:
        """Images (N, 8, 8), ink from 0 to 1, with batch norm's running statistics: each depends on its z alone."""
        self.generator_net.eval()
        images = to_ink(self.generator_net(z))
        self.generator_net.train()
        return images

    def _networks(self) -> dict[str, Any]:
        return {"generator": self.generator_net, "critic": self.critic}

    def _update_critic(self, number: int) -> torch.Tensor:
        """The critic's update of this number on a new batch; returns its mean output on the real images."""
        spec = self.spec
        generator = np.random.default_rng([spec.seed, 2, number])
        real = self.real[torch.from_numpy(generator.integers(0, len(self.real), spec.batch_size))]
        with torch.no_grad():
            fake = self.generator_net(draw_noise(generator, spec.batch_size, spec.latent_size))
        self.c_grad.zero_()
        on_real, on_fake = self._outputs(real, fake)
        loss = self._critic_loss(on_real, on_fake)
        if spec.gan_loss == "wgan_gp":
            share = torch.from_numpy(generator.random((spec.batch_size, 1, 1, 1), np.float32))
            loss = loss + gradient_penalty(slopes(self.critic, interpolate(real, fake, share), 3), spec.slope_penalty)
        loss.backward()
        rate = spec.learning_rate * spec.rate_ratio
        update("adam", self.c_flat, self.c_grad, self.c_buffers, number + 1, rate, 0.0, (spec.beta1, spec.beta2))
        return on_real.detach().mean()

    def _update_generator(self) -> torch.Tensor:
        """The generator's update on fresh z; returns the critic's mean output on what it made of them."""
        spec = self.spec
        z = draw_noise(np.random.default_rng([spec.seed, 3, self.steps_done]), spec.batch_size, spec.latent_size)
        self.g_grad.zero_()
        self.critic.requires_grad_(False)
        on_fake = self.critic(self.generator_net(z))
        self.loss.generator(on_fake).backward()
        self.critic.requires_grad_(True)
        betas = (spec.beta1, spec.beta2)
        update("adam", self.g_flat, self.g_grad, self.g_buffers, self.steps_done, spec.learning_rate, 0.0, betas)
        return on_fake.detach().mean()

    def _outputs(self, real: torch.Tensor, fake: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """The critic's outputs on both; batch norm takes its statistics from each batch alone."""
        if self.spec.critic_norm:
            return self.critic(real), self.critic(fake)
        return self.critic(torch.cat([real, fake])).split([len(real), len(fake)])

    def _critic_loss(self, on_real: torch.Tensor, on_fake: torch.Tensor) -> torch.Tensor:
        if self.is_began:
            return began_critic(on_real, on_fake, self.balance).sum()
        return self.loss.critic(on_real, on_fake)

    @torch.no_grad()
    def _losses(self, images: torch.Tensor) -> dict[str, float]:
        """Both losses on as many real images as made ones, without penalty; what else the loss has to say."""
        self.critic.eval()
        on_real, on_fake = self._outputs(self.real[: len(images)], 2 * images[:, None] - 1)
        self.critic.train()
        observed = {"critic_loss": float(self._critic_loss(on_real, on_fake))}
        observed["generator_loss"] = float(self.loss.generator(on_fake))
        if self.is_began:
            observed["balance"] = float(self.balance)
            observed["convergence"] = float(convergence_measure(on_real.mean(), on_fake.mean(), self.spec.gamma))
        return observed


@functools.lru_cache(maxsize=1)
def read_real() -> torch.Tensor:
    """The 1,297 digits to learn from (N, 1, 8, 8) in −1…1, as tanh has it."""
    return 2 * torch.from_numpy(split_digits().x_train)[:, None] - 1


@functools.lru_cache(maxsize=8)
def fixed_noise(seed: int, latent_size: int) -> torch.Tensor:
    """z (N, Z) of the samples that are judged; the first of them are shown, from the same z at every step."""
    return draw_noise(np.random.default_rng([seed, 4]), N_JUDGED, latent_size)


def draw_noise(generator: np.random.Generator, n: int, latent_size: int) -> torch.Tensor:
    """z (n, Z), standard normal."""
    return torch.from_numpy(generator.standard_normal((n, latent_size), np.float32))


def slerp(start: torch.Tensor, end: torch.Tensor, n: int) -> torch.Tensor:
    """(n, Z) from `start` (Z,) to `end` along the sphere: a straight line would pass nearer to 0 than any z lies
    (White 2016, Sampling generative networks)."""
    t = torch.linspace(0, 1, n)[:, None]
    cosine = torch.dot(start, end) / (start.norm() * end.norm())
    angle = torch.acos(cosine.clamp(-1, 1))
    if angle < 1e-4:
        return start + t * (end - start)
    return (torch.sin((1 - t) * angle) * start + torch.sin(t * angle) * end) / torch.sin(angle)


def nearest_distances(images: torch.Tensor) -> torch.Tensor:
    """(N,) the distance of each image (N, 8, 8) to the one most like it among the others."""
    flat = images.flatten(1)
    distances = torch.cdist(flat, flat)
    return distances.fill_diagonal_(torch.inf).amin(1)


@functools.lru_cache(maxsize=1)
def real_distance() -> float:
    """The mean of `nearest_distances` of as many real digits."""
    return float(nearest_distances(to_ink(read_real()[:N_COMPARED])).mean())


def to_ink(images: torch.Tensor) -> torch.Tensor:
    """(N, 1, 8, 8) in −1…1 as (N, 8, 8) ink from 0 to 1."""
    return (images[:, 0] + 1) / 2


def to_levels(images: torch.Tensor) -> np.ndarray:
    """Ink from 0 to 1 as uint8 in 17 levels, as many as the real digits have."""
    return (images.nan_to_num(0.0).mul(LEVELS).round() * (255 / LEVELS)).to(torch.uint8).numpy()
