"""The six tasks have the shapes and the distributions that they state."""

from __future__ import annotations

import numpy as np
import pytest

from dlcore.data.loss_tasks import CLOUD, DISC_RADIUS, QUANTILE, make_loss_task, true_quantile

SHAPES = {
    "binary": (2, 1), "multiclass": (2, 4), "multilabel": (2, 3), "regression": (1, 1), "margin": (2, 1),
    "quantile": (1, 1),
}  # fmt: skip


def make(name: str, n_samples: int = 4000, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    return make_loss_task(name, n_samples, np.random.default_rng(seed))


@pytest.mark.parametrize("name", SHAPES)
def test_shapes_and_repeatability(name):
    x, y = make(name, 50)
    assert (x.shape[1], y.shape[1]) == SHAPES[name]
    assert len(x) == len(y) == 50
    np.testing.assert_array_equal(make(name, 50)[1], y)
    assert not np.array_equal(make(name, 50, seed=1)[0], x)


def test_one_class_or_several_labels():
    assert (make("multiclass")[1].sum(1) == 1).all()
    assert set(make("multilabel")[1].sum(1)) == {0, 1, 2, 3}


def test_the_clouds_have_their_centres():
    """Standard errors of 4,000 points are 1/√2000 ≈ 0.02; five of them."""
    x, y = make("binary")
    for label, centre in ((0, -CLOUD), (1, CLOUD)):
        np.testing.assert_allclose(x[y[:, 0] == label].mean(0), centre, atol=0.12)


def test_the_discs_have_their_size():
    """The share of the square that one disc covers is π r² / 36, by area; five standard errors."""
    share = make("multilabel")[1].mean(0)
    np.testing.assert_allclose(share, np.pi * DISC_RADIUS**2 / 36, atol=0.035)


def test_the_true_quantile_has_its_share_below():
    """Everywhere along x; standard error √(0.09/1000) ≈ 0.0095 in each quarter, four of them."""
    x, y = make("quantile")
    below = (y <= true_quantile(x))[:, 0]
    for quarter in np.array_split(np.argsort(x[:, 0]), 4):
        assert below[quarter].mean() == pytest.approx(QUANTILE, abs=0.04)
