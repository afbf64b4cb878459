"""Properties of texts, and the unit that follows one best."""

from __future__ import annotations

import numpy as np
import pytest

from dlcore.functions.text_units import correlate, properties


def test_properties_of_a_text():
    found = properties('Ab "c"\nd')
    assert found["line"].tolist() == [0, 1, 2, 3, 4, 5, 0, 1]
    assert found["space"].tolist() == [0, 0, 1, 0, 0, 0, 1, 0]
    assert found["capital"].tolist() == [1, 0, 0, 0, 0, 0, 0, 0]
    assert found["quote"].tolist() == [0, 0, 0, 1, 1, 0, 0, 0]
    assert found["mark"].tolist() == [0, 0, 0, 1, 0, 1, 0, 0]


def test_the_unit_that_follows_is_found_whatever_its_sign():
    text = "one two three four"
    states = np.random.default_rng(0).integers(-50, 50, (len(text), 5))
    states[:, 3] = np.where(properties(text)["space"] > 0, -100, 20)
    unit, r = correlate(text, states.astype(np.int8))["space"]
    assert (unit, r) == (3, pytest.approx(-1))
    assert "capital" not in correlate(text, states)  # it has none


def test_r_is_numpys_correlation():
    text, states = "a b c, d. E", np.random.default_rng(1).integers(-90, 90, (11, 4))
    for name, (unit, r) in correlate(text, states).items():
        assert r == pytest.approx(np.corrcoef(states[:, unit], properties(text)[name])[0, 1])
