"""Worker processes: one thread each, low priority, and a killed worker costs one chunk."""

from __future__ import annotations

import os
import signal
import time

import pytest

from dlcore.advance import rehearse
from dlcore.errors import RunError
from dlcore.execution import InlineExecutor, WorkerPool, is_worker_death, wait_a_little, worker_threads
from dlcore.run import FOREVER, Phase
from dlcore.runs import RunStore
from dlcore.settings import Settings
from dlcore.specs import SPECS, PlaygroundSpec


@pytest.fixture(scope="module")
def pool():
    pool = WorkerPool(2)
    yield pool
    pool.shutdown(cancel_futures=True)


def test_a_worker_has_one_thread_and_low_priority(pool):
    assert pool.submit(worker_threads).result() == 1
    assert pool.submit(os.nice, 0).result() == 19


def test_the_pool_has_as_many_workers_as_asked(pool):
    pool.warm_up()
    assert len({pool.submit(wait_a_little, 0.05 * n).result() for n in range(4)} | _workers(pool)) == 2


def test_workers_rehearse_every_kind(pool, monkeypatch):
    done = []
    monkeypatch.setattr(pool, "_together", lambda times, fn, kind: done.append((times, fn, kind)))
    pool.rehearse()
    assert done == [(2, rehearse, kind) for kind in SPECS]


def test_errors_reach_the_caller_whole(pool):
    with pytest.raises(RunError, match="why"):
        pool.submit(fail).result()


def test_killed_mid_run_the_run_ends_with_the_same_frames(pool):
    spec = PlaygroundSpec(hidden_sizes=(8, 8), n_steps=3000)
    store = RunStore(pool, Settings(workers=2))
    run = store.get(spec)
    run.start("me", FOREVER)
    while run.status().step < 200:
        time.sleep(0.01)
    for worker in _workers(pool):
        os.kill(worker, signal.SIGKILL)
    assert run.wait(60)
    assert run.status().phase is Phase.FINISHED
    assert store.counts["resubmitted"] >= 1
    undisturbed = RunStore(InlineExecutor()).get(spec)
    undisturbed.start("me", FOREVER)
    assert run.history() == undisturbed.history()
    assert {frame.blob for frame in run.frames_since(0)} == {frame.blob for frame in undisturbed.frames_since(0)}


def test_what_counts_as_the_death_of_a_worker():
    killed = type("KilledWorker", (Exception,), {})
    assert is_worker_death(killed())
    assert not is_worker_death(ValueError())


def fail() -> None:
    raise RunError("why", run="this")


def _workers(pool: WorkerPool) -> set[int]:
    return set(pool._pool._processes)
