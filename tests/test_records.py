"""Recorded runs: they open at once, say how they were made, and are what today's code computes."""

from __future__ import annotations

import json

import pytest

from dlcore.advance import open_experiment
from dlcore.execution import InlineExecutor
from dlcore.frames import pack
from dlcore.run import FOREVER, Phase
from dlcore.runs import RunStore
from dlcore.specs import SPECS, PlaygroundSpec
from dlcore.store import RECORDED, read_run, write_run

SPEC = PlaygroundSpec(n_steps=30)
MADE = {"date": "2026-01-01", "torch": "2", "seconds": 1.0}


@pytest.fixture
def store(tmp_path):
    """A store with one recorded run."""
    run = RunStore(InlineExecutor()).get(SPEC)
    run.start("me", FOREVER)
    write_run(tmp_path, run.to_stored(MADE))
    return RunStore(InlineExecutor(), records=tmp_path)


def test_a_recorded_run_is_there_at_once(store):
    run = store.get(SPEC)
    assert run.status().phase is Phase.FINISHED
    assert run.made == MADE
    assert store.counts["started"] == 0


def test_a_live_run_stands_beside_it_and_gives_the_same_frames(store):
    live, known = store.get(SPEC, live=True), store.get(SPEC)
    assert live is not known
    live.start("me", FOREVER)
    assert live.key != known.key
    assert live.made == {}
    assert live.frames_since(0) == known.frames_since(0)


def test_without_a_record_live_is_the_one_run(store):
    other = SPEC.replace(seed=5)
    assert store.get(other, live=True) is store.get(other)


def test_a_fork_of_a_recorded_run_keeps_its_frames(store):
    store.get(SPEC)
    fork = store.get(SPEC.fork(20, "learning_rate", 0.1))
    assert [frame.step for frame in fork.frames_since(0)] == list(range(21))


@pytest.mark.parametrize("path", sorted(RECORDED.glob("*.json")), ids=lambda path: path.stem)
def test_every_record_opens_with_todays_code(path):
    """Its spec is valid, and its state observes what its last frame shows."""
    about = json.loads(path.read_text(encoding="utf-8"))
    values = {name: value for name, value in about["spec"].items() if name != "kind"}
    spec = SPECS[about["spec"]["kind"]](**values)
    run = read_run(RECORDED, spec)
    assert {"date", "torch", "seconds"} <= set(run.made)
    experiment = open_experiment(spec, run.state)
    last = pack(experiment.steps_done, experiment.observe())
    assert last.step == run.frames[-1].step
    assert last.scalars == pytest.approx(run.frames[-1].scalars, rel=1e-3, abs=1e-6)
