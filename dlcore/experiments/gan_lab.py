"""The 2-D lab of the page GAN: S generators against S critics, one update at a time or a round at a time."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import torch

from dlcore.data.gan_sets import EXTENT, SIGMA, mode_centres, sample_gan_set, support
from dlcore.experiments.playground import band
from dlcore.models.critics import INIT, ErrorCritic, NumberCritic
from dlcore.models.flat_optimizers import make_buffers, update
from dlcore.models.gan_losses import (
    GAN_LOSSES,
    clip_weights,
    convergence_measure,
    gradient_penalty,
    interpolate,
    next_balance,
    slopes,
)
from dlcore.models.mlp_by_hand import run_backward, run_forward
from dlcore.models.sample_quality import coverage, energy_distance, spread, wasserstein_distance
from dlcore.models.stacked_mlp import StackedMLP

BLOCK = 64  # batches are drawn so many at a time
N_EVAL, N_DRAWN, N_ARROWS, N_EXACT = 512, 320, 96, 128  # samples: measured, drawn, with an arrow, for W₁
N_FLOOR = 20  # pairs of real sets that give the floor of the divergence
GRID, MESH, MESH_EDGE = 36, 17, 2.0  # cells of the surface; lines of the grid over z, which reaches ±MESH_EDGE
N_BINS, WEIGHT_EDGE, SLOPE_EDGE = 41, 1.5, 2.5
GRADIENT_DECADES = (-4.0, 2.0)
FULL = 32767
CRITIC, GENERATOR, ROUND = 1, 2, 3  # what the last step was
COUNTS = ("critic_updates", "generator_updates", "place", "phase")


class GanLab:
    """Letters in shapes: S seeds, B batch, Z latent numbers, N evaluated samples.

    `counts`: updates of the critic and of the generator, place in the round, what the last step was. `k` (S,) is
    BEGAN's balance.
    """

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        self.seeds = tuple(spec.seed + i for i in range(spec.n_seeds))
        self.loss = GAN_LOSSES[spec.gan_loss]
        sizes = (spec.latent_size, *spec.generator_sizes, 2)
        self.generator_net = StackedMLP(sizes, spec.activation, INIT[spec.activation], self.seeds)
        self.critic = (
            ErrorCritic(spec.critic_sizes, spec.code_size, spec.activation, self.seeds)
            if spec.gan_loss == "began"
            else NumberCritic(spec.critic_sizes, spec.activation, self.seeds)
        )
        self.generator_buffers = make_buffers(spec.optimizer, self.generator_net.flat)
        self.critic_buffers = make_buffers(spec.optimizer, self.critic.model.flat)
        self.counts = np.zeros(4, np.int64)
        self.k = torch.zeros(spec.n_seeds)
        self.blocks: dict[str, Any] = {}

    # --- training

    def step(self) -> None:
        """One round, or in slow motion one update of it."""
        plan = self._plan()
        for _ in range(1 if self.spec.slow_motion else len(plan)):
            self.counts[2] %= len(plan)
            side = plan[self.counts[2]]
            self._update_critic() if side == CRITIC else self._update_generator()
            self.counts[2] += 1
        self.counts[2] %= len(plan)
        self.counts[3] = side if self.spec.slow_motion else ROUND
        self.steps_done += 1

    def _plan(self) -> list[int]:
        """Whose turn it is in one round, in order."""
        critic, generator = [CRITIC] * self.spec.critic_steps, [GENERATOR]
        return {0: critic + generator, 1: critic, 2: generator}[int(self.spec.turns)]

    def _update_critic(self) -> None:
        """One update on a real and a made batch, both in one pass."""
        spec, model = self.spec, self.critic.model
        real, z, share = self._batch("critic", int(self.counts[0]))
        fake, _ = run_forward(self.generator_net, z)
        scores = self.critic.score(torch.cat([real, fake], 1))
        real_scores, fake_scores = scores[:, : spec.batch_size], scores[:, spec.batch_size :]
        self.critic.back(torch.cat(self._critic_gradient(real_scores, fake_scores), 1), into_weights=True)
        if spec.gan_loss == "wgan_gp":
            found = slopes(self.critic.differentiable, interpolate(real, fake, share))
            gradient_penalty(found, spec.slope_penalty).sum().backward()
        self._optimize(model, self.critic_buffers, int(self.counts[0]) + 1, spec.learning_rate * spec.rate_ratio)
        if spec.gan_loss == "wgan_clip":
            clip_weights(model.flat, spec.weight_limit)
        if spec.gan_loss == "began":
            errors = real_scores.mean(1), fake_scores.mean(1)
            self.k.copy_(next_balance(self.k, *errors, spec.gamma, spec.balance_rate))
        self.counts[0] += 1

    def _critic_gradient(self, real: torch.Tensor, fake: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        known = {"k": self.k} if self.spec.gan_loss == "began" else {}
        return self.loss.critic_gradient(real, fake, **known)

    def _update_generator(self) -> None:
        """One update: the critic's slope at the made samples, handed on to the generator's weights."""
        (z,) = self._batch("generator", int(self.counts[1]))
        fake, layers = run_forward(self.generator_net, z)
        gradient = self.loss.generator_gradient(self.critic.score(fake))
        run_backward(self.generator_net, layers, self.critic.back(gradient, into_weights=False))
        self._optimize(self.generator_net, self.generator_buffers, int(self.counts[1]) + 1, self.spec.learning_rate)
        self.counts[1] += 1

    def _optimize(self, model: StackedMLP, buffers: list[torch.Tensor], step: int, rate: float) -> None:
        spec = self.spec
        update(spec.optimizer, model.flat, model.grad, buffers, step, rate, 0.0, (spec.beta1, spec.beta2))

    def _batch(self, side: str, number: int) -> list[torch.Tensor]:
        """The batch of an update: real samples, z and shares for the critic; z for the generator; each (S, B, …)."""
        block, place = divmod(number, BLOCK)
        if self.blocks.get(side, (None,))[0] != block:
            drawn = [self._draw(side, seed, block) for seed in self.seeds]
            self.blocks[side] = block, [torch.from_numpy(np.stack(parts, 1)) for parts in zip(*drawn, strict=True)]
        return [part[place] for part in self.blocks[side][1]]

    def _draw(self, side: str, seed: int, block: int) -> list[np.ndarray]:
        """A block of batches (BLOCK, B, …) of one seed."""
        spec, shape = self.spec, (BLOCK, self.spec.batch_size)
        generator = np.random.default_rng([seed, 2 if side == "critic" else 3, block])
        z = generator.standard_normal((*shape, spec.latent_size), dtype=np.float32)
        if side == "generator":
            return [z]
        real = sample_gan_set(spec.dataset, shape[0] * shape[1], generator, spec.points).reshape(*shape, 2)
        return [real, z, generator.random((*shape, 1), dtype=np.float32)]

    # --- what is shown

    def observe(self) -> dict[str, Any]:
        """Measures on samples that stay the same through the run; the pictures of one pair, or the band of several."""
        scene = make_scene(self.spec.dataset, self.spec.points, self.seeds, self.spec.latent_size)
        fake, _ = run_forward(self.generator_net, scene["z"])
        measures = self._losses(scene["real"], fake) | self._quality(scene, fake)
        known = {"n_modes": float(len(scene["modes"])), "floor": scene["floor"], "floor_high": scene["floor_high"]}
        if len(self.seeds) > 1:
            bands = [band(name, values.numpy()) for name, values in measures.items()]
            return {name: value for part in bands for name, value in part.items()} | known
        observed: dict[str, Any] = {name: float(values[0]) for name, values in measures.items()} | known
        observed |= dict(
            zip(("critic_updates", "generator_updates", "place", "phase"), map(int, self.counts), strict=True)
        )
        observed |= self._pictures(scene, fake)
        return observed | (self._static(scene) if self.steps_done == 0 else {})

    def state(self) -> dict[str, Any]:
        """All that an update changes; batches follow from the seed and the counts."""
        state: dict[str, Any] = {"generator": self.generator_net.flat, "critic": self.critic.model.flat}
        state |= {"counts": self.counts, "k": self.k}
        state |= {f"generator_buffer{i}": buffer for i, buffer in enumerate(self.generator_buffers)}
        return state | {f"critic_buffer{i}": buffer for i, buffer in enumerate(self.critic_buffers)}

    def weights(self) -> dict[str, Any]:
        """Weights (S, in, out) and biases (S, 1, out) by layer, of both networks."""
        named: dict[str, Any] = {}
        for name, model in (("generator", self.generator_net), ("critic", self.critic.model)):
            named |= {f"{name}.layer{i}.weight": weight for i, weight in enumerate(model.weights)}
            named |= {f"{name}.layer{i}.bias": bias for i, bias in enumerate(model.biases)}
        return named

    @torch.no_grad()
    def _losses(self, real: torch.Tensor, fake: torch.Tensor) -> dict[str, torch.Tensor]:
        """(S,) each: both losses, the gradient at the samples, and what belongs to this loss alone."""
        spec = self.spec
        fake_scores = self.critic.score(fake)
        gradient = self.critic.back(self.loss.generator_gradient(fake_scores) * N_EVAL, into_weights=False)
        real_scores = self.critic.score(real)
        known = {"k": self.k} if spec.gan_loss == "began" else {}
        self.gradient = gradient  # (S, N, 2) of each sample's own loss
        measures = {
            "critic_loss": self.loss.critic(real_scores, fake_scores, **known),
            "generator_loss": self.loss.generator(fake_scores),
            "gradient_size": gradient.norm(dim=-1).median(1).values,
        }
        if spec.gan_loss == "began":
            errors = real_scores.mean(1), fake_scores.mean(1)
            measures |= {"k": self.k, "m": convergence_measure(*errors, spec.gamma)}
        if spec.gan_loss.startswith("wgan"):
            measures["estimate"] = real_scores.mean(1) - fake_scores.mean(1)
        return measures

    def _quality(self, scene: dict[str, Any], fake: torch.Tensor) -> dict[str, torch.Tensor]:
        """(S,) each: modes covered, shares of modes and of good samples, divergence; with WGAN the true distance."""
        rows = [measure_samples(self.spec, scene, number, made) for number, made in enumerate(fake)]
        return {name: torch.tensor([row[name] for row in rows]) for name in rows[0]}

    def _pictures(self, scene: dict[str, Any], fake: torch.Tensor) -> dict[str, np.ndarray]:
        """Samples, arrows, the warped grid, the critic's surface and the histograms of the first pair."""
        drawn = to_int16(fake[0, :N_DRAWN] / (2 * EXTENT))
        pictures: dict[str, np.ndarray] = {"samples": drawn, "arrows": self._arrows()}
        mesh, _ = run_forward(self.generator_net, make_mesh(self.spec.latent_size).expand(len(self.seeds), -1, -1))
        pictures["mesh"] = to_int16(mesh[0] / (2 * EXTENT)).reshape(-1, MESH, 2)
        pictures["surface"] = self._surface()
        edge = 1.25 * self.spec.weight_limit if self.spec.gan_loss == "wgan_clip" else WEIGHT_EDGE
        pictures["weight_counts"] = histogram(self.critic.model.flat, -edge, edge)
        sizes = self.gradient[0].norm(dim=-1).clamp_min(1e-12).log10()
        pictures["gradient_counts"] = histogram(sizes, *GRADIENT_DECADES)
        if self.spec.gan_loss.startswith("wgan"):
            between = interpolate(scene["real"], fake, scene["share"])
            found = slopes(self.critic.differentiable, between).detach()
            pictures["slope_counts"] = histogram(found[0], 0.0, SLOPE_EDGE)
        return pictures

    def _arrows(self) -> np.ndarray:
        """(N_ARROWS, 2) where each sample is pushed: −∂ℓ/∂x, its length g drawn as tanh(√g / 2)."""
        gradient = self.gradient[0, :N_ARROWS].nan_to_num(0.0)
        size = gradient.norm(dim=-1, keepdim=True)
        return to_int16(-gradient / size.clamp_min(1e-12) * torch.tanh(size.sqrt() / 2))

    @torch.no_grad()
    def _surface(self) -> np.ndarray:
        """(GRID, GRID) what the critic says, row 0 at the bottom: 127 "real", −127 "made"."""
        scores = self.critic.score(make_grid().expand(len(self.seeds), -1, -1))[0].nan_to_num(0.0)
        if self.spec.gan_loss in ("minimax", "non_saturating"):
            signed = torch.tanh(scores / 2)  # 2 D − 1
        elif self.spec.gan_loss == "least_squares":
            signed = 2 * scores - 1
        else:
            centred = scores - scores.mean()
            signed = centred / centred.abs().max().clamp_min(1e-12)
            signed = -signed if self.spec.gan_loss == "began" else signed
        return (signed.clamp(-1, 1) * 127).round().to(torch.int8).numpy().reshape(GRID, GRID)

    def _static(self, scene: dict[str, Any]) -> dict[str, np.ndarray]:
        """The real samples, which no update changes."""
        real = to_int16(scene["real"][0, :N_DRAWN] / (2 * EXTENT))
        nothing = np.zeros(N_DRAWN, np.uint8)
        return {"real": real, "real_label": nothing + 1, "sample_label": nothing}


