"""A Dask scheduler and workers on this machine, each a process of its own, for a test or a measurement."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from ui.text import ROOT


class Cluster:
    """Processes on this machine that end with the test."""

    def __init__(self, folder: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.folder, self.address = folder, f"tcp://127.0.0.1:{self.port}"
        self.processes: list[subprocess.Popen] = []

    def schedule(self) -> subprocess.Popen:
        return self._start("scheduler", "--port", str(self.port))

    def work(self, *more: str) -> subprocess.Popen:
        place = ("--nthreads", "1", "--no-nanny", "--local-directory", self.folder)
        return self._start("worker", self.address, *place, *more)

    def _start(self, what: str, *more: str) -> subprocess.Popen:
        command = [sys.executable, "-m", "dask", what, *more, "--host", "127.0.0.1", "--no-dashboard"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
        silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        process = subprocess.Popen(command, cwd=ROOT, env=environment, **silent)
        self.processes.append(process)
        return process


@contextmanager
def machines(folder: str) -> Iterator[Cluster]:
    """None yet; those that are started end with the block."""
    cluster = Cluster(folder)
    try:
        yield cluster
    finally:
        for process in cluster.processes:
            process.kill()
            process.wait()
