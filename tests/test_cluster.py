"""A real scheduler and workers, each a process of its own: what is killed costs time, never a frame."""

from __future__ import annotations

import logging
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import torch

from dlcore import cluster as module
from dlcore import device, execution
from dlcore.advance import advance
from dlcore.cluster import ClusterPool
from dlcore.execution import GPU_KINDS, InlineExecutor, make_executor, pays_on_gpu
from dlcore.experiments import playground
from dlcore.run import FOREVER, Phase, Run
from dlcore.runs import RunStore
from dlcore.settings import Settings
from dlcore.specs import CnnSpec, PerceptronSpec, PlaygroundSpec, ShiftTestSpec, Spec
from dlcore.worker import start_cluster_worker, worker_threads
from tests.machines import Cluster, machines
from ui.text import ROOT

CLASS: list[Spec] = [
    PlaygroundSpec(n_steps=1500),
    PlaygroundSpec(n_steps=1500, seed=1),
    PlaygroundSpec(n_steps=1500, activation="relu"),
    PerceptronSpec(),
]


CNN = CnnSpec(n_steps=400)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory) -> Iterator[Cluster]:
    with machines(str(tmp_path_factory.mktemp("dask"))) as cluster:
        yield cluster


@pytest.fixture(scope="module", autouse=True)
def often() -> Iterator[None]:
    """Look more often at who is there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "LOOK_AGAIN", 0.2)
        yield


@pytest.fixture(scope="module")
def pool(cluster: Cluster) -> Iterator[ClusterPool]:
    """As a server that was started before its cluster; its workers keep an ordinary priority, to come to their turn."""
    pool = ClusterPool(cluster.address, one_thread, pays_on_gpu)
    assert cluster.address in pool.what_is_missing()
    yield pool
    pool.shutdown(cancel_futures=True)
    with pytest.raises(RuntimeError):
        pool.submit(os.getpid)


def one_thread() -> None:
    import torch

    torch.set_num_threads(1)


def until(condition: Callable[[], object], seconds: float = 300) -> None:
    """Wait for something; fail only when it takes far longer than on the slowest machine."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def start(store: RunStore, specs: list[Spec]) -> list[Run]:
    runs = [store.get(spec) for spec in specs]
    for run in runs:
        run.start("class", FOREVER)
    return runs


def frames(run: Run) -> list[tuple[int, bytes]]:
    return sorted((frame.step, frame.blob) for frame in run.frames_since(0))


def assert_as_if_alone(runs: list[Run]) -> None:
    """Finished, with the frames of this process."""
    for run in runs:
        assert run.wait(240)
        assert run.status().phase is Phase.FINISHED
        (alone,) = start(RunStore(InlineExecutor()), [run.spec])
        assert frames(run) == frames(alone)


def where(spec: Spec, seconds: float) -> int:
    time.sleep(seconds)
    return os.getpid()


def test_a_class_on_a_cluster(cluster: Cluster, pool: ClusterPool, monkeypatch: pytest.MonkeyPatch, caplog) -> None:
    """One after another, as each begins with the cluster that the one before has left."""
    chunks_of_kinds_that_pay_go_to_the_worker_with_a_gpu(cluster, pool)
    every_worker_is_set_up(pool, monkeypatch)
    a_killed_worker_costs_no_frame(cluster, pool)
    a_scheduler_that_comes_back_costs_no_frame(cluster, pool, caplog)


def chunks_of_kinds_that_pay_go_to_the_worker_with_a_gpu(cluster: Cluster, pool: ClusterPool) -> None:
    cluster.schedule()
    plain, with_gpu = cluster.work(), cluster.work("--resources", "GPU=1")
    until(lambda: together(pool) == {plain.pid, with_gpu.pid})
    until(lambda: pool._gpu_there)
    for spec in (CnnSpec(), ShiftTestSpec()):
        assert {future.result(240) for future in [pool.submit(where, spec, 0.05) for _ in range(4)]} == {with_gpu.pid}


def together(pool: ClusterPool) -> set[int]:
    """The workers that share a few slow calls on a spec of another kind."""
    return {future.result(240) for future in [pool.submit(where, PlaygroundSpec(), 0.1) for _ in range(6)]}