@functools.lru_cache(maxsize=16)
def make_scene(dataset: str, points: tuple, seeds: tuple[int, ...], latent_size: int) -> dict[str, Any]:
    """What every frame is measured with: real samples and z (S, N, …), shares, modes, support, the divergence's floor.

    The floor is the same divergence between sets of real samples of the same size: the median and the largest of
    N_FLOOR pairs.
    """
    drawn = []
    for seed in seeds:
        generator = np.random.default_rng([seed, 4])
        real = sample_gan_set(dataset, N_EVAL, generator, points)
        z = generator.standard_normal((N_EVAL, latent_size), dtype=np.float32)
        drawn.append((real, z, generator.random((N_EVAL, 1), dtype=np.float32)))
    stacked = [torch.from_numpy(np.stack(parts)) for parts in zip(*drawn, strict=True)]  # (S, N, …) each
    generator = np.random.default_rng([seeds[0], 5])
    others = [torch.from_numpy(sample_gan_set(dataset, N_EVAL, generator, points)) for _ in range(N_FLOOR)]
    spreads = [spread(real) for real in stacked[0]]
    floors = [energy_distance(other, stacked[0][0], spreads[0]) for other in others]
    modes, places = (torch.from_numpy(make(dataset, points).astype(np.float32)) for make in (mode_centres, support))
    known = {"floor": float(np.median(floors)), "floor_high": max(floors), "spreads": spreads}
    return {**dict(zip(("real", "z", "share"), stacked, strict=True)), "modes": modes, "support": places, **known}


