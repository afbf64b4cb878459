"""The rows of the Neural Turing Machine: what is on record keeps the bars that the course sets, seed by seed."""

from __future__ import annotations

import pytest

from dlcore.evidence import ROWS, recorded

BARS = {"ntm_copies": 0.000999, "ntm_generalises": 1 / 3}  # wrong bits; those of the machine to those of the LSTM


@pytest.mark.parametrize("name", BARS)
def test_the_machine_copies_and_goes_on(name):
    outcome = recorded(ROWS[name])
    assert outcome is not None
    assert len(outcome.values[0]) == 2
    assert max(outcome.values[0]) <= BARS[name]
    assert outcome.verdict == "reproduced"


def test_patience_does_not_teach_the_lstm_the_loop():
    outcome = recorded(ROWS["lstm_longer_training"])
    assert outcome is not None
    assert min(outcome.values[0]) > 0.3
    assert outcome.verdict == "not_here"
