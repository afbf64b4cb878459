"""Runs and their store: single flight, leases, turns, forks, failures, memory and disk."""

from __future__ import annotations

import logging
import subprocess
import sys
from concurrent.futures.process import BrokenProcessPool

import pytest

from dlcore.execution import InlineExecutor
from dlcore.run import FOREVER, Phase
from dlcore.runs import RunStore
from dlcore.settings import Settings
from dlcore.specs import PlaygroundSpec
from dlcore.store import DiskStore, run_files
from tests.fakes import FakeClock, HeldExecutor
from ui.text import ROOT

SPEC = PlaygroundSpec(hidden_sizes=(3,), n_steps=60)
LONG = SPEC.replace(n_steps=20_000)  # more than a few chunks on any machine


@pytest.fixture
def held():
    """A store whose chunks land one at a time, on a clock that stands still."""
    return RunStore(HeldExecutor(), Settings(workers=1), clock=FakeClock())


@pytest.fixture
def inline():
    return RunStore(InlineExecutor(), Settings(chunk_seconds=0.001))


def steps(run):
    return [frame.step for frame in run.frames_since(0)]


def test_a_run_trains_to_its_end(inline):
    run = inline.get(SPEC)
    run.start("me", FOREVER)
    assert run.status().phase is Phase.FINISHED
    assert steps(run) == list(range(61))
    assert inline.counts["started"] == inline.counts["finished"] == 1
    assert inline.counts["chunks"] > 3


def test_the_same_spec_is_trained_once(held, caplog):
    caplog.set_level(logging.INFO, "dlcore")
    first, second = held.get(SPEC), held.get(PlaygroundSpec(**dict(SPEC)))
    first.start("one")
    second.start("two")
    assert first is second
    assert len(held.executor.waiting) == 1
    assert first.status("one").others == 1
    assert caplog.text.count(f"training started: {SPEC.key}") == 1


def test_another_spec_gets_its_turn_at_once(held):
    held.get(SPEC).start("one")
    other = held.get(SPEC.replace(seed=1))
    other.start("two")
    assert other.status().phase is Phase.QUEUED
    assert other.status().position == 1
    held.executor.land()  # the first run's chunk; its next one queues behind the other's
    assert other.status().phase is Phase.RUNNING
    held.executor.land()
    assert other.status().step > 0


def test_a_run_ends_with_its_last_lease(held):
    run = held.get(LONG)
    run.start("me")
    held.executor.land()
    held.clock.now += held.settings.lease_seconds + 0.1
    held.executor.land()
    assert held.executor.waiting == []
    assert run.status().phase is Phase.PAUSED
    run.start("me")
    assert len(held.executor.waiting) == 1


def test_pause_of_one_watcher_stops_nobody_else(held):
    run = held.get(LONG)
    run.start("one")
    run.start("two")
    run.pause("one")
    held.executor.land()
    assert len(held.executor.waiting) == 1
    run.pause("two")
    held.executor.land()
    assert held.executor.waiting == []


def test_a_lease_for_ever_needs_no_watcher(held):
    run = held.get(LONG)
    run.start("warm", FOREVER)
    held.clock.now += 10**6
    held.executor.land()
    assert len(held.executor.waiting) == 1


def test_the_start_can_be_looked_at_without_training(held):
    run = held.get(SPEC)
    run.show(0)
    held.executor.land()
    assert steps(run) == [0]
    assert run.status().phase is Phase.IDLE
    assert held.counts["started"] == 0


def test_one_step_shows_the_next_step_only(inline):
    run = inline.get(SPEC.replace(n_steps=5000))
    run.show(0)
    for step in (1, 2, 3):
        run.show(step)
    assert steps(run) == [0, 1, 2, 3]
    run.show(1234)  # not a recorded step
    assert steps(run)[-1] == 1234
    whole = inline.get(SPEC.replace(n_steps=5000, seed=0))
    whole.start("me", FOREVER)
    assert whole.history()[-1]["step"] == 5000


def test_a_fork_keeps_the_past_and_changes_the_rest(inline):
    parent = inline.get(SPEC)
    parent.start("me", FOREVER)
    fork = inline.get(SPEC.fork(30, "learning_rate", 0.5))
    assert max(steps(fork)) <= 30
    fork.start("me", FOREVER)
    before = [row for row in fork.history() if row["step"] <= 30]
    assert before == [row for row in parent.history() if row["step"] <= 30]
    assert fork.history()[-1] != parent.history()[-1]
    alone = RunStore(InlineExecutor()).get(fork.spec)
    alone.start("me", FOREVER)
    assert alone.history() == fork.history()


def test_a_dead_worker_costs_one_chunk(held):
    run = held.get(SPEC)
    run.start("me", FOREVER)
    held.executor.land()
    held.executor.fail(BrokenProcessPool("killed"))
    assert len(held.executor.waiting) == 1
    while held.executor.waiting:
        held.executor.land()
    undisturbed = RunStore(InlineExecutor()).get(SPEC)
    undisturbed.start("me", FOREVER)
    assert run.history() == undisturbed.history()
    assert held.counts["resubmitted"] == 1


def test_a_chunk_that_kills_every_worker_fails(held):
    run = held.get(SPEC)
    run.start("me", FOREVER)
    for _ in range(held.settings.retries + 1):
        held.executor.fail(BrokenProcessPool("killed"))
    assert run.status().phase is Phase.FAILED
    assert run.status().error.code == "worker_died"


def test_an_error_in_the_experiment_fails_the_run(held, caplog):
    run = held.get(SPEC)
    run.start("me")
    held.executor.fail(ValueError("boom"))
    assert run.status().error.values["reason"] == "boom"
    assert held.executor.waiting == []
    assert "training failed" in caplog.text


