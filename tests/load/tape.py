"""The browser's side of a player: the frames it holds, when it asks for more, how long an answer takes."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

ENDED = ("finished", "diverged", "failed")
SILENCE = 2.5  # seconds without an answer after which the stage asks again


class Tab(Protocol):
    """What a tape needs of the tab it is in."""

    def in_turn(self, tape: Tape, act: Callable[[], None], is_command: bool) -> None: ...
    def answered(self, tape: Tape) -> None: ...
    def trigger(self, component: str, fragment: str, name: str, value: Any) -> None: ...


@dataclass
class Figures:
    """Times in seconds, one list for the whole life of a tape."""

    answers: list[float] = field(default_factory=list)  # from an ask to its message
    arrivals: list[tuple[float, int]] = field(default_factory=list)  # when, and how many frames came
    n_asks: int = 0
    n_silences: int = 0


class Tape:
    """Frames of one run; `receive` takes what a feed brings, `ask` sends what the stage would."""

    def __init__(self) -> None:
        self.header: dict[str, Any] = {}
        self.frames: list[bytes] = []
        self.figures = Figures()
        self._tab: Tab | None = None
        self._component = self._fragment = ""
        self._timer: asyncio.TimerHandle | None = None
        self._asked: float | None = None
        self._unanswered = 0
        self._changed = asyncio.Event()

    @property
    def run(self) -> str:
        return str(self.header.get("run", ""))

    @property
    def ended(self) -> bool:
        return self.header.get("phase") in ENDED

    @property
    def digest(self) -> str:
        """Of all frames in whatever order they came: equal for equal trainings."""
        return hashlib.sha256(b"".join(sorted(self.frames))).hexdigest()[:16]

    def mount(self, tab: Tab, component: str, fragment: str) -> None:
        self._tab, self._component, self._fragment = tab, component, fragment

    def ask(self, command: str | None = None, **values: Any) -> None:
        """Ask for the frames that are missing, perhaps with a command; again after a silence."""
        self.rest()
        if self._tab is None:
            return
        self._unanswered += 1
        self.figures.n_asks += 1
        ask = {"run": self.run, "have": len(self.frames), "command": command, **values}
        self._tab.in_turn(self, lambda: self._send(ask), command is not None)
        self._later(SILENCE * min(self._unanswered, 4), is_silence=True)

    def _send(self, ask: dict[str, Any]) -> None:
        if self._tab is not None:
            self._asked = time.perf_counter() if self._asked is None else self._asked
            self._tab.trigger(self._component, self._fragment, "ask", ask)

    def receive(self, header: dict[str, Any], blobs: list[bytes]) -> None:
        now = time.perf_counter()
        if self._asked is not None:
            self.figures.answers.append(now - self._asked)
        self._asked, self._unanswered = None, 0
        if self._tab is not None:
            self._tab.answered(self)
        self.rest()
        if header["run"] != self.run:
            self.frames = []
        first = header["first"]
        if first > len(self.frames):
            self.header["run"] = header["run"]
            self.ask()
            return
        new = blobs[len(self.frames) - first :]
        self.frames += new
        self.header = header
        self.figures.arrivals.append((now, len(new)))
        if header.get("wait_ms") is not None:
            self._later(header["wait_ms"] / 1000)
        self._changed.set()

    def rest(self) -> None:
        """Ask no more until something else happens."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    async def until(self, is_so: Callable[[Tape], bool], seconds: float) -> bool:
        """Wait until something is so of this tape; whether it came to be in time."""
        try:
            async with asyncio.timeout(seconds):
                while not is_so(self):
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            return is_so(self)
        return True

    def _later(self, seconds: float, is_silence: bool = False) -> None:
        def go_on() -> None:
            self.figures.n_silences += is_silence
            self.ask()

        self._timer = asyncio.get_running_loop().call_later(seconds, go_on)
