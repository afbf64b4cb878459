"""Steps of the playground's network, of a small CNN and of the 2-D GAN against the loops that tutorials teach."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from dlcore.advance import open_experiment
from dlcore.data.gan_sets import sample_gan_set
from dlcore.data.image_splits import make_image_split
from dlcore.data.memory_tasks import make_batch
from dlcore.specs import CnnSpec, GanLabSpec, MemoryLabSpec, PlaygroundSpec
from tests.bench.table import Row, alternate, cpu_microseconds, median, ratio

STEPS, RECURRENT_STEPS = 300, 30
SPEC = PlaygroundSpec(dataset="spiral", hidden_sizes=(8, 8), optimizer="sgd", n_steps=20000)


def measure(rounds: int) -> list[Row]:
    torch.set_num_threads(1)
    steps = {f"ours {n}": open_experiment(SPEC.replace(n_seeds=n)).step for n in (1, 8, 64)}
    contestants = {name: _timed(step) for name, step in {"tutorial": make_tutorial_step(), **steps}.items()}
    figures = alternate(rounds, contestants)
    aid = ", ".join(f"{name} {median(values):.0f} µs" for name, values in figures.items())
    return [
        Row(
            "MLP 2-8-8-1, batch 10, SGD: one model ÷ tutorial loop", ratio(figures, "ours 1", "tutorial"), 0.5, aid=aid
        ),
        Row("the same, 8 seeds at once ÷ one tutorial run", ratio(figures, "ours 8", "tutorial"), 1.0),
        Row("the same, 64 seeds at once ÷ one tutorial run", ratio(figures, "ours 64", "tutorial"), 2.0),
        _picture(rounds),
        _gan(rounds, "relu", nn.ReLU),
        _gan(rounds, "tanh", nn.Tanh),
        *(_recurrent(cell, rounds) for cell in ("gru", "lstm")),
        _cnn(rounds),
    ]


def make_tutorial_step() -> Callable[[], None]:
    """One step of the loop with DataLoader, nn.Sequential and torch.optim, on the same data."""
    experiment = open_experiment(SPEC)
    x, y = experiment.x_train[0], experiment.target_train[0]
    loader = DataLoader(TensorDataset(x, y), batch_size=SPEC.batch_size, shuffle=True)
    model = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 8), nn.Tanh(), nn.Linear(8, 1))
    optimizer = torch.optim.SGD(model.parameters(), lr=SPEC.learning_rate)
    return tutorial_loop(loader, model, optimizer, nn.BCEWithLogitsLoss())


def tutorial_loop(
    loader: DataLoader, model: nn.Module, optimizer: torch.optim.Optimizer, loss_function: nn.Module
) -> Callable[[], None]:
    """One step after the other, epoch after epoch."""

    def batches():
        while True:
            yield from loader

    endless = batches()

    def step() -> None:
        x_batch, y_batch = next(endless)
        optimizer.zero_grad()
        loss_function(model(x_batch), y_batch).backward()
        optimizer.step()

    return step


def make_recurrent_tutorial_step(spec: MemoryLabSpec) -> Callable[[], None]:
    """One step of the same loop for a recurrent layer and a readout; as many sequences as ours sees in 64 updates."""
    cell = {"gru": nn.GRU, "lstm": nn.LSTM}[spec.cells[0]]
    made = make_batch(spec.memory_task, 64 * spec.batch_size, spec.sequence_length, 0, 0)
    dataset = TensorDataset(torch.from_numpy(made.x), torch.from_numpy(made.y))
    loader = DataLoader(dataset, batch_size=spec.batch_size, shuffle=True)
    layer, readout = cell(made.x.shape[2], spec.n_units, batch_first=True), nn.Linear(spec.n_units, 1)
    parameters = [*layer.parameters(), *readout.parameters()]
    optimizer = torch.optim.Adam(parameters, lr=spec.learning_rate)

    def batches():
        while True:
            yield from loader

    endless = batches()

    def step() -> None:
        x, y = next(endless)
        optimizer.zero_grad()
        nn.functional.mse_loss(readout(layer(x)[0][:, -1])[:, 0], y).backward()
        nn.utils.clip_grad_norm_(parameters, spec.clip_norm)
        optimizer.step()

    return step


def _recurrent(cell: str, rounds: int) -> Row:
    """A step of the memory lab with one cell and one seed, new sequences included, in tutorial steps."""
    spec = MemoryLabSpec(cells=(cell,), n_units=64, sequence_length=32, batch_size=32, n_seeds=1)
    steps = {"ours": open_experiment(spec).step, "tutorial": make_recurrent_tutorial_step(spec)}
    figures = alternate(rounds, {name: _timed(step, RECURRENT_STEPS) for name, step in steps.items()})
    aid = ", ".join(f"{name} {median(values):.0f} µs" for name, values in figures.items())
    return Row(
        f"{cell.upper()} 64, 32×32, Adam, clipping ÷ tutorial loop", ratio(figures, "ours", "tutorial"), 0.92, aid=aid
    )


def _picture(rounds: int) -> Row:
    """An epoch, both losses, the surface and every unit's surface, in tutorial epochs."""
    experiment = open_experiment(SPEC)
    tutorial = make_tutorial_step()

    def ours() -> None:
        for _ in range(experiment.steps_per_epoch):
            experiment.step()
        experiment.observe()

    def epoch_alone() -> None:
        for _ in range(experiment.steps_per_epoch):
            tutorial()

    figures = alternate(rounds, {"ours": _timed(ours, 10), "tutorial epoch": _timed(epoch_alone, 10)})
    ours, bare = (median(figures[name]) / 1000 for name in ("ours", "tutorial epoch"))
    aid = f"ours {ours:.1f} ms, tutorial epoch without any picture {bare:.1f} ms"
    return Row(
        "one playground picture (epoch, losses, all surfaces) ÷ a bare tutorial epoch",
        ratio(figures, "ours", "tutorial epoch"),
        1.0,
        aid=aid,
    )


