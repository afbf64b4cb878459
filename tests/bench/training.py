"""Steps of the playground's network against the loop that tutorials teach."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from dlcore.advance import open_experiment
from dlcore.specs import PlaygroundSpec
from tests.bench.table import Row, alternate, cpu_microseconds, median, ratio

STEPS = 300
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
    ]


def make_tutorial_step() -> Callable[[], None]:
    """One step of the loop with DataLoader, nn.Sequential and torch.optim, on the same data."""
    experiment = open_experiment(SPEC)
    x, y = experiment.x_train[0], experiment.target_train[0]
    loader = DataLoader(TensorDataset(x, y), batch_size=SPEC.batch_size, shuffle=True)
    model = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 8), nn.Tanh(), nn.Linear(8, 1))
    optimizer = torch.optim.SGD(model.parameters(), lr=SPEC.learning_rate)
    loss_function = nn.BCEWithLogitsLoss()

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


def _timed(work: Callable[[], None], repeats: int = STEPS) -> Callable[[], float]:
    return lambda: cpu_microseconds(work, repeats)
