"""What is on record is what the experiments give here; a row without a record is told so and stays."""

from __future__ import annotations

import dataclasses

import pytest

from dlcore.evidence import ROWS, Claim, Side, measure, outcome, record, recorded, write
from dlcore.execution import InlineExecutor
from dlcore.run import FOREVER
from dlcore.runs import RunStore
from dlcore.settings import Settings
from dlcore.specs import PlaygroundSpec

QUICK = 3.0  # seconds that measuring one seed of a row may take here
TINY = Side(PlaygroundSpec(n_steps=30))
ROW = Claim("tiny", "concepts", seeds=(0, 1), first=TINY, second=Side(PlaygroundSpec(n_steps=30, init="zeros")))


def recorded_rows(quick: bool) -> list[Claim]:
    """The rows on record of which one seed is quick to measure, or the others."""
    known = [(row, recorded(row)) for row in ROWS.values()]
    return [row for row, made in known if made and (made.made["seconds"] / len(row.seeds) <= QUICK) == quick]


def check_seeds(row: Claim, n_seeds: int) -> None:
    """Another processor may round otherwise, and thousands of steps later single points fall on the other side."""
    some = dataclasses.replace(row, seeds=row.seeds[:n_seeds])
    here, known = measure(some, RunStore(InlineExecutor(), Settings())), recorded(row)
    for mine, theirs in zip(here.values, known.values, strict=True):
        assert mine == pytest.approx(theirs[:n_seeds], rel=0.1, abs=0.05)


@pytest.mark.parametrize("row", recorded_rows(quick=True), ids=lambda row: row.name)
def test_the_first_seed_gives_the_recorded_number(row):
    check_seeds(row, 1)


@pytest.mark.slow
@pytest.mark.parametrize("row", recorded_rows(quick=False), ids=lambda row: row.name)
def test_every_seed_gives_the_recorded_number(row):
    check_seeds(row, len(row.seeds))


@pytest.mark.parametrize("row", [row for row in ROWS.values() if recorded(row)], ids=lambda row: row.name)
def test_the_verdict_on_file_is_the_rules(row):
    assert record._read(row.page)[row.name]["verdict"] == recorded(row).verdict
    assert all(len(side) == len(row.seeds) for side in recorded(row).values)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(record, "FOLDER", tmp_path)
    record._read.cache_clear()
    yield tmp_path
    record._read.cache_clear()


def test_a_row_that_was_never_measured_or_has_changed_has_no_record(folder):
    assert recorded(ROW) is None
    write(measure(ROW, RunStore(InlineExecutor(), Settings())))
    known = recorded(ROW)
    assert known is not None
    assert len(known.values) == 2
    assert recorded(dataclasses.replace(ROW, seeds=(0, 1, 2))) is None


def test_writing_a_row_keeps_the_others(folder):
    store = RunStore(InlineExecutor(), Settings())
    write(measure(ROW, store))
    write(measure(dataclasses.replace(ROW, name="other", seeds=(3,)), store))
    assert recorded(ROW) is not None


def test_a_diverged_training_is_recorded_as_lost(folder):
    wild = Side(
        PlaygroundSpec(dataset="plane", loss="mse", optimizer="sgd", learning_rate=10.0, n_steps=100), "test_loss"
    )
    row = dataclasses.replace(ROW, first=wild, second=0.5, seeds=(0,), higher_is_better=False)
    write(measure(row, RunStore(InlineExecutor(), Settings())))
    assert recorded(row).values == ((row.lost,),)
    assert recorded(row).verdict == "not_here"


def test_an_outcome_is_read_off_ended_runs():
    store = RunStore(InlineExecutor(), Settings())
    runs = [store.get(spec) for _, _, spec in ROW.runs]
    for run in runs:
        run.start("me", FOREVER)
    found = outcome(ROW, runs)
    assert found.values[0] == tuple(run.history()[-1]["test_accuracy"] for run in runs[::2])
    assert found.made["seconds"] >= 0
