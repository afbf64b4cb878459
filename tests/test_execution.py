"""Where chunks run, and which errors mean that one may be sent again."""

from __future__ import annotations

from dlcore.execution import is_worker_death
from dlcore.pool import WorkerDied


def test_what_counts_as_the_death_of_a_worker():
    for name in ("KilledWorker", "NoWorkerError"):  # of Dask
        assert is_worker_death(type(name, (Exception,), {})())
    assert is_worker_death(WorkerDied())
    assert not is_worker_death(ValueError())
