"""micrograd's published moons demo to the last digits (karpathy/micrograd, demo.ipynb)."""

from __future__ import annotations

import pytest

from dlcore.experiments.micrograd import Micrograd
from dlcore.specs import MicrogradSpec


def test_the_published_losses_are_reproduced():
    experiment = Micrograd(MicrogradSpec(seed=1337))
    first = experiment.observe()
    for _ in range(99):
        experiment.step()
    last = experiment.observe()
    assert first["loss"] == pytest.approx(0.8958441028683222, rel=1e-12)
    assert last["loss"] == pytest.approx(0.0109783701354927, rel=1e-9)
    assert (first["accuracy"], last["accuracy"]) == (0.5, 1.0)
