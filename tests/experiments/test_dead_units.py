"""Dead units against one net at a time with torch.optim, and what the page says about them."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from dlcore.advance import advance
from dlcore.experiments.dead_units import RATES, DeadUnits
from dlcore.frames import unpack
from dlcore.specs import DeadUnitsSpec
from pages.activations import dead

OPTIMISERS = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}
MODULES = {"relu": torch.nn.ReLU(), "leaky_relu": torch.nn.LeakyReLU(0.01)}


def single_net(lab: DeadUnits, kind: str, model: int) -> torch.nn.Sequential:
    """One of the stacked models as torch modules."""
    stacked = lab.models[kind]
    layers: list[torch.nn.Module] = []
    for weight, bias in zip(stacked.weights, stacked.biases, strict=True):
        linear = torch.nn.Linear(*weight.shape[1:]).double()
        with torch.no_grad():
            linear.weight.copy_(weight[model].T)
            linear.bias.copy_(bias[model, 0])
        layers += [linear, MODULES[kind]]
    return torch.nn.Sequential(*layers[:-1])


@pytest.mark.parametrize("optimizer", OPTIMISERS)
@pytest.mark.parametrize("kind", MODULES)
def test_every_model_trains_as_if_it_were_alone(optimizer, kind):
    """Rate 0.03 of seed 1, on the batches of that seed."""
    lab = DeadUnits(DeadUnitsSpec(hidden_sizes=(5, 4), n_seeds=2, optimizer=optimizer, batch_size=30))
    model = RATES.index(0.03) * 2 + 1
    net = single_net(lab, kind, model)
    optimiser = OPTIMISERS[optimizer](net.parameters(), lr=0.03)
    for step in range(12):
        epoch, batch = divmod(step, lab.steps_per_epoch)
        order = np.random.default_rng([1, 2, epoch]).permutation(lab.x.shape[1])[30 * batch : 30 * (batch + 1)]
        loss = torch.nn.functional.binary_cross_entropy_with_logits(net(lab.x[0, order]), lab.y[0, order])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        lab.step()
    after = single_net(lab, kind, model)
    for one, other in zip(net.parameters(), after.parameters(), strict=True):
        torch.testing.assert_close(one, other, rtol=1e-9, atol=1e-11)
    fires = [layer.detach() > 0 for layer in hidden_sums(after, lab.x[0])]
    never = torch.cat([~layer.any(0) for layer in fires]).double().mean()
    assert lab._measure(lab.models[kind])["dead"][model] == pytest.approx(float(never))


def hidden_sums(net: torch.nn.Sequential, x: torch.Tensor) -> list[torch.Tensor]:
    sums = []
    for layer in net[:-1]:
        x = layer(x)
        if isinstance(layer, torch.nn.Linear):
            sums.append(x)
    return sums


def last(spec: DeadUnitsSpec):
    chunk = advance(spec, None, spec.n_steps)
    assert chunk.diverged is None
    return unpack(chunk.frames[-1].blob)


@pytest.fixture(scope="module")
def default():
    return last(DeadUnitsSpec())


def test_more_units_die_at_high_rates_and_relu_loses_its_accuracy(default):
    arrays = default.arrays
    dead_relu = arrays["dead_by_rate_relu"]
    assert dead_relu[:4].max() < 0.2 < 0.6 < dead_relu[5]
    assert arrays["accuracy_by_rate_relu"][5] < 0.8 < 0.95 < arrays["accuracy_by_rate_leaky_relu"][5]
    np.testing.assert_array_equal(arrays["lost_by_rate_relu"], 0)  # Adam's steps are bounded


def test_the_own_rate_is_the_same_as_on_the_ladder(default):
    """0.3 is the default and on the ladder: the same seeds, hence the same nets."""
    assert (
        default.scalars["dead_relu_low"] <= default.arrays["dead_by_rate_relu"][5] <= default.scalars["dead_relu_high"]
    )


def test_the_dead_stay_dead_at_a_lower_rate():
    before = last(DeadUnitsSpec(n_steps=100)).scalars["dead_relu"]
    after = last(DeadUnitsSpec(edits=((100, "learning_rate", 0.003),))).scalars["dead_relu"]
    assert after == pytest.approx(before, abs=0.03)


def test_a_net_that_overflows_is_counted_as_lost():
    spec = DeadUnitsSpec(optimizer="sgd", dataset="xor", noise=0.5, hidden_sizes=(32, 32, 32), batch_size=1)
    arrays = last(spec.replace(learning_rate=0.001, n_steps=120, n_seeds=3)).arrays
    assert arrays["lost_by_rate_leaky_relu"][-1] > 0
    assert arrays["lost_by_rate_leaky_relu"][0] == 0


def test_the_page_names_the_ladder():
    assert tuple(map(float, dead.RATES)) == RATES
