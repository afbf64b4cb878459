"""Forecasting: a recurrent network learns to say the next value of a series; three baselines do it without learning."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import torch
from torch import nn

from dlcore.data.series import make_forecasting
from dlcore.functions.bands import spread
from dlcore.functions.forecasting import fit_autoregression, persist, rms, run_freely
from dlcore.models.ensemble import Ensemble
from dlcore.models.recurrent import Recurrent

N_FREE = 44  # values that a free run says, at most: four cycles of the sun
LARGEST_ERROR = 1e8  # errors beyond are told as this


class Forecast:
    """One network a seed, all on the same windows; letters in shapes as in `dlcore.data.series`, B batch, S seeds.

    One step ahead, each forecast is made from true values. A free run knows none after the end of the past: it goes on
    from its own forecasts.
    """

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        self.problem = make_forecasting(spec)
        seeds = range(spec.seed, spec.seed + spec.n_seeds)
        self.models = [Recurrent(spec.cell, 1, spec.n_units, 1, seed) for seed in seeds]
        self.ensemble = Ensemble(self.models, seeds)
        self.train = torch.tensor(self.problem.train, dtype=torch.float32)[..., None]  # (W, L + 1, 1)

    def step(self) -> None:
        """One update of every network."""
        self.steps_done += 1
        self.ensemble.step(self.loss, self.steps_done, self.spec.learning_rate)

    def loss(self, number: int, model: nn.Module) -> torch.Tensor:
        """The mean square of what is said after each value in the second half of a window, over B windows."""
        generator = np.random.default_rng([self.ensemble.seeds[number], 2, self.steps_done])
        rows = generator.integers(len(self.train), size=min(self.spec.batch_size, len(self.train)))
        windows = self.train[torch.from_numpy(rows)]
        half = (windows.shape[1] - 1) // 2
        said = model(windows[:, :-1])[0]
        return ((said - windows[:, 1:])[:, half:] ** 2).mean()

    def observe(self) -> dict[str, Any]:
        """Errors on the test part, one step and one season ahead, beside the baselines'; one network's curves."""
        problem = self.problem
        observed: dict[str, Any] = {"train_loss": float(self.ensemble.losses.median())}
        ahead = [self.say(model, problem.origins, problem.horizon) for model in self.models]
        single = [self.say(model, problem.test_times, 1)[:, 0] for model in self.models]
        truth, path = problem.series.values[problem.test_times], problem.ahead(problem.origins, problem.horizon)
        observed |= spread("one_step", [measure(said - truth) for said in single])
        observed |= spread("season_ahead", [measure(said - path) for said in ahead])
        for name, (next_said, path_said, _) in self.baselines.items():
            observed[f"one_step_{name}"] = measure(next_said - truth)
            observed[f"season_ahead_{name}"] = measure(path_said - path)
        observed |= {"said": self.drawn(single[0]), "by_horizon": self.drawn(rms(ahead[0] - path, axis=0))}
        observed["free"] = self.drawn(self.free(self.models[0]))
        return observed if self.steps_done else observed | self._static(truth, path)

    def state(self) -> dict[str, Any]:
        return self.ensemble.state()

    def weights(self) -> dict[str, Any]:
        """Every network's parameters, each name after its seed, and what the series was scaled with."""
        return {**self.ensemble.weights(), "scale": np.array([self.problem.mean, self.problem.deviation])}

    @torch.no_grad()
    def say(self, model: Recurrent, origins: np.ndarray, n_steps: int) -> np.ndarray:
        """Forecasts (…, H) from `origins` on, in the series' unit; all but the first are made from those before."""
        said, _, state = model(torch.tensor(self.problem.before(origins), dtype=torch.float32)[..., None])
        forecasts = [said[:, -1:]]
        for _ in range(n_steps - 1):
            said, _, state = model(forecasts[-1], state)
            forecasts.append(said)
        z = torch.cat(forecasts, 1)[..., 0].double().numpy()
        return self.problem.to_values(z, origins)

    def free(self, model: Recurrent) -> np.ndarray:
        """The run from the end of the past (N_FREE or M,)."""
        return self.say(model, self.problem.test_times[:1], self.n_free)[0]

    @property
    def n_free(self) -> int:
        return min(N_FREE, len(self.problem.test_times))

    @functools.cached_property
    def baselines(self) -> dict[str, tuple[np.ndarray, np.ndarray, np.ndarray]]:
        """By name: one step ahead (M,), one season ahead (M − H + 1, H), the free run."""
        problem, values = self.problem, self.problem.series.values
        named = {}
        for name, season in (("persistence", 1), ("seasonal", problem.series.season)):
            known = min(season, problem.n_train)
            named[name] = tuple(persist(values, origins, n_steps, known) for origins, n_steps in self._questions())
        fitted = fit_autoregression(problem.train)
        named["autoregression"] = tuple(
            problem.to_values(run_freely(fitted.predict, problem.before(origins), n_steps), origins)
            for origins, n_steps in self._questions()
        )
        return {name: (one[:, 0], path, free[0]) for name, (one, path, free) in named.items()}

    def _questions(self) -> tuple[tuple[np.ndarray, int], ...]:
        """From where and how far: one step ahead, one season ahead, freely."""
        times = self.problem.test_times
        return (times, 1), (self.problem.origins, self.problem.horizon), (times[:1], self.n_free)

    def drawn(self, values: np.ndarray) -> np.ndarray:
        """Values as a picture can show them."""
        return np.clip(values, -LARGEST_ERROR, LARGEST_ERROR)

    def _static(self, truth: np.ndarray, path: np.ndarray) -> dict[str, Any]:
        static: dict[str, Any] = {"truth": truth, "free_truth": truth[: self.n_free]}
        for name, (next_said, path_said, free) in self.baselines.items():
            static |= {
                f"said_{name}": next_said,
                f"free_{name}": self.drawn(free),
                f"by_horizon_{name}": self.drawn(rms(path_said - path, axis=0)),
            }
        return static


def measure(errors: np.ndarray) -> float:
    """The root mean square error, LARGEST_ERROR at most."""
    with np.errstate(over="ignore"):
        return min(float(rms(errors)), LARGEST_ERROR)
