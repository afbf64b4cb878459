"""Forecasting: a recurrent network learns to say the next value of a series; three baselines do it without learning."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import torch

from dlcore.data.series import Forecasting, make_forecasting
from dlcore.functions.forecasting import fit_autoregression, persist, rms, run_freely
from dlcore.models.flat_optimizers import make_buffers, update
from dlcore.models.recurrent import Recurrent, clip, flatten

N_FREE = 44  # values that a free run says, at most: four cycles of the sun
CLIP = 1.0  # longest gradient of one network
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
        self.seeds = range(spec.seed, spec.seed + spec.n_seeds)
        self.models = [Recurrent(spec.cell, 1, spec.n_units, 1, seed) for seed in self.seeds]
        self.flat, self.grad = flatten(self.models)
        self.buffers = make_buffers("adam", self.flat)
        self.train = torch.tensor(self.problem.train, dtype=torch.float32)[..., None]  # (W, L + 1, 1)
        self.loss = torch.zeros(len(self.models))  # of the last batch, by seed

    def step(self) -> None:
        """Adam on the mean square of what was said after each value in the second half of the window."""
        self.grad.zero_()
        for number, (seed, model) in enumerate(zip(self.seeds, self.models, strict=True)):
            rows = np.random.default_rng([seed, 2, self.steps_done]).integers(len(self.train), size=self.batch_size)
            windows = self.train[torch.from_numpy(rows)]
            half = (windows.shape[1] - 1) // 2
            said = model(windows[:, :-1])[0]
            loss = ((said - windows[:, 1:])[:, half:] ** 2).mean()
            loss.backward()
            self.loss[number] = loss.detach()
        clip(self.grad, CLIP, len(self.models))
        self.steps_done += 1
        update("adam", self.flat, self.grad, self.buffers, self.steps_done, self.spec.learning_rate, 0.0)

    @property
    def batch_size(self) -> int:
        return min(self.spec.batch_size, len(self.train))

    def observe(self) -> dict[str, Any]:
        """Errors on the test part, one step and one season ahead, beside the baselines'; of the first seed the curves."""
        problem = self.problem
        observed: dict[str, Any] = {"train_loss": float(self.loss.median())}
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
        """Weights, Adam's means, and the last batch's losses."""
        return {"flat": self.flat, "mean": self.buffers[0], "square": self.buffers[1], "loss": self.loss}

    def weights(self) -> dict[str, Any]:
        """Every network's parameters, each name after its seed, and what the series was scaled with."""
        named = {
            f"seed{seed}.{name}": value
            for seed, model in zip(self.seeds, self.models, strict=True)
            for name, value in model.state_dict().items()
        }
        return named | {"scale": np.array([self.problem.mean, self.problem.deviation])}

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
            named[name] = tuple(
                persist(values, origins, n_steps, known) for origins, n_steps in self._questions()
            )
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
        return float(min(rms(errors), LARGEST_ERROR))


def spread(name: str, values: list[float]) -> dict[str, float]:
    """The median and, of several, the lowest and the highest."""
    observed = {name: float(np.median(values))}
    if len(values) > 1:
        observed |= {f"{name}_low": min(values), f"{name}_high": max(values)}
    return observed
