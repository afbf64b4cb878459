"""Worker processes of this machine, first in, first out; one that dies costs the call it had, and nobody else's.

Each has a pipe of its own. With one pipe for all (loky, concurrent.futures) every pending call fails when a worker
dies, and one that is killed in the middle of a large result leaves the reader waiting for the rest of it for ever.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Collection
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import suppress
from multiprocessing import Pipe
from queue import Empty, SimpleQueue
from typing import Any, NamedTuple

from dlcore.advance import rehearse
from dlcore.specs import SPECS
from dlcore.worker import wait_a_little

log = logging.getLogger(__name__)

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
LOOK_AFTER = 1.0  # seconds between two looks at a worker that has nothing to do


class WorkerDied(BrokenExecutor):
    """The process that had this call is gone; the call may be sent again."""


class Task(NamedTuple):
    """What is to be called; `promise` is its result."""

    promise: Future
    call: tuple[Any, ...]


class Worker:
    """A process and this side's end of the pipe to it."""

    def __init__(self) -> None:
        self._pipe, theirs = Pipe()
        command = [sys.executable, "-m", "dlcore.worker", str(theirs.fileno())]
        environment = {**os.environ, **ONE_THREAD, "PYTHONPATH": os.pathsep.join(sys.path)}
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, env=environment, pass_fds=[theirs.fileno()])
        theirs.close()  # so that the pipe ends with the process

    def answer(self, call: tuple[Any, ...]) -> tuple[bool, Any]:
        """As `dlcore.worker.answer`; raises WorkerDied, and what cannot be pickled on the way."""
        try:
            self._pipe.send(call)
            return self._pipe.recv()
        except (EOFError, OSError):
            self.stop()
            raise WorkerDied(f"exit code {self.process.returncode}") from None

    def is_alive(self) -> bool:
        return self.process.poll() is None

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


class WorkerPool(Executor):
    """So many worker processes of one torch thread each at low priority; one that dies is replaced."""

    def __init__(self, n_workers: int) -> None:
        self.n_workers = n_workers
        self._missing, self._is_closed = "workers", False
        self._tasks: SimpleQueue[Task | None] = SimpleQueue()
        self._workers = [Worker() for _ in range(n_workers)]
        self._hands = [threading.Thread(target=self._serve, args=(number,), daemon=True) for number in range(n_workers)]
        for hand in self._hands:
            hand.start()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future:
        if self._is_closed:
            raise RuntimeError("the pool is shut down")
        promise: Future = Future()
        self._tasks.put(Task(promise, (fn, args, kwargs)))
        return promise

    def process_ids(self) -> set[int]:
        return {worker.process.pid for worker in self._workers}

    def warm_up(self) -> None:
        """Wait until every worker has imported torch."""
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

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the workers after what was submitted, or at once and cancel the rest."""
        self._is_closed = True
        while cancel_futures:
            try:
                task = self._tasks.get_nowait()
            except Empty:
                break
            if task is not None:
                task.promise.cancel()
        for _ in self._hands:
            self._tasks.put(None)
        if cancel_futures:
            for worker in self._workers:
                worker.stop()
        for hand in self._hands if wait else ():
            hand.join()

    def _together(self, times: int, fn: Callable[..., Any], *args: Any) -> None:
        """Do something so many times and wait; a worker that dies meanwhile is no matter."""
        for future in [self.submit(fn, *args) for _ in range(times)]:
            with suppress(BrokenExecutor):
                future.result()

    def _serve(self, number: int) -> None:
        """What one thread for each worker does: hand it a task, keep the promise, replace it when it has died."""
        while True:
            try:
                task = self._tasks.get(timeout=LOOK_AFTER)
            except Empty:
                self._look_after(number)
                continue
            if task is None:
                self._workers[number].stop()
                return
            if task.promise.set_running_or_notify_cancel():
                self._keep(task, self._look_after(number))

    def _look_after(self, number: int) -> Worker:
        """The worker of this number, alive."""
        worker = self._workers[number]
        if not worker.is_alive() and not self._is_closed:
            log.warning("worker died (exit code %s), starting another", worker.process.returncode)
            worker = self._workers[number] = Worker()
        return worker

    def _keep(self, task: Task, worker: Worker) -> None:
        try:
            is_good, value = worker.answer(task.call)
        except Exception as error:  # what cannot be pickled, or a dead worker
            is_good, value = False, error
        if is_good:
            task.promise.set_result(value)
        else:
            task.promise.set_exception(value)
