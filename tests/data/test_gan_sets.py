"""The distributions of the 2-D lab: where their samples lie, and how far apart their modes are."""

from __future__ import annotations

import numpy as np
import pytest

from dlcore.data.gan_sets import CURVES, EXTENT, N_PIECES, SIGMA, along, mode_centres, sample_gan_set, support

OWN = ((-1.0, 2.0), (0.5, -0.5))


def draw(name: str, n_samples: int = 20000) -> np.ndarray:
    return sample_gan_set(name, n_samples, np.random.default_rng(0), OWN)


def distances(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.linalg.norm(x[:, None] - y[None], axis=2)


@pytest.mark.parametrize("name", SIGMA)
def test_samples_lie_in_view_and_within_three_sigma_of_the_support(name):
    x = draw(name, 4000)
    assert x.dtype == np.float32
    assert (np.abs(x) < EXTENT).all()
    share = (distances(x, support(name, OWN)).min(1) <= 3 * SIGMA[name]).mean()
    assert share == pytest.approx(0.9973 if name in CURVES else 1 - np.exp(-4.5), abs=0.008)


@pytest.mark.parametrize("name", SIGMA)
def test_every_mode_gets_its_fair_share(name):
    modes = mode_centres(name, OWN)
    counts = np.bincount(distances(draw(name, 8000), modes).argmin(1), minlength=len(modes))
    assert counts / 8000 == pytest.approx(1 / len(modes), rel=0.25)


def test_the_published_settings():
    eight, grid = mode_centres("eight_gaussians"), mode_centres("grid")
    assert np.linalg.norm(eight, axis=1) == pytest.approx(2)
    assert (len(eight), len(grid), SIGMA["eight_gaussians"]) == (8, 25, 0.05)
    assert draw("eight_gaussians").std(0) == pytest.approx(np.sqrt(2 + 0.05**2), rel=0.02)


@pytest.mark.parametrize("name", CURVES)
def test_shares_of_a_curve_are_shares_of_its_length(name):
    steps = np.linalg.norm(np.diff(along(name, np.linspace(0, 0.499, 500)), axis=0), axis=1)
    assert steps == pytest.approx(steps.mean())
    assert len(mode_centres(name)) == N_PIECES
