"""All trainings of this process: one `Run` for each spec on the whole server, in bounded memory."""

from __future__ import annotations

import itertools
import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Callable
from concurrent.futures import Executor
from pathlib import Path

from dlcore.audience import person
from dlcore.errors import RunError
from dlcore.run import Run
from dlcore.settings import Settings
from dlcore.specs import Spec
from dlcore.store import RECORDED, DiskStore, read_run


class RunStore:
    """All runs of this process, by spec; the same spec is the same run for everybody (single flight)."""

    def __init__(
        self,
        executor: Executor,
        settings: Settings | None = None,
        disk: DiskStore | None = None,
        clock: Callable[[], float] = time.monotonic,
        records: Path = RECORDED,
    ) -> None:
        self.executor, self.settings, self.disk, self.clock = executor, settings or Settings(), disk, clock
        self.counts: Counter[str] = Counter()  # started, chunks, resubmitted, finished, diverged, failed
        self._lock = threading.RLock()  # taken before a run's lock, never while holding one
        self._ticket_lock = threading.Lock()  # taken last
        self._runs: OrderedDict[str, Run] = OrderedDict()
        self._tickets: set[int] = set()
        self._numbers = itertools.count(1)
        self._records = records
        self._recorded = frozenset(path.stem for path in records.glob("*.json"))

    def get(self, spec: Spec, live: bool = False) -> Run:
        """The run of this spec: from memory, recorded with the code, from disk, from its parent's frames, or a new one.

        Of a spec with a recorded run, `live` asks for another run that is computed here.
        """
        is_recorded = spec.key in self._recorded
        key = f"{spec.key}-live" if live and is_recorded else spec.key
        with self._lock:
            run = self._runs.get(key)
            if run is None:
                run = self._runs[key] = self._open(spec, key, is_recorded and not live)
                self._forget_old()
            self._runs.move_to_end(key)
            return run

    def check_quotas(self, run: Run, viewer: str) -> None:
        """Raises RunError where the settings forbid that the viewer trains this run.

        quota_steps (value, high), quota_seconds (high), quota_runs (high): so many has this person going already;
        quota_queue (high): so many has everybody. Who trains the run already is not counted again.
        """
        limits, who = self.settings, person(viewer)
        if run.spec.n_steps > limits.run_steps:
            raise RunError("quota_steps", value=run.spec.n_steps, high=limits.run_steps)
        if run.seconds >= limits.run_seconds:
            raise RunError("quota_seconds", high=limits.run_seconds)
        if run.is_trained_by(who):
            return
        with self._lock:
            others = [other for other in self._runs.values() if other is not run]
        if sum(other.is_trained_by(who) for other in others) >= limits.session_runs:
            raise RunError("quota_runs", high=limits.session_runs)
        if not run.is_going() and sum(other.is_going() for other in others) >= limits.queue_length:
            raise RunError("quota_queue", high=limits.queue_length)

    def find(self, key: str) -> Run | None:
        """A run in memory by its key."""
        with self._lock:
            return self._runs.get(key)

    def specs(self) -> list[Spec]:
        """Of all runs in memory, in the order in which they were asked for last."""
        with self._lock:
            return [run.spec for run in self._runs.values()]

    def keep(self, run: Run) -> None:
        """Write an ended run to disk, if there is one."""
        if self.disk is not None:
            self.disk.write_soon(run.to_stored())

    def close(self) -> None:
        """No run goes on, what has ended is on disk, the workers leave."""
        with self._lock:
            runs = list(self._runs.values())
        for run in runs:
            run.rest()
        if self.disk is not None:
            self.disk.flush()
        self.executor.shutdown(cancel_futures=True)

    def count(self, name: str) -> None:
        with self._ticket_lock:
            self.counts[name] += 1

    def next_ticket(self) -> int:
        with self._ticket_lock:
            ticket = next(self._numbers)
            self._tickets.add(ticket)
            return ticket

    def return_ticket(self, ticket: int | None) -> None:
        with self._ticket_lock:
            self._tickets.discard(ticket or 0)

    def position(self, ticket: int | None) -> int:
        """How many chunks will be begun before this one is."""
        with self._ticket_lock:
            earlier = sum(other < ticket for other in self._tickets) if ticket is not None else 0
            return max(0, earlier - self.settings.workers + 1)

    def n_active(self) -> int:
        """How many runs have a chunk under way."""
        with self._ticket_lock:
            return len(self._tickets)

    def _open(self, spec: Spec, key: str, is_recorded: bool) -> Run:
        run = Run(spec, self, key)
        if is_recorded:
            run.restore(read_run(self._records, spec))
            return run
        stored = self.disk.read(spec) if self.disk is not None else None
        if stored is not None:
            run.restore(stored)
            return run
        parent = spec.parent()
        if parent is not None and parent.key in self._runs:
            run.adopt(self._runs[parent.key], spec.edits[-1][0])
        return run

    def _forget_old(self) -> None:
        total = sum(run.n_bytes for run in self._runs.values())
        for key, run in list(self._runs.items())[:-1]:
            if total <= self.settings.memory_bytes:
                return
            if not run.is_needed():
                total -= run.n_bytes
                del self._runs[key]