def every_worker_is_set_up(pool: ClusterPool, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(ClusterPool, "_connect_soon", lambda pool: None)
        assert make_executor(Settings(cluster="tcp://here:1"))._start is start_cluster_worker
    assert {future.result(240) for future in [pool.submit(worker_threads) for _ in range(6)]} == {1}


def a_killed_worker_costs_no_frame(cluster: Cluster, pool: ClusterPool) -> None:
    runs = start(RunStore(pool, Settings(workers=2)), CLASS)
    until(lambda: all(run.status().step > 20 or run.ended for run in runs))
    cluster.processes[1].send_signal(signal.SIGKILL)
    assert_as_if_alone(runs)


def a_scheduler_that_comes_back_costs_no_frame(cluster: Cluster, pool: ClusterPool, caplog) -> None:
    caplog.clear()
    caplog.set_level(logging.INFO, "dlcore.cluster")
    runs = start(RunStore(pool, Settings(workers=2)), CLASS)
    until(lambda: all(run.status().step > 20 or run.ended for run in runs))
    scheduler = cluster.processes[0]
    scheduler.kill()
    scheduler.wait()
    call = pool.submit(os.getpid)  # as a page that asks something meanwhile
    until(pool.what_is_missing)
    assert all(run.status().error is None for run in runs)
    cluster.schedule()
    cluster.work()
    assert_as_if_alone(runs)
    assert call.result(240)
    assert_as_if_alone(start(RunStore(pool, Settings(workers=2)), [PlaygroundSpec(n_steps=200, seed=7)]))
    said = [record.message for record in caplog.records if record.name == "dlcore.cluster"]
    lost, connected = (line for line in said if "without workers" not in line)
    assert cluster.address in lost
    assert cluster.address in connected


def test_without_a_scheduler_a_run_ends_with_a_sentence(monkeypatch: pytest.MonkeyPatch, caplog) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.2)
    monkeypatch.setattr(module, "CONNECTING", 0.2)
    nobody = Cluster("")
    pool = ClusterPool(nobody.address, start_cluster_worker, pays_on_gpu)
    (run,) = start(RunStore(pool), [PlaygroundSpec()])
    assert run.wait(120)
    assert (run.status().phase, run.error.code) == (Phase.FAILED, "worker_died")
    assert nobody.address in pool.what_is_missing()
    assert [record.message for record in caplog.records if "not reached" in record.message] == [
        f"cluster not reached: {nobody.address} (OSError)"
    ]
    pool.shutdown(cancel_futures=True)


def test_workers_that_come_and_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog) -> None:
    """None at first; one of other code; one with a GPU that joins in the middle of a run and is killed again."""
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__NO_WORKERS_TIMEOUT", "500ms")
    with machines(str(tmp_path)) as cluster:
        pool = ClusterPool(cluster.address, one_thread, pays_on_gpu)
        pool.version = "another"
        cluster.schedule()
        until(lambda: "workers" in pool.what_is_missing())
        (run,) = start(RunStore(pool), [CNN.replace(seed=1)])
        assert run.wait(240)
        assert (run.status().phase, run.error.code) == (Phase.FAILED, "worker_died")
        cluster.work()
        until(lambda: not pool.what_is_missing())
        until(lambda: "cluster differs" in caplog.text)
        (run,) = start(RunStore(pool), [CNN])
        until(lambda: run.status().step > 0)
        with_gpu = cluster.work("--resources", "GPU=1")
        until(lambda: pool._gpu_there)
        with_gpu.kill()
        assert_as_if_alone([run])
        pool.shutdown(cancel_futures=True)
    said = [record.message for record in caplog.records if record.name == "dlcore.cluster"]
    assert sum("without workers" in line for line in said) == 1


def test_what_may_choose_a_gpu_is_sent_to_one() -> None:
    """A run whose chunks landed now on a GPU and now on a CPU would not be one run."""
    files = (ROOT / "dlcore" / "experiments").glob("*.py")
    choosing = {file.stem for file in files if "choose_device(" in file.read_text(encoding="utf-8")}
    assert choosing == {*GPU_KINDS, "playground"}
    assert execution.WORTH_IT == device.WORTH_IT


def test_of_the_playground_only_large_bands_are_sent_to_a_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device.torch.cuda, "is_available", lambda: True)
    chosen = []
    monkeypatch.setattr(playground, "choose_device", lambda _, work: chosen.append(work) or torch.device("cpu"))
    large = PlaygroundSpec(n_samples=1000, batch_size=500, n_seeds=64, hidden_sizes=(32, 32))
    for spec in (PlaygroundSpec(), PlaygroundSpec(n_seeds=8), large):
        playground.Playground(spec)
        assert pays_on_gpu(advance, spec) >= (chosen[-1] >= device.WORTH_IT)
    assert pays_on_gpu(advance, large)
    assert not pays_on_gpu(advance, PlaygroundSpec())
    assert not pays_on_gpu(os.getpid)