def measure_samples(spec: Any, scene: dict[str, Any], number: int, made: torch.Tensor) -> dict[str, float]:
    """The numbers of one seed's made samples (N, 2)."""
    real = scene["real"][number]
    covered, is_good = coverage(made, scene["modes"], scene["support"], 3 * SIGMA[spec.dataset])
    measures = {
        "modes": float(covered.sum()),
        "coverage": float(covered.float().mean()),
        "high_quality": float(is_good.float().mean()),
        "divergence": energy_distance(made, real, scene["spreads"][number]),
    }
    if spec.gan_loss.startswith("wgan") and spec.n_seeds == 1:
        measures["wasserstein"] = wasserstein_distance(real[:N_EXACT], made[:N_EXACT])
    return measures


@functools.lru_cache(maxsize=2)
def make_grid() -> torch.Tensor:
    """(1, GRID², 2) the cells' centres, row by row from the bottom left."""
    centres = EXTENT * ((2 * torch.arange(GRID) + 1) / GRID - 1)
    return torch.stack(torch.meshgrid(centres, centres, indexing="xy"), -1).reshape(1, -1, 2)


@functools.lru_cache(maxsize=8)
def make_mesh(latent_size: int) -> torch.Tensor:
    """(1, MESH², Z) a square grid over the first two latent numbers, the others 0; (1, MESH, 1) for a single one."""
    places = torch.linspace(-MESH_EDGE, MESH_EDGE, MESH)
    if latent_size == 1:
        return places.reshape(1, MESH, 1)
    flat = torch.stack(torch.meshgrid(places, places, indexing="xy"), -1).reshape(1, -1, 2)
    return torch.cat([flat, torch.zeros(1, MESH * MESH, latent_size - 2)], 2)


def histogram(values: torch.Tensor, low: float, high: float) -> np.ndarray:
    """(N_BINS,) counts; what lies outside is in the outermost bins."""
    bins = ((values.detach().nan_to_num(0.0) - low) / (high - low) * N_BINS).floor().clamp(0, N_BINS - 1)
    return torch.bincount(bins.flatten().long(), minlength=N_BINS).numpy().astype(np.int32)


def to_int16(values: torch.Tensor) -> np.ndarray:
    """−1…1 as −32767…32767, whatever blew up."""
    return (values.nan_to_num(0.0).clamp(-1, 1) * FULL).round().to(torch.int16).numpy()
