"""The best constants against numpy's mean, median and quantile and against a numerical minimum of torch's losses."""

from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from dlcore.functions import constant_fits

VALUES = st.lists(st.integers(-100, 100).map(lambda tenth: tenth / 10), min_size=2, max_size=12)
CLOUD = [-3, -1.8, -0.9, -0.2, 0.2, 0.9, 1.8, 3]  # what the page shows, without the outlier


@given(VALUES)
def test_mean_and_median(values):
    assert constant_fits.mean(values)[0] == pytest.approx(np.mean(values), abs=1e-12)
    assert np.mean(constant_fits.quantile(values, 0.5)) == pytest.approx(np.median(values), abs=1e-12)


@given(VALUES, st.integers(1, 19).map(lambda share: share / 20))
def test_quantile(values, q):
    """Both ends of numpy's inverted distribution function, which is discontinuous there."""
    low, high = constant_fits.quantile(values, q)
    place = q * len(values)
    if abs(place - round(place)) > 1e-9:
        assert low == high == np.quantile(values, q, method="inverted_cdf")
    else:
        assert [low, high] == sorted(values)[round(place) - 1 : round(place) + 1]


@given(VALUES, st.sampled_from([0.1, 0.5, 1.0, 3.0, 30.0]))
def test_huber(values, delta):
    """No constant does better, and what lies between the ends does just as well."""
    y = torch.tensor(values, dtype=torch.float64)

    def loss(constant: float) -> float:
        return float(F.huber_loss(torch.full_like(y, constant), y, delta=delta))

    low, high = constant_fits.huber(values, delta)
    best = minimize_scalar(loss, bounds=(min(values), max(values)), method="bounded", options={"xatol": 1e-9}).fun
    for constant in (low, (low + high) / 2, high):
        assert loss(constant) <= best + 1e-9


@pytest.mark.parametrize("outlier", [4, 6.5, 10, -4, -6.5, -10])
@pytest.mark.parametrize("delta", [0.1, 0.5, 1, 2, 3, 5, 10])
def test_huber_lies_between_median_and_mean(outlier, delta):
    values = [*CLOUD, outlier]
    between = sorted([constant_fits.mean(values)[0], constant_fits.quantile(values, 0.5)[0]])
    assert between[0] - 1e-9 <= constant_fits.huber(values, delta)[0] <= between[1] + 1e-9


def test_the_sentences_on_the_page():
    near, far = [*CLOUD, 4], [*CLOUD, 10]
    assert constant_fits.mean(far)[0] - constant_fits.mean(near)[0] == pytest.approx(6 / 9)
    assert constant_fits.quantile(far, 0.5) == constant_fits.quantile(near, 0.5) == (0.2, 0.2)
    assert constant_fits.huber(far, 1)[0] == pytest.approx(constant_fits.huber(near, 1)[0])
    assert constant_fits.huber(far, 10)[0] == pytest.approx(constant_fits.mean(far)[0])
    assert constant_fits.quantile(far, 0.75)[0] == sorted(far)[6]
    assert constant_fits.quantile(far, 0.9) == (10, 10)
    inside = [*CLOUD, 2]  # where Huber is not between
    assert constant_fits.huber(inside, 1)[0] > constant_fits.mean(inside)[0] > constant_fits.quantile(inside, 0.5)[0]
