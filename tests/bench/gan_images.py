"""A round of the image GAN against the loop that DCGAN tutorials teach: loader, two backward passes, `.item()`."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from dlcore.advance import open_experiment
from dlcore.specs import GanImagesSpec
from tests.bench.table import Row, alternate, cpu_microseconds, median, ratio

ROUNDS_EACH = 20
SPEC = GanImagesSpec()
WIDTH, LATENT = SPEC.width, SPEC.latent_size


def measure(rounds: int) -> list[Row]:
    torch.set_num_threads(1)
    steps = {"ours": open_experiment(SPEC).step, "tutorial": make_tutorial_step()}
    contestants = {name: _timed(step) for name, step in steps.items()}
    figures = alternate(rounds, contestants)
    aid = ", ".join(f"{name} {median(values) / 1000:.1f} ms" for name, values in figures.items())
    return [Row("DCGAN 8×8, batch 64, Adam: a round ÷ tutorial loop", ratio(figures, "ours", "tutorial"), 1.0, aid=aid)]


def make_tutorial_step() -> Callable[[], None]:
    """The same networks from nn.Sequential, nn.BCELoss after a sigmoid, torch.optim.Adam, losses read every step."""
    generator = nn.Sequential(
        nn.ConvTranspose2d(LATENT, 2 * WIDTH, 2),
        nn.BatchNorm2d(2 * WIDTH),
        nn.ReLU(True),
        nn.ConvTranspose2d(2 * WIDTH, WIDTH, 4, 2, 1),
        nn.BatchNorm2d(WIDTH),
        nn.ReLU(True),
        nn.ConvTranspose2d(WIDTH, 1, 4, 2, 1),
        nn.Tanh(),
    )
    critic = nn.Sequential(
        nn.Conv2d(1, WIDTH, 4, 2, 1),
        nn.LeakyReLU(0.2, True),
        nn.Conv2d(WIDTH, 2 * WIDTH, 4, 2, 1),
        nn.BatchNorm2d(2 * WIDTH),
        nn.LeakyReLU(0.2, True),
        nn.Conv2d(2 * WIDTH, 1, 2),
        nn.Sigmoid(),
    )
    options = {"lr": SPEC.learning_rate, "betas": (SPEC.beta1, SPEC.beta2)}
    g_optimizer = torch.optim.Adam(generator.parameters(), **options)  # type: ignore[arg-type]
    c_optimizer = torch.optim.Adam(critic.parameters(), **options)  # type: ignore[arg-type]
    loss_function = nn.BCELoss()
    data = TensorDataset(open_experiment(SPEC).real)
    loader = DataLoader(data, batch_size=SPEC.batch_size, shuffle=True, drop_last=True)
    losses: list[float] = []

    def batches():
        while True:
            yield from loader

    endless = batches()

    def step() -> None:
        (real,) = next(endless)
        critic.zero_grad()
        label = torch.full((len(real),), 1.0)
        on_real = loss_function(critic(real).view(-1), label)
        on_real.backward()
        fake = generator(torch.randn(len(real), LATENT, 1, 1))
        label.fill_(0.0)
        on_fake = loss_function(critic(fake.detach()).view(-1), label)
        on_fake.backward()
        c_optimizer.step()
        generator.zero_grad()
        label.fill_(1.0)
        fooled = loss_function(critic(fake).view(-1), label)
        fooled.backward()
        g_optimizer.step()
        losses.append((on_real + on_fake).item() + fooled.item())

    return step


def _timed(step: Callable[[], None]) -> Callable[[], float]:
    return lambda: cpu_microseconds(step, ROUNDS_EACH)
