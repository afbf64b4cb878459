"""Worker processes: one thread each, low priority, and a killed worker costs the call it had."""

from __future__ import annotations

import os
import signal
import struct
import sys
import threading
import time
from concurrent.futures import CancelledError

import pytest

from dlcore import worker
from dlcore.advance import rehearse
from dlcore.errors import RunError
from dlcore.execution import InlineExecutor
from dlcore.pool import WorkerDied, WorkerPool
from dlcore.run import FOREVER, Phase
from dlcore.runs import RunStore
from dlcore.settings import Settings
from dlcore.specs import SPECS, PlaygroundSpec
from dlcore.worker import wait_a_little, worker_threads


@pytest.fixture(scope="module")
def pool():
    pool = WorkerPool(2)
    yield pool
    pool.shutdown(cancel_futures=True)


def test_a_worker_has_one_thread(pool):
    assert pool.submit(worker_threads).result() == 1


def test_a_worker_steps_behind_the_web_process(monkeypatch):
    steps = []
    monkeypatch.setattr(worker.os, "nice", steps.append)
    for name in ("rehearse", "log_to_console"):
        monkeypatch.setattr(worker, name, lambda: None)
    worker.start_worker()
    assert steps == [19]


def test_the_pool_has_as_many_workers_as_asked(pool):
    pool.warm_up()
    ids = {future.result() for future in [pool.submit(wait_a_little, 0.05) for _ in range(8)]}
    assert ids == pool.process_ids()
    assert len(ids) == 2


def test_workers_rehearse_every_kind(pool, monkeypatch):
    done = []
    monkeypatch.setattr(pool, "_together", lambda times, fn, kind: done.append((times, fn, kind)))
    pool.rehearse()
    assert done == [(2, rehearse, kind) for kind in SPECS]


def test_errors_reach_the_caller_whole(pool):
    with pytest.raises(RunError, match="why"):
        pool.submit(fail).result()
    with pytest.raises(ZeroDivisionError) as caught:
        pool.submit(divide, 1, 0).result()
    assert "divide" in caught.value.__notes__[0]


def test_what_cannot_be_sent_there_or_back_is_an_error_of_that_call(pool):
    with pytest.raises(Exception, match="pickle"):
        pool.submit(lambda: 1).result()
    with pytest.raises(TypeError, match="pickle"):
        pool.submit(threading.Lock).result()
    assert pool.submit(divide, 6, 3).result() == 2


def test_a_dead_worker_costs_the_call_it_had_and_no_other(pool):
    pool.warm_up()
    dying, longer, later = pool.submit(die), pool.submit(wait_a_little, 0.5), pool.submit(divide, 6, 3)
    with pytest.raises(WorkerDied):
        dying.result(60)
    assert longer.result(60) in pool.process_ids()
    assert later.result(60) == 2


def test_a_worker_that_dies_in_the_middle_of_its_answer_holds_nobody_up(pool):
    """The rest of such an answer never comes: whoever waited for it would wait for ever."""
    with pytest.raises(WorkerDied):
        pool.submit(die_half_way).result(60)
    assert pool.submit(divide, 6, 3).result(60) == 2


def test_a_worker_that_dies_idle_is_replaced(pool):
    pool.warm_up()
    before = pool.process_ids()
    os.kill(min(before), signal.SIGKILL)
    until = time.monotonic() + 60
    while len(pool.process_ids() - before) != 1 and time.monotonic() < until:
        time.sleep(0.05)
    assert len(pool.process_ids() & before) == 1
    assert len(pool.process_ids()) == 2


def test_shut_down_at_once_the_rest_is_cancelled():
    pool = WorkerPool(1)
    running, waiting = pool.submit(wait_a_little, 600), pool.submit(divide, 6, 3)
    while not running.running():
        time.sleep(0.01)
    pool.shutdown(cancel_futures=True)
    with pytest.raises(WorkerDied):
        running.result(60)
    with pytest.raises(CancelledError):
        waiting.result(60)
    with pytest.raises(RuntimeError, match="shut down"):
        pool.submit(divide, 6, 3)


def test_shut_down_without_haste_all_is_done():
    pool = WorkerPool(1)
    results = [pool.submit(divide, n, 1) for n in range(3)]
    pool.shutdown()
    assert [result.result(0) for result in results] == [0, 1, 2]


def test_killed_mid_run_the_run_ends_with_the_same_frames(pool):
    spec = PlaygroundSpec(hidden_sizes=(8, 8), n_steps=3000)
    store = RunStore(pool, Settings(workers=2))
    run = store.get(spec)
    run.start("me", FOREVER)
    while run.status().step < 200:
        time.sleep(0.01)
    for number in pool.process_ids():
        os.kill(number, signal.SIGKILL)
    assert run.wait(60)
    assert run.status().phase is Phase.FINISHED
    assert store.counts["resubmitted"] >= 1
    undisturbed = RunStore(InlineExecutor()).get(spec)
    undisturbed.start("me", FOREVER)
    assert run.history() == undisturbed.history()
    assert {frame.blob for frame in run.frames_since(0)} == {frame.blob for frame in undisturbed.frames_since(0)}


def fail() -> None:
    raise RunError("why", run="this")


def divide(a: float, b: float) -> float:
    return a / b


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_half_way() -> None:
    """Announce an answer of a million bytes, send four of them, and die."""
    os.write(int(sys.argv[1]), struct.pack("!i", 1_000_000) + b"half")
    die()
