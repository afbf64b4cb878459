"""PReLU against torch.nn.PReLU and torch.optim, and what the page says about it."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from dlcore.advance import advance
from dlcore.experiments.learned_slope import LearnedSlope
from dlcore.frames import unpack
from dlcore.specs import LearnedSlopeSpec


def as_modules(lane, model: int, start: float) -> torch.nn.Sequential:
    layers: list[torch.nn.Module] = []
    for weight, bias in zip(lane.model.weights, lane.model.biases, strict=True):
        linear = torch.nn.Linear(*weight.shape[1:])
        with torch.no_grad():
            linear.weight.copy_(weight[model].T)
            linear.bias.copy_(bias[model, 0])
        layers += [linear, torch.nn.PReLU(init=start)]
    return torch.nn.Sequential(*layers[:-1])


def test_the_slopes_learn_as_in_torch():
    """Full batches, so that the order of the points does not matter; float32 on both sides, ten steps of Adam."""
    spec = LearnedSlopeSpec(hidden_sizes=(6, 5), batch_size=500, n_seeds=2, start_slope=-0.4)
    experiment = LearnedSlope(spec)
    lane = experiment.lanes["learned"]
    net = as_modules(lane, 1, -0.4)
    optimiser = torch.optim.Adam(net.parameters(), lr=spec.learning_rate)
    for _ in range(10):
        loss = torch.nn.functional.binary_cross_entropy_with_logits(net(lane.x_train[0]), lane.target_train[0])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        experiment.step()
    slopes = [layer.weight.item() for layer in net if isinstance(layer, torch.nn.PReLU)]
    assert [slope[1].item() for slope in lane.model.slopes] == pytest.approx(slopes, abs=1e-5)
    assert slopes != pytest.approx([-0.4, -0.4], abs=1e-3)
    assert all(float(slope.min()) == float(slope.max()) == pytest.approx(-0.4) for slope in fixed_slopes(experiment))


def fixed_slopes(experiment: LearnedSlope) -> list[torch.Tensor]:
    return [slope.detach() for slope in experiment.lanes["fixed"].model.slopes]


def test_a_frame_draws_the_function_at_the_median_slope():
    observed = LearnedSlope(LearnedSlopeSpec(start_slope=0.5, hidden_sizes=(3,))).observe()
    np.testing.assert_allclose(observed["shape_1"], [[-3, -1.5], [0, 0], [3, 3]])
    assert (observed["slope_1_low"], observed["slope_1_high"]) == (0.5, 0.5)


def test_from_slope_one_only_the_learned_slope_learns_the_spiral():
    spec = LearnedSlopeSpec(start_slope=1.0)
    scalars = unpack(advance(spec, None, spec.n_steps).frames[-1].blob).scalars
    assert scalars["test_accuracy_learned_low"] > 0.9
    assert scalars["test_accuracy_fixed_high"] < 0.7


def test_from_the_papers_start_the_learned_slope_is_sooner_but_not_better():
    spec = LearnedSlopeSpec()
    frames = {frame.step: frame.scalars for frame in advance(spec, None, spec.n_steps).frames}
    early, late = frames[min(frames, key=lambda step: abs(step - 400))], frames[spec.n_steps]
    assert early["test_loss_learned_high"] < early["test_loss_fixed_low"]
    assert late["test_loss_learned_high"] > late["test_loss_fixed_low"]
    assert abs(late["slope_1"]) < 0.1
    assert max(late["slope_2"], late["slope_3"]) < -0.2
