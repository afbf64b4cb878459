"""A run's speed: the first chunk is small, later ones follow the measurements, within bounds."""

from __future__ import annotations

import pytest

from dlcore.speed import FIRST_CHUNK, MAX_CHUNK, Speed


def test_nothing_is_told_before_the_first_chunk():
    speed = Speed()
    assert speed.steps_in(0.1) == FIRST_CHUNK
    assert speed.seconds_of(100) is None


def test_chunks_follow_what_was_measured():
    speed = Speed()
    speed.measure(0.08, 8)
    assert speed.steps_in(0.1) == 10
    speed.measure(0.6, 20)  # 0.03 a step, half of it new: 0.02
    assert speed.steps_in(0.1) == 5
    assert speed.seconds_of(100) == pytest.approx(2.0)


@pytest.mark.parametrize(("seconds_a_step", "n_steps"), [(1e-9, MAX_CHUNK), (60.0, 1)])
def test_a_chunk_has_its_bounds(seconds_a_step, n_steps):
    assert Speed(seconds_a_step).steps_in(0.1) == n_steps