def _gan(rounds: int, activation: str, layer: type[nn.Module]) -> Row:
    """A round of the 2-D lab, one update of critic and generator; with tanh, its default, half the time goes there."""
    spec = GanLabSpec(activation=activation, n_steps=20000)
    figures = alternate(
        rounds, {"ours": _timed(open_experiment(spec).step), "tutorial": _timed(make_gan_tutorial_step(spec, layer))}
    )
    ours, theirs = (median(figures[name]) for name in ("ours", "tutorial"))
    aid = f"ours {ours:.0f} µs, tutorial {theirs:.0f} µs"
    what = f"2-D GAN 2-64-64, {activation}, batch 128, Adam: a round ÷ tutorial loop"
    return Row(what, ratio(figures, "ours", "tutorial"), 1 / 3, aid=aid)


def make_gan_tutorial_step(spec: GanLabSpec, layer: type[nn.Module]) -> Callable[[], None]:
    """One round as tutorials write it: two nn.Sequential, two Adams, the critic on real and made samples apart."""
    generator, critic = (
        nn.Sequential(nn.Linear(2, 64), layer(), nn.Linear(64, 64), layer(), nn.Linear(64, n_out)) for n_out in (2, 1)
    )
    betas = (spec.beta1, spec.beta2)
    generator_adam = torch.optim.Adam(generator.parameters(), lr=spec.learning_rate, betas=betas)
    critic_adam = torch.optim.Adam(critic.parameters(), lr=spec.learning_rate, betas=betas)
    loss_function = nn.BCEWithLogitsLoss()
    real_label, fake_label = torch.ones(spec.batch_size, 1), torch.zeros(spec.batch_size, 1)
    draw = np.random.default_rng(0)

    def step() -> None:
        real = torch.from_numpy(sample_gan_set(spec.dataset, spec.batch_size, draw))
        fake = generator(torch.randn(spec.batch_size, 2))
        critic_adam.zero_grad()
        loss = loss_function(critic(real), real_label) + loss_function(critic(fake.detach()), fake_label)
        loss.backward()
        critic_adam.step()
        generator_adam.zero_grad()
        loss_function(critic(generator(torch.randn(spec.batch_size, 2))), real_label).backward()
        generator_adam.step()

    return step


def _cnn(rounds: int) -> Row:
    """The default stack of the page CNN on the 8×8 digits, batch 64, Adam."""
    experiment = open_experiment(CnnSpec(n_steps=5000))
    contestants = {"ours": _timed(experiment.step, 100), "tutorial": _timed(make_tutorial_cnn_step(), 100)}
    figures = alternate(rounds, contestants)
    aid = ", ".join(f"{name} {median(values):.0f} µs" for name, values in figures.items())
    return Row("CNN 8×8, batch 64, Adam: one step ÷ tutorial loop", ratio(figures, "ours", "tutorial"), 0.75, aid=aid)


def make_tutorial_cnn_step() -> Callable[[], None]:
    """One step of the loop with DataLoader, nn.Sequential and torch.optim, on the same data with the same layers."""
    spec = CnnSpec()
    x, y, _, _ = map(torch.from_numpy, make_image_split(spec.image_set, spec.train_size, spec.test_size, 0))
    loader = DataLoader(TensorDataset((x - x.mean()) / x.std(), y), batch_size=spec.batch_size, shuffle=True)
    model = nn.Sequential(
        *(nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Flatten(), nn.Linear(128, 10)),
    )
    optimizer = torch.optim.Adam(model.parameters(), lr=spec.learning_rate)
    return tutorial_loop(loader, model, optimizer, nn.CrossEntropyLoss())


def _timed(work: Callable[[], None], repeats: int = STEPS) -> Callable[[], float]:
    return lambda: cpu_microseconds(work, repeats)
