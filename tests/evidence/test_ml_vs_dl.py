"""The recorded table of MNIST-1D and the claims of the page: what is on record follows from the declared rules."""

from __future__ import annotations

import statistics

import pytest

from dlcore.evidence import measure, recorded
from dlcore.evidence.ml_vs_dl import CLAIMS, PUBLISHED
from dlcore.execution import InlineExecutor
from dlcore.runs import RunStore

ROWS = {row.name: row for row in (*CLAIMS, *PUBLISHED)}


@pytest.mark.parametrize("name", ROWS)
def test_every_row_is_on_record(name):
    outcome = recorded(ROWS[name])
    assert outcome is not None
    assert [len(side) for side in outcome.values] == [len(ROWS[name].seeds)] * len(ROWS[name].sides)


@pytest.mark.parametrize(
    ("net", "expected", "tolerance"), [("linear", 0.315, 0.01), ("cnn", 0.93, 0.015), ("gru", 0.90, 0.02)]
)
def test_the_table_is_reproduced(net, expected, tolerance):
    outcome = recorded(ROWS[f"mnist1d_{net}"])
    assert outcome is not None
    assert statistics.median(outcome.values[0]) == pytest.approx(expected, abs=tolerance)
    assert outcome.verdict == "reproduced"


def test_the_mlp_stays_below_its_published_figure_and_the_verdict_does_not_hide_it():
    for name in ("mnist1d_mlp", "mnist1d_mlp_shuffled"):
        outcome = recorded(ROWS[name])
        assert outcome is not None
        assert max(outcome.values[0]) < ROWS[name].theirs
        assert outcome.verdict != "reproduced"


@pytest.mark.slow
@pytest.mark.parametrize("name", [row.name for row in PUBLISHED])
def test_measured_again(name):
    """Takes minutes: three trainings of 6,000 updates a row."""
    row = ROWS[name]
    again, known = measure(row, RunStore(InlineExecutor())), recorded(row)
    assert known is not None
    assert again.medians[0] == pytest.approx(known.medians[0], abs=0.03)
