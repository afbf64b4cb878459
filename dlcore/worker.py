"""A process that trains: `python -m dlcore.worker FD` answers the calls that come through the pipe of descriptor FD."""

from __future__ import annotations

import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

from dlcore.advance import rehearse
from dlcore.logs import log_to_console
from dlcore.settings import Settings


def start_worker() -> None:
    """In a fresh worker: step behind the web process, one thread, torch loaded before the first student waits."""
    os.nice(Settings.from_environment().nice)
    log_to_console()
    import torch

    torch.set_num_threads(1)
    rehearse()


def start_cluster_worker() -> None:
    """The same on a machine of a cluster, where nothing is measured: a run's chunks land on any of its machines."""
    os.environ.setdefault("DLCORE_DEVICE", "by_work")
    start_worker()


def answer(fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[bool, Any]:
    """`(True, result)` or `(False, exception)`."""
    try:
        return True, fn(*args, **kwargs)
    except Exception as error:  # handed to whoever asks for the result, as every executor does
        error.add_note(traceback.format_exc())
        return False, error


def send(pipe: Connection, said: tuple[bool, Any]) -> None:
    """Send an answer, or why it cannot be sent."""
    try:
        pipe.send(said)
    except ConnectionError:
        raise
    except Exception as error:  # it cannot be pickled, and nothing of it was sent
        pipe.send((False, error))


def wait_a_little(seconds: float) -> int:
    """Keep a worker busy for a moment, so that the next task wakes another one; returns its process id."""
    time.sleep(seconds)
    return os.getpid()


def worker_threads() -> int:
    """How many threads torch uses in the worker that runs this."""
    import torch

    return torch.get_num_threads()


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the web process, and without it the pipe ends
    start_worker()
    pipe = Connection(int(sys.argv[1]))
    with suppress(EOFError, ConnectionError):  # nobody is left to work for
        while True:
            send(pipe, answer(*pipe.recv()))


if __name__ == "__main__":
    main()
