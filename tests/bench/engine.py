"""What the engine adds to a bare loop, and how it holds up with many runs at once; wall times."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial
from tempfile import TemporaryDirectory

from dlcore.advance import advance, open_experiment
from dlcore.cluster import ClusterPool
from dlcore.execution import pays_on_gpu
from dlcore.frames import recorded_steps
from dlcore.pool import WorkerPool
from dlcore.run import FOREVER
from dlcore.runs import RunStore
from dlcore.settings import Settings
from dlcore.specs import PlaygroundSpec
from dlcore.worker import start_cluster_worker
from tests.bench.table import Row, alternate, median, ratio
from tests.machines import machines

SPEC = PlaygroundSpec(dataset="spiral", hidden_sizes=(8, 8), n_steps=8000)


def measure(rounds: int) -> list[Row]:
    pool = WorkerPool(2)
    pool.warm_up()
    try:
        return [*_throughput(pool, rounds), _chunk(pool, rounds), _crowd(pool, max(3, rounds // 3)), _dask(rounds)]
    finally:
        pool.shutdown(cancel_futures=True)


def bare_loop(spec: PlaygroundSpec) -> float:
    """Seconds for the same steps and frames in a plain loop; runs in a worker, where priority and threads are alike."""
    started = time.perf_counter()
    experiment, recorded = open_experiment(spec), set(recorded_steps(spec.n_steps))
    experiment.observe()
    for step in range(1, spec.n_steps + 1):
        experiment.step()
        if step in recorded:
            experiment.observe()
    return time.perf_counter() - started


def _throughput(pool: WorkerPool, rounds: int) -> list[Row]:
    seeds = iter(range(10**6))

    def bare() -> float:
        return pool.submit(bare_loop, SPEC).result()

    def run() -> float:
        return _train(RunStore(pool, Settings(workers=2)), [SPEC.replace(seed=next(seeds))])

    figures = alternate(rounds, {"bare": bare, "run": run})
    aid = f"bare {median(figures['bare']):.2f} s, run {median(figures['run']):.2f} s"
    return [
        Row("steps a second through RunStore and worker ÷ bare loop", ratio(figures, "bare", "run"), 0.9, False, aid)
    ]


def _chunk(pool: WorkerPool, rounds: int) -> Row:
    figures = alternate(rounds, {"chunk": partial(there_and_back, pool)})
    return Row("chunk overhead, MLP with Adam, worker process (ms)", median(figures["chunk"]), 3.0)


def _dask(rounds: int) -> Row:
    """The same through a scheduler and one worker on this machine, each a process of its own."""
    with TemporaryDirectory() as folder, machines(folder) as cluster:
        cluster.schedule()
        cluster.work()
        pool = ClusterPool(cluster.address, start_cluster_worker, pays_on_gpu)
        while pool.what_is_missing():
            time.sleep(0.1)
        pool.submit(advance, SPEC, None, 8).result()
        figures = alternate(rounds, {"chunk": partial(there_and_back, pool)})
        pool.shutdown(cancel_futures=True)
    return Row("chunk overhead, MLP with Adam, Dask (ms)", median(figures["chunk"]), 30.0)


def there_and_back(executor: Executor) -> float:
    """Milliseconds of a chunk of no steps: state in, unpacked, packed, out."""
    state = advance(SPEC, None, 8).state
    started = time.perf_counter()
    for _ in range(50):
        executor.submit(advance, SPEC, state, 0).result()
    return (time.perf_counter() - started) / 50 * 1000


def _crowd(pool: WorkerPool, rounds: int) -> Row:
    seeds = iter(range(10**6))

    def together(n_runs: int) -> float:
        """Steps a second, all runs together."""
        specs = [SPEC.replace(seed=next(seeds), n_steps=3000) for _ in range(n_runs)]
        return n_runs * 3000 / _train(RunStore(pool, Settings(workers=2)), specs)

    contestants: dict[str, Callable[[], float]] = {"16": partial(together, 16), "2": partial(together, 2)}
    figures = alternate(rounds, contestants)
    aid = f"16 runs {median(figures['16']):.0f}, 2 runs {median(figures['2']):.0f} steps/s"
    return Row("16 runs at once ÷ 2 at once, total steps a second", ratio(figures, "16", "2"), 0.9, False, aid)


def _train(store: RunStore, specs: list[PlaygroundSpec]) -> float:
    started = time.perf_counter()
    runs = [store.get(spec) for spec in specs]
    for run in runs:
        run.start("bench", FOREVER)
    for run in runs:
        run.wait()
    return time.perf_counter() - started
