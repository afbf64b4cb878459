"""The rows of the Neural Turing Machine: what is on record keeps the bars that the course sets, seed by seed."""

from __future__ import annotations

import pytest

from dlcore.evidence import measure, recorded
from dlcore.evidence.copying import CLAIMS, PUBLISHED
from dlcore.execution import InlineExecutor
from dlcore.runs import RunStore

ROWS = {row.name: row for row in (*CLAIMS, *PUBLISHED)}
MEASURED = ("ntm_copies", "ntm_generalises", "lstm_longer_training")


@pytest.mark.parametrize("name", MEASURED)
def test_it_is_on_record(name):
    outcome = recorded(ROWS[name])
    assert outcome is not None
    assert [len(side) for side in outcome.values] == [len(ROWS[name].seeds)] * len(ROWS[name].sides)


def test_the_machine_copies_and_goes_on():
    """Less than 0.1 % of the bits wrong on trained lengths, at most a third of the LSTM's at twice the longest."""
    copies, goes_on = (recorded(ROWS[name]) for name in ("ntm_copies", "ntm_generalises"))
    assert copies is not None
    assert goes_on is not None
    assert max(copies.values[0]) < 0.001
    assert max(goes_on.values[0]) <= 1 / 3
    assert copies.verdict == goes_on.verdict == "reproduced"


@pytest.mark.slow
@pytest.mark.parametrize("name", [row.name for row in PUBLISHED])
def test_measured_again(name):
    """Takes minutes: two trainings of 4,000 updates a row."""
    assert measure(ROWS[name], RunStore(InlineExecutor())).verdict == "reproduced"
