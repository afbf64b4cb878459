"""Where chunks run: in this thread (inline), in processes (loky) or on a cluster (Dask), always an Executor."""

from __future__ import annotations

import itertools
import logging
import os
import threading
from collections.abc import Callable, Collection
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from contextlib import suppress
from typing import Any

from loky.process_executor import ProcessPoolExecutor, ShutdownExecutorError

from dlcore.advance import rehearse
from dlcore.data.points import MAX_CLASS
from dlcore.logs import log_to_console
from dlcore.settings import Settings
from dlcore.specs import SPECS, PlaygroundSpec

GPU_KINDS = ("cnn", "shift_test")  # whose steps are mostly enough work for a GPU; there dlcore/device.py has its say
WORTH_IT = 5e7  # multiply-adds of a step, as in dlcore/device.py, which needs torch

log = logging.getLogger(__name__)

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")

ROOMY = {"LOKY_MAX_MEMORY_LEAK_SIZE": "1e9"}  # bytes; the data and libraries of all kinds come to 0.3 GB, and stay


def make_executor(settings: Settings) -> Executor:
    """The executor that the settings name."""
    if settings.cluster:
        from dlcore.cluster import ClusterPool

        return ClusterPool(settings.cluster, start_worker, pays_on_gpu)
    if settings.executor == "inline":
        return InlineExecutor()
    return WorkerPool(settings.workers)


def is_worker_death(error: BaseException) -> bool:
    """Whether a chunk was lost with its worker, so that it may be sent again."""
    return isinstance(error, BrokenExecutor | CancelledError) or type(error).__name__ in (
        "KilledWorker",
        "CommClosedError",
        "NoValidWorkerError",
    )


class InlineExecutor(Executor):
    """Runs everything at once in the calling thread: for tests, notebooks and the command line."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future:
        future: Future = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # handed to whoever asks for the result, as every executor does
            future.set_exception(error)
        return future


class WorkerPool(Executor):
    """Worker processes of one torch thread each at low priority; a pool broken by a dead worker is replaced."""

    def __init__(self, n_workers: int) -> None:
        self.n_workers = n_workers
        self._missing, self._is_closed = "workers", False
        self._lock = threading.Lock()
        self._pool = self._new_pool()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future:
        for _ in range(3):
            pool = self._pool
            try:
                return pool.submit(fn, *args, **kwargs)
            except (BrokenExecutor, ShutdownExecutorError):
                self._replace(pool)
        return self._pool.submit(fn, *args, **kwargs)

    def warm_up(self) -> None:
        """Start every worker and wait until each has imported torch."""
        self._together(2 * self.n_workers, wait_a_little, 0.2)

    def rehearse(self, kinds: Collection[str] = SPECS) -> None:
        """Have the workers load what each kind needs, one kind after another: students' chunks go in between."""
        for number, kind in enumerate(kinds):
            self._missing = f"rehearsals of {len(kinds) - number} kinds"
            self._together(self.n_workers, rehearse, kind)
        self._missing = ""

    def what_is_missing(self) -> str:
        """What is left to do until every worker has rehearsed every kind; empty at the end."""
        return self._missing

    def _together(self, times: int, fn: Callable[..., Any], *args: Any) -> None:
        """Do something so many times and wait; a worker that dies meanwhile is no matter."""
        for future in [self.submit(fn, *args) for _ in range(times)]:
            with suppress(BrokenExecutor):
                future.result()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._is_closed = True
        self._pool.shutdown(wait=wait, kill_workers=cancel_futures)

    def _replace(self, broken: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._pool is broken and not self._is_closed:
                log.warning("worker pool broken, starting another of %d workers", self.n_workers)
                self._pool = self._new_pool()

    def _new_pool(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self.n_workers, timeout=None, initializer=start_worker, env={**ONE_THREAD, **ROOMY})


def start_worker() -> None:
    """In a fresh worker: step behind the web process, one thread, torch loaded before the first student waits."""
    os.nice(19)
    log_to_console()
    import torch

    torch.set_num_threads(1)
    rehearse()


def wait_a_little(seconds: float) -> int:
    """Keep a worker busy for a moment, so that the next task wakes another one; returns its process id."""
    import time

    time.sleep(seconds)
    return os.getpid()


def worker_threads() -> int:
    """How many threads torch uses in the worker that runs this."""
    import torch

    return torch.get_num_threads()


def pays_on_gpu(fn: Callable[..., Any], *args: Any) -> bool:
    """Whether a call is one on a spec that a worker with a GPU, if the cluster has one, must have.

    It says yes wherever dlcore/device.py may choose the GPU: all chunks of a run have to land on one kind of device.
    """
    spec = args[0] if args else None
    if isinstance(spec, PlaygroundSpec):
        sizes = (len(spec.features), *spec.hidden_sizes, MAX_CLASS + 1)
        work = sum(a * b for a, b in itertools.pairwise(sizes))
        return 3 * spec.n_seeds * spec.batch_size * work >= WORTH_IT
    return getattr(spec, "kind", "") in GPU_KINDS