WALL = """
import time
jump, real = [0.0], time.time
time.time = lambda: real() + jump[0]
from dlcore.runs import RunStore
from dlcore.specs import PlaygroundSpec
from tests.fakes import HeldExecutor
run = RunStore(HeldExecutor()).get(PlaygroundSpec())
run.start("me")
run.watch("another")
for jump[0] in (3600.0, -3600.0):
    assert run.status("me").phase == "running" and run.status("me").others == 1 and run.is_needed()
"""


def test_a_jump_of_the_wall_clock_ends_no_lease():
    """In a process of its own, where the clock is another before anything is imported."""
    subprocess.run([sys.executable, "-c", WALL], check=True, cwd=ROOT)


def test_after_a_jump_of_its_own_clock_a_run_rests_and_goes_on_without_a_loss(inline):
    """As after a machine slept with a chunk under way; the wake-up's first tick renews the lease."""
    held = RunStore(HeldExecutor(), Settings(chunk_seconds=0.0), clock=FakeClock())  # chunks of one step
    run, alone = held.get(SPEC), inline.get(SPEC)
    alone.start("me", FOREVER)
    run.start("me")
    held.executor.land()
    held.clock.now += 10**6
    held.executor.land()  # the chunk that was under way counts
    rested = run.status()
    assert (rested.phase, held.executor.waiting) == (Phase.PAUSED, [])
    run.start("me")
    while not run.ended:
        held.executor.land()
    assert steps(run) == steps(alone)
    assert [frame.blob for frame in run.frames_since(0)] == [frame.blob for frame in alone.frames_since(0)]
    assert held.counts["started"] == 1


def test_divergence_is_an_end_with_step_and_reason(inline):
    run = inline.get(SPEC.replace(loss="mse", optimizer="sgd", learning_rate=10.0, n_steps=500))
    run.start("me", FOREVER)
    status = run.status()
    assert status.phase is Phase.DIVERGED
    assert status.error.code in ("not_finite", "too_large")
    assert 0 < status.error.values["step"] < 500
    run.show(400)  # beyond the end: there is nothing to show
    assert max(steps(run)) <= status.error.values["step"]


def test_memory_is_bounded_by_forgetting_what_nobody_watches():
    store = RunStore(InlineExecutor(), Settings(memory_bytes=300_000), clock=FakeClock())
    kept = store.get(SPEC)
    kept.start("me")
    for seed in range(1, 20):
        run = store.get(SPEC.replace(seed=seed))
        run.start("passer-by")
        run.leave("passer-by")
    *earlier, _ = store._runs.values()  # the newest has grown since the store last looked
    assert sum(run.n_bytes for run in earlier) <= 300_000
    assert store.find(SPEC.key) is kept


def test_ended_runs_come_back_from_disk(tmp_path):
    disk = DiskStore(tmp_path, 10**8)
    store = RunStore(InlineExecutor(), disk=disk)
    for spec in (SPEC, SPEC.replace(loss="mse", optimizer="sgd", learning_rate=10.0, n_steps=500)):
        store.get(spec).start("me", FOREVER)
        disk.flush()
        restarted = RunStore(HeldExecutor(), disk=DiskStore(tmp_path, 10**8)).get(spec)
        assert restarted.status()[:3] == store.get(spec).status()[:3]
        assert restarted.history() == store.get(spec).history()
        assert str(restarted.error) == str(store.get(spec).error)


@pytest.mark.parametrize("damage", ["truncate", "empty", "json"])
def test_a_damaged_file_costs_a_second_training_only(tmp_path, damage, caplog):
    disk = DiskStore(tmp_path, 10**8)
    store = RunStore(InlineExecutor(), disk=disk)
    store.get(SPEC).start("me", FOREVER)
    disk.flush()
    head, body = run_files(disk.folder, SPEC.key)
    path = head if damage == "json" else body
    path.write_bytes(path.read_bytes()[: 0 if damage == "empty" else 200])
    again = RunStore(InlineExecutor(), disk=disk).get(SPEC)
    assert again.status().phase is Phase.IDLE
    assert "damaged" in caplog.text
    assert not head.exists()


def test_the_disk_keeps_no_more_than_its_share(tmp_path):
    disk = DiskStore(tmp_path, 700_000)
    store = RunStore(InlineExecutor(), disk=disk)
    for seed in range(6):
        store.get(SPEC.replace(seed=seed)).start("me", FOREVER)
        disk.flush()
    assert 0 < sum(path.stat().st_size for path in tmp_path.rglob("*.*")) <= 700_000
    assert disk.read(SPEC.replace(seed=5)) is not None


def test_a_folder_that_cannot_be_written_is_one_line_in_the_log(tmp_path, caplog):
    (tmp_path / "file").write_text("in the way")
    disk = DiskStore(tmp_path / "file", 10**8)
    RunStore(InlineExecutor(), disk=disk).get(SPEC).start("me", FOREVER)
    disk.flush()
    assert caplog.text.count("not kept on disk") == 1


def test_answers_and_weights_come_from_the_trained_state(inline):
    from safetensors.numpy import load

    run = inline.get(SPEC)
    run.start("me", FOREVER)
    answer = run.ask({"scores": "test"}).result()
    right = ((answer["y_score"][:, 0] > 0) == answer["y_true"]).mean()
    assert right == pytest.approx(run.history()[-1]["test_accuracy"])
    assert load(run.weights().result())["layer0.weight"].shape == (1, 2, 3)
