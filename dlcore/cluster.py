"""Chunks on a Dask cluster: a lost worker costs nothing but time, and so does a scheduler that comes back in time.

Dask itself gives the chunks of a dead worker to another one. When the scheduler is gone all its futures are lost: the
chunks wait here until it is back, and are sent again; after `PATIENCE` they fail like those of a dead worker.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from typing import Any, NamedTuple

from distributed import Client, WorkerPlugin

from dlcore.store import code_version

log = logging.getLogger(__name__)

PATIENCE = 20.0  # seconds that a chunk waits for the scheduler
CONNECTING = 3.0  # seconds of one try
LOOK_AGAIN = 10.0  # seconds between two looks at who is there
GPU = {"GPU": 1.0}  # what a worker with a GPU has, and what a chunk that pays there needs


class ClusterGone(BrokenExecutor):
    """No scheduler for as long as a chunk may wait."""


class TimedTask(NamedTuple):
    """What is to be called; `promise` is its result, `until` (on the monotonic clock) how long it may wait."""

    promise: Future
    call: tuple[Any, ...]
    until: float


class SetUp(WorkerPlugin):
    """What every worker does before its first chunk, also those that come later."""

    name = "dlcore"

    def __init__(self, start: Callable[[], None]) -> None:
        self.start = start

    def setup(self, worker: Any) -> None:
        self.start()


class ClusterPool(Executor):
    """The workers of the Dask scheduler at `address`.

    Connects in a thread of its own, now and whenever the connection is lost, so that no page waits for it.

    Args:
        start: what each worker does first.
        pays: whether a call is better sent to a worker with a GPU, if the cluster has one.
    """

    def __init__(self, address: str, start: Callable[[], None], pays: Callable[..., bool]) -> None:
        self.address, self._start, self._pays = address, start, pays
        self._lock = threading.RLock()
        self._client: Client | None = None
        self._waiting: list[TimedTask] = []  # for a connection
        self._hands = ThreadPoolExecutor(4, thread_name_prefix="dlcore-landing")  # fetch results
        self.version = code_version()  # that every worker should have too
        self._workers: set[str] = set()  # addresses
        self._is_empty = self._gpu_there = False  # as seen at the last look
        self._under_way: set[Any] = set()
        self._is_closed = False
        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters of a lost connection is said here
        self._connect_soon()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future:
        if self._is_closed:
            raise RuntimeError("the cluster is shut down")
        promise: Future = Future()
        self._send(TimedTask(promise, (fn, args, kwargs), time.monotonic() + PATIENCE))
        return promise

    def what_is_missing(self) -> str:
        """Empty while there is a connection, and somebody at the other end."""
        if self._client is None:
            return f"the cluster at {self.address}"
        return "" if self._workers else f"workers of the cluster at {self.address}"

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        with self._lock:
            self._is_closed = True
            client, self._client = self._client, None
        if client is not None:
            _close(client)
        self._send_waiting()

    def _send(self, task: TimedTask) -> None:
        with self._lock:
            client = self._client
            if client is None:
                self._waiting.append(task)
                return
        fn, args, kwargs = task.call
        try:
            resources = GPU if self._gpu_there and self._pays(fn, *args) else None
            future = client.submit(fn, *args, **kwargs, pure=False, resources=resources)
        except Exception:  # of many kinds while a connection breaks
            self._lost(client, task)
            return
        with self._lock:
            self._under_way.add(future)  # Dask forgets what nobody refers to
        future.add_done_callback(lambda landed: self._hands.submit(self._land, client, task, landed))

    def _land(self, client: Client, task: TimedTask, future: Any) -> None:
        """Keep the promise; a result that went with the scheduler is asked for again."""
        with self._lock:
            self._under_way.discard(future)
        if future.status == "error":
            task.promise.set_exception(future.exception())
            return
        try:
            result = future.result()
        except (Exception, CancelledError):
            self._lost(client, task)
            return
        task.promise.set_result(result)

    def _lost(self, client: Client, task: TimedTask) -> None:
        """Have the task wait for the next connection, unless its time is up; look for one if nobody does yet."""
        with self._lock:
            is_first = self._client is client
            if is_first:
                self._client = None
            self._waiting.append(task)
            is_back = self._client is not None
        self._give_up(time.monotonic())
        if is_first:
            log.warning("cluster lost: %s; its chunks wait up to %d s for it", self.address, PATIENCE)
            self._connect_soon(client)
        elif is_back or self._is_closed:
            self._send_waiting()

    def _connect_soon(self, old: Client | None = None) -> None:
        threading.Thread(target=self._connect, args=(old,), name="dlcore-cluster", daemon=True).start()

    def _connect(self, old: Client | None) -> None:
        """Try until there is a scheduler, its workers are set up, and what has waited is on its way."""
        is_told, client = old is not None, None
        if old is not None:
            _close(old)
        while not self._is_closed and self._client is None:
            try:
                client = self._open()
            except Exception as error:  # of many kinds: nobody there, not ready yet, gone again
                if not is_told:
                    log.warning("cluster not reached: %s (%s)", self.address, type(error).__name__)
                    is_told = True
                self._give_up(time.monotonic())
                time.sleep(0.2)
            else:
                with self._lock:
                    self._client = client
                log.info("cluster connected: %s", self.address)
        self._send_waiting()
        while client is not None and self._client is client:
            time.sleep(LOOK_AGAIN)
            with suppress(Exception):  # of many kinds while a connection breaks; the next chunk notices
                self._look(client)

    def _look(self, client: Client) -> None:
        """See who is there, who has a GPU and whose code is not ours; what is wrong is said once."""
        there = client.scheduler_info(n_workers=-1)["workers"]
        if not there and not self._is_empty:
            log.warning("cluster without workers: %s; its chunks wait", self.address)
        self._gpu_there = any(worker["resources"].get("GPU") for worker in there.values())
        self._is_empty = not there
        new = sorted(there.keys() - self._workers)
        versions = client.run(code_version, workers=new, on_error="return") if new else {}
        self._workers = set(there)
        for worker, version in versions.items():
            if version != self.version and isinstance(version, str):  # else an error: it has left meanwhile
                log.warning("cluster differs: worker %s has other code or libraries than this server", worker)

    def _open(self) -> Client:
        client = Client(self.address, timeout=CONNECTING, set_as_default=False)
        try:
            client.register_plugin(SetUp(self._start))
            self._workers, self._is_empty = set(), False
            self._look(client)
        except BaseException:
            _close(client)
            raise
        return client

    def _send_waiting(self) -> None:
        with self._lock:
            waiting, self._waiting = self._waiting, []
        for task in waiting:
            if self._is_closed:
                task.promise.set_exception(ClusterGone("shut down"))
            else:
                self._send(task)

    def _give_up(self, now: float) -> None:
        """Fail what has waited too long."""
        with self._lock:
            overdue = [task for task in self._waiting if task.until <= now]
            self._waiting = [task for task in self._waiting if task.until > now]
        for task in overdue:
            task.promise.set_exception(ClusterGone(f"no cluster at {self.address}"))


def _close(client: Client) -> None:
    with suppress(Exception):  # what has gone cannot say goodbye
        client.close(timeout=1)
