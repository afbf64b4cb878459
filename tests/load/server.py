"""A Streamlit server of our own for a measurement: a fresh process, an empty cache, and what it uses."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import psutil

ROOT = Path(__file__).parents[2]
NAIVE = Path(__file__).parent / "naive_app.py"
START = 60.0  # seconds that a server may take until it answers


@dataclass(frozen=True)
class Usage:
    """Of the web process and of its workers at one moment: CPU in seconds since their start, memory in bytes."""

    at: float
    web_cpu: float
    workers_cpu: float
    web_memory: int
    workers_memory: int
    n_workers: int
    others_cpu: float  # of everything else on the machine but this process, which plays the students


class Server:
    """`with Server() as server:` starts it and stops it; `server.port` is where it listens."""

    def __init__(self, script: Path = ROOT / "serve.py", port: int = 0, **settings: str) -> None:
        self.script, self.port, self.settings = script, port or free_port(), settings
        self._folder = tempfile.TemporaryDirectory(prefix="load-", ignore_cleanup_errors=True)
        self.log_path = Path(self._folder.name) / "log"
        self._process: subprocess.Popen[bytes] | None = None
        self._gone: dict[int, float] = {}  # CPU of each process seen, so that one that ends still counts

    def __enter__(self) -> Self:
        folder = Path(self._folder.name)
        own = self.script.parent == ROOT
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("DLCORE_", "STREAMLIT_"))},
            "DLCORE_CACHE_DIR": str(folder / "cache"),
            **self.settings,
        }
        options = {"port": self.port, "address": "127.0.0.1", "headless": "true", "fileWatcherType": "none"}
        command = [sys.executable, "-m", "streamlit", "run", str(self.script), "--browser.gatherUsageStats=false"]
        command += [f"--server.{name}={value}" for name, value in options.items()]
        with self.log_path.open("wb") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT if own else folder, env=environment, stdout=log, stderr=subprocess.STDOUT
            )
        try:
            self._wait_until_healthy()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is None:
            return
        family = [] if self.death else self._family()
        self._process.terminate()
        _, alive = psutil.wait_procs(family, timeout=5)
        for process in alive:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        self._process.wait()
        self._process = None
        self._folder.cleanup()

    def stop(self) -> float:
        """Ask the web process to stop, as a service manager does; returns the seconds until it was gone."""
        if self._process is None:
            raise RuntimeError("the server is not running")
        started = time.perf_counter()
        self._process.terminate()
        self._process.wait(START)
        return time.perf_counter() - started

    @property
    def death(self) -> str:
        """How the web process ended, though nobody had stopped it; empty while it lives."""
        code = self._process.poll() if self._process is not None else None
        return "" if code is None else f"the server ended with code {code}"

    def log(self) -> str:
        return self.log_path.read_text(errors="replace")

    def n_started(self) -> int:
        """How many trainings were started, as the log says."""
        return self.log().count("training started: ")

    def usage(self) -> Usage:
        if self.death:
            raise RuntimeError(f"{self.death}:\n{self.log()[-2000:]}")
        web, *workers = self._family()
        for process in (web, *workers):
            with suppress(psutil.NoSuchProcess):
                times = process.cpu_times()
                self._gone[process.pid] = times.user + times.system
        web_cpu = self._gone[web.pid]
        memory = [_memory(process) for process in (web, *workers)]
        busy = [size for size in memory[1:] if size > 50 * 2**20]
        ours = sum(self._gone.values())
        others = _machine_cpu() - ours - sum(psutil.Process().cpu_times()[:2])
        return Usage(time.perf_counter(), web_cpu, ours - web_cpu, memory[0], sum(busy), len(busy), others)

    def _family(self) -> list[psutil.Process]:
        if self._process is None:
            raise RuntimeError("the server is not running")
        web = psutil.Process(self._process.pid)
        return [web, *web.children(recursive=True)]

    def _wait_until_healthy(self) -> None:
        limit = time.monotonic() + START
        while time.monotonic() < limit:
            if self.death:
                break
            with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{self.port}/_stcore/health", timeout=2):
                return
            time.sleep(0.1)
        raise RuntimeError(f"the server did not start, {self.death}:\n{self.log()[-2000:]}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _machine_cpu() -> float:
    """Seconds that all cores together have been busy."""
    times = psutil.cpu_times()
    return times.user + times.system + getattr(times, "nice", 0.0)


def _memory(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        return 0
