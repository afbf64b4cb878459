"""Where chunks run: in this thread, in processes of this machine or on a cluster (Dask), always an Executor."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from typing import Any

from dlcore.data.points import MAX_CLASS
from dlcore.pool import WorkerPool
from dlcore.settings import Settings
from dlcore.specs import PlaygroundSpec
from dlcore.worker import start_cluster_worker

GPU_KINDS = ("cnn", "shift_test")  # whose steps are mostly enough work for a GPU; there dlcore/device.py has its say
WORTH_IT = 5e7  # multiply-adds of a step, as in dlcore/device.py, which needs torch


def make_executor(settings: Settings) -> Executor:
    """The executor that the settings name."""
    if settings.cluster:
        from dlcore.cluster import ClusterPool

        return ClusterPool(settings.cluster, start_cluster_worker, pays_on_gpu)
    if settings.executor == "inline":
        return InlineExecutor()
    return WorkerPool(settings.workers)


def is_worker_death(error: BaseException) -> bool:
    """Whether a chunk was lost with its worker, so that it may be sent again."""
    return isinstance(error, BrokenExecutor | CancelledError) or type(error).__name__ in (
        "KilledWorker",
        "CommClosedError",
        "NoValidWorkerError",
        "NoWorkerError",
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


def pays_on_gpu(fn: Callable[..., Any], *args: Any) -> bool:
    """Whether a call is one on a spec that a worker with a GPU, if the cluster has one, must have.

    It says yes wherever dlcore/device.py may choose the GPU by the work of a step: all chunks of a run have to land
    on one kind of device.
    """
    spec = args[0] if args else None
    if isinstance(spec, PlaygroundSpec):
        sizes = (len(spec.features), *spec.hidden_sizes, MAX_CLASS + 1)
        work = sum(a * b for a, b in itertools.pairwise(sizes))
        return 3 * spec.n_seeds * spec.batch_size * work >= WORTH_IT
    return getattr(spec, "kind", "") in GPU_KINDS
