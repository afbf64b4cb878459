"""Distances against loops and known values; modes counted by hand."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import torch

from dlcore.models.sample_quality import coverage, energy_distance, spread, wasserstein_distance


def mean_distance(x: np.ndarray, y: np.ndarray) -> float:
    return float(np.mean([np.linalg.norm(a - b) for a in x for b in y]))


def test_energy_distance_is_the_mean_over_all_pairs():
    generator = np.random.default_rng(0)
    x, y = generator.standard_normal((7, 2)), generator.standard_normal((5, 2)) + 1
    expected = 2 * mean_distance(x, y) - mean_distance(x, x) - mean_distance(y, y)
    assert energy_distance(torch.from_numpy(x), torch.from_numpy(y)) == pytest.approx(expected)
    assert energy_distance(torch.from_numpy(x), torch.from_numpy(x)) == pytest.approx(0)
    known = energy_distance(torch.from_numpy(x), torch.from_numpy(y), spread(torch.from_numpy(y)))
    assert known == pytest.approx(expected)


def test_wasserstein_distance_is_the_cheapest_of_all_assignments():
    generator = np.random.default_rng(1)
    x, y = generator.standard_normal((5, 2)), generator.standard_normal((5, 2))
    costs = [np.linalg.norm(x - y[list(order)], axis=1).mean() for order in itertools.permutations(range(5))]
    assert wasserstein_distance(torch.from_numpy(x), torch.from_numpy(y)) == pytest.approx(min(costs))


def test_wasserstein_distance_of_a_shift_is_its_length():
    x = torch.randn(40, 2, generator=torch.Generator().manual_seed(0))
    assert wasserstein_distance(x, x + torch.tensor([3.0, 4.0])) == pytest.approx(5, rel=1e-5)
    assert np.isnan(wasserstein_distance(x, x * float("nan")))


def test_modes_are_covered_by_enough_good_samples():
    """100 samples, four modes: a tenth of the fair share is 2.5; far samples count for none."""
    modes = torch.tensor([[0.0, 0.0], [1.0, 0.0], [2.0, 0.0], [3.0, 0.0]])
    samples = torch.cat(
        [modes[:1].repeat(90, 1), modes[1:2].repeat(3, 1), modes[2:3].repeat(2, 1), torch.full((5, 2), 9.0)]
    )
    covered, is_good = coverage(samples, modes, modes, radius=0.1)
    assert covered.tolist() == [True, True, False, False]
    assert int(is_good.sum()) == 95
