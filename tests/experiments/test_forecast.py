"""Forecast: no leakage, what is said is what the network says, the baselines are the baselines."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from dlcore.advance import advance, open_experiment
from dlcore.data.series import make_forecasting
from dlcore.experiments.forecast import Forecast
from dlcore.frames import unpack
from dlcore.functions.forecasting import persist
from dlcore.specs import ForecastSpec
from tests.data.test_series import WAVE

OWN = ForecastSpec(series="own", values=WAVE, n_lags=8, n_units=4, n_steps=12)


def test_other_test_values_change_no_weight_and_no_training_number():
    other = OWN.replace(values=(*WAVE[:64], *((-value[0] * 100,) for value in WAVE[64:])))
    (one, first), (two, second) = ((advance(spec, None, 12), spec) for spec in (OWN, other))
    assert one.state == two.state
    for a, b in zip(one.frames, two.frames, strict=True):
        assert a.scalars["train_loss"] == b.scalars["train_loss"]
    weights = [open_experiment(spec, chunk.state).weights() for spec, chunk in ((first, one), (second, two))]
    for name, value in weights[0].items():
        assert torch.equal(torch.as_tensor(value), torch.as_tensor(weights[1][name]))
    assert one.frames[-1].scalars["one_step"] != two.frames[-1].scalars["one_step"]


def test_one_step_ahead_reads_true_values_and_a_free_run_its_own():
    experiment = Forecast(OWN)
    for _ in range(12):
        experiment.step()
    problem, model = experiment.problem, experiment.models[0]
    said = experiment.say(model, problem.test_times, 1)[:, 0]
    free = experiment.free(model)
    z = torch.tensor(problem.z[problem.n_train - problem.n_lags : problem.n_train], dtype=torch.float32)
    with torch.no_grad():
        first, _, state = model(z[None, :, None])
        second, _, _ = model(first[:, -1:], state)
    expected = torch.stack([first[0, -1, 0], second[0, -1, 0]]).double().numpy() * problem.deviation + problem.mean
    np.testing.assert_allclose(free[:2], expected, rtol=1e-6)
    assert said[0] == pytest.approx(free[0])
    assert not np.isclose(said[1], free[1])


def test_the_baselines_are_measured_on_the_same_values():
    spec = ForecastSpec(n_steps=1)
    problem, scalars = make_forecasting(spec), advance(spec, None, 1).frames[-1].scalars
    values, times = problem.series.values, problem.test_times
    assert scalars["one_step_persistence"] == pytest.approx(np.sqrt(np.mean(np.diff(values)[times - 1] ** 2)))
    eleven = values[times] - values[times - 11]
    assert scalars["one_step_seasonal"] == pytest.approx(np.sqrt(np.mean(eleven**2)))
    path = persist(values, problem.origins, 11) - problem.ahead(problem.origins, 11)
    assert scalars["season_ahead_persistence"] == pytest.approx(np.sqrt(np.mean(path**2)))


def test_changes_are_summed_up_to_values():
    arrays = unpack(advance(ForecastSpec(series="co2", differenced=True, n_steps=1), None, 1).frames[0].blob).arrays
    assert np.abs(arrays["said"] - arrays["truth"]).max() < 10  # ppm, before any training: near the value before
    assert arrays["free"].shape == arrays["free_truth"].shape


def test_the_network_learns_more_than_to_repeat():
    spec = ForecastSpec(n_steps=150)
    last = advance(spec, None, spec.n_steps).frames[-1].scalars
    assert last["one_step"] < 0.8 * last["one_step_persistence"]
