"""A clock that tests set, and an executor whose chunks land when a test says so."""

from __future__ import annotations

from concurrent.futures import Executor, Future
from typing import Any


class FakeClock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class HeldExecutor(Executor):
    """Keeps every submitted call until `land`, in order; can drop one as a dead worker would."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Future, Any, tuple, dict]] = []

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future:
        future: Future = Future()
        self.waiting.append((future, fn, args, kwargs))
        return future

    def land(self) -> None:
        future, fn, args, kwargs = self.waiting.pop(0)
        try:
            result = fn(*args, **kwargs)
        except Exception as error:
            future.set_exception(error)
        else:
            future.set_result(result)

    def fail(self, error: BaseException) -> None:
        self.waiting.pop(0)[0].set_exception(error)
