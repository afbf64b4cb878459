"""Descent: every rule on every surface equals torch.optim step by step; divergence where theory says."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from dlcore.advance import advance
from dlcore.experiments.descent import Descent
from dlcore.functions.landscapes import LANDSCAPES
from dlcore.functions.update_rules import RULES
from dlcore.specs import DescentSpec
from tests.functions.test_landscapes import FORMULAS

N_STEPS = 300
MOMENTUM = 0.9
OPTIMIZERS = {
    "sgd": lambda p, rate: torch.optim.SGD(p, rate),
    "momentum": lambda p, rate: torch.optim.SGD(p, rate, momentum=MOMENTUM),
    "nesterov": lambda p, rate: torch.optim.SGD(p, rate, momentum=MOMENTUM, nesterov=True),
    "rmsprop": lambda p, rate: torch.optim.RMSprop(p, rate),
    "adam": lambda p, rate: torch.optim.Adam(p, rate),
}


def spec_for(name: str, **values: object) -> DescentSpec:
    x, y = LANDSCAPES[name].start
    return DescentSpec(landscape=name, start_x=x, start_y=y, n_steps=N_STEPS, **values)


def torchs_path(name: str, rule: str, rate: float) -> np.ndarray:
    """(N_STEPS, 2) where torch.optim leads, with gradients by autograd in float64."""
    x, y = (torch.tensor(part, dtype=torch.float64, requires_grad=True) for part in LANDSCAPES[name].start)
    optimizer = OPTIMIZERS[rule]([x, y], rate)
    path = []
    for _ in range(N_STEPS):
        optimizer.zero_grad()
        FORMULAS[name](x, y).backward()
        optimizer.step()
        path.append([x.item(), y.item()])
    return np.array(path)


@pytest.mark.parametrize("name", LANDSCAPES)
def test_every_step_is_that_of_torch(name):
    experiment = Descent(spec_for(name))
    ours = []
    for _ in range(N_STEPS):
        experiment.step()
        ours.append(experiment.places.copy())
    for racer, rule in enumerate(RULES):
        theirs = torchs_path(name, rule, LANDSCAPES[name].rates[rule])
        np.testing.assert_allclose(np.array(ours)[:, racer], theirs, atol=1e-6, rtol=0, err_msg=rule)


def test_the_numbers_of_the_next_update_are_where_it_leads():
    experiment = Descent(spec_for("rosenbrock"))
    for _ in range(20):
        said = experiment.observe()
        experiment.step()
        for racer, rule in enumerate(RULES):
            there = [said[f"{rule}_{axis}"] - said[f"{rule}_eta"] * said[f"{rule}_d{axis}"] for axis in "xy"]
            np.testing.assert_allclose(experiment.places[racer], there, atol=1e-12)
            assert [said[f"{rule}_new_x"], said[f"{rule}_new_y"]] == list(experiment.places[racer])


def test_sgd_diverges_above_two_over_the_largest_curvature():
    """On the ravine the limit is 2/50; the rate is 0.03 times the factor."""
    below = advance(spec_for("ravine", racers=("sgd",), rate_factor=0.99 * 0.04 / 0.03), None, N_STEPS)
    assert below.diverged is None
    assert below.frames[-1].scalars["sgd_loss"] < below.frames[0].scalars["sgd_loss"] / 100
    above = advance(spec_for("ravine", racers=("sgd",), rate_factor=1.05 * 0.04 / 0.03), None, N_STEPS)
    assert above.diverged == "not_finite"


def test_whoever_diverges_is_out_and_the_others_go_on():
    """The page says: three times the rates throw SGD out at step 5 and Nesterov at step 21; the others stay."""
    last = advance(DescentSpec(rate_factor=3), None, 200).frames[-1].scalars
    assert {rule for rule in RULES if last[f"{rule}_out"]} == {"sgd", "nesterov"}
    assert (last["sgd_lost"], last["nesterov_lost"]) == (5, 21)
    assert "sgd_loss" not in last
    assert last["momentum_loss"] < 1e-6


def test_nobody_leaves_the_ridge_of_the_saddle():
    last = advance(DescentSpec(landscape="saddle", start_y=0.0, n_steps=300), None, 300).frames[-1].scalars
    for rule in RULES:
        assert last[f"{rule}_y"] == 0
        assert last[f"{rule}_loss"] == pytest.approx(0.25, abs=1e-3)


def test_the_valley_depends_on_the_rule():
    last = advance(spec_for("himmelblau"), None, N_STEPS).frames[-1].scalars
    ends = {rule: (round(last[f"{rule}_x"], 1), round(last[f"{rule}_y"], 1)) for rule in RULES}
    assert ends.pop("momentum") == (1.8, -0.9)
    assert set(ends.values()) == {(1.5, 1.0)}


def test_rmsprop_arrives_and_breaks_out_again():
    rows = {frame.step: frame.scalars for frame in advance(DescentSpec(rate_factor=3), None, 200).frames}
    assert rows[10]["rmsprop_loss"] < 1e-6
    assert rows[150]["rmsprop_loss"] < 1e-6
    assert max(rows[step]["rmsprop_loss"] for step in range(160, 175)) > 1
