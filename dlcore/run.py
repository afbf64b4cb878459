"""One training in progress, cut into chunks so that everyone gets a turn.

A run goes on only while somebody holds a lease on it. Its frames are a log that only grows, in order of arrival: a
reader who has seen `n` of them asks for the rest with `frames_since(n)`. Knows nothing of charts, and of experiments
only what `advance` returns.
"""

from __future__ import annotations

import logging
import math
import threading
from collections.abc import Mapping
from concurrent.futures import Future
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from dlcore.advance import Chunk, advance, ask, weights
from dlcore.errors import RunError
from dlcore.execution import is_worker_death
from dlcore.frames import PackedFrame
from dlcore.specs import Spec
from dlcore.store import StoredRun

if TYPE_CHECKING:
    from dlcore.runs import RunStore

log = logging.getLogger(__name__)

FIRST_CHUNK = 8  # steps: small, so that the first moving picture is there at once
MAX_CHUNK = 5000  # steps
MAX_STATES = 32  # kept along the way of one run, to rewind and fork from
FOREVER = math.inf


class Phase(StrEnum):
    """Where a run stands, as its watchers see it."""

    IDLE = "idle"
    QUEUED = "queued"
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    DIVERGED = "diverged"
    FAILED = "failed"


ENDED = (Phase.FINISHED, Phase.DIVERGED, Phase.FAILED)


class Status(NamedTuple):
    """A run at one moment; `position` counts the chunks before this run's, `seconds_left` is None while unknown."""

    phase: Phase
    step: int
    n_frames: int
    position: int
    seconds_left: float | None
    others: int
    error: RunError | None


class Run:
    """The one training of a spec. Made by `RunStore.get`; every method may be called from any thread."""

    def __init__(self, spec: Spec, store: RunStore, key: str = "") -> None:
        self.spec, self.key = spec, key or spec.key
        self.step = 0
        self.seconds = 0.0  # that workers have spent on its steps
        self.made: Mapping[str, str | float] = {}  # of a recorded run: when, with what, in how many seconds
        self.error: RunError | None = None
        self._store = store
        self._lock = threading.RLock()
        self._outcome: Phase | None = None
        self._frames: list[PackedFrame] = []
        self._seen: set[int] = set()
        self._states: dict[int, bytes] = {}
        self._leases: dict[str, float] = {}
        self._watchers: dict[str, float] = {}
        self._ticket: int | None = None  # of the chunk in flight
        self._started = False
        self._is_going = False
        self._n_bytes = 2000  # of frames and states, and a little for the rest
        self._pumping = threading.local()
        self._over = threading.Event()
        self._news = threading.Condition(self._lock)
        self._seconds_a_step: float | None = None
        self._deaths = 0

    # --- for watchers

    def start(self, viewer: str, seconds: float | None = None) -> None:
        """Go on for as long as `viewer` renews this lease; `seconds=inf` needs no renewing and knows no quota.

        Raises RunError: what `RunStore.check_quotas` forbids.
        """
        if seconds != FOREVER and not self.ended:
            self._store.check_quotas(self, viewer)
        with self._lock:
            self._leases[viewer] = self._store.clock() + (seconds or self._store.settings.lease_seconds)
        self.watch(viewer)
        self._pump()

    def pause(self, viewer: str) -> None:
        """Give the lease back: the run stops after the chunk in flight unless somebody else wants it."""
        with self._lock:
            self._leases.pop(viewer, None)

    def rest(self) -> None:
        """Stop after the chunk in flight, whoever wants it."""
        with self._lock:
            self._leases.clear()

    def watch(self, viewer: str) -> None:
        """Be counted as looking on."""
        with self._lock:
            self._watchers[viewer] = self._store.clock() + 3 * self._store.settings.lease_seconds

    def leave(self, viewer: str) -> None:
        with self._lock:
            self._leases.pop(viewer, None)
            self._watchers.pop(viewer, None)

    def show(self, step: int) -> None:
        """Have a frame recorded at `step`, from the nearest state before it: the start, a single step."""
        with self._lock:
            if step in self._seen or not 0 <= step <= self.spec.n_steps or self._ticket is not None:
                return
            if self._outcome in (Phase.DIVERGED, Phase.FAILED) and step > self.step:
                return
            begin = max((known for known in self._states if known <= step), default=None)
        self._submit(begin, step - (begin or 0), observe_end=True)

    def status(self, viewer: str = "") -> Status:
        """As `viewer` sees it, who is not one of the `others`."""
        with self._lock:
            now = self._store.clock()
            watching = {person(name) for name, until in self._watchers.items() if until > now}
            position = self._store.position(self._ticket)
            left = None
            if self._seconds_a_step is not None and self._outcome is None:
                share = max(1.0, self._store.n_active() / self._store.settings.workers)
                left = (self.spec.n_steps - self.step) * self._seconds_a_step * share
            return Status(
                self._phase(position),
                self.step,
                len(self._frames),
                position,
                left,
                len(watching - {person(viewer)}),
                self.error,
            )

    def frames_since(self, n_seen: int) -> list[PackedFrame]:
        """The frames that arrived after the first `n_seen`."""
        with self._lock:
            return self._frames[n_seen:]

    def has_frame(self, step: int) -> bool:
        with self._lock:
            return step in self._seen

    def wait_for_frames(self, n_seen: int, timeout: float) -> None:
        """Wait until there are more than `n_seen` frames, but no longer than `timeout` seconds."""
        with self._news:
            self._news.wait_for(lambda: len(self._frames) > n_seen or self.ended, timeout)

    def history(self) -> list[dict[str, float]]:
        """One row of scalars for each recorded step, in order of steps."""
        with self._lock:
            return [{"step": frame.step, **frame.scalars} for frame in sorted(self._frames, key=lambda f: f.step)]

    def is_going(self) -> bool:
        """Whether somebody wants it to go on, and it can."""
        with self._lock:
            return self._outcome is None and self._wanted()

    def is_trained_by(self, who: str) -> bool:
        """Whether this person, in whichever of the players, wants it to go on."""
        with self._lock:
            now = self._store.clock()
            return not self.ended and any(until > now and person(name) == who for name, until in self._leases.items())

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until the run has ended; whether it has."""
        return self._over.wait(timeout)

    @property
    def ended(self) -> bool:
        return self._outcome is not None

    def state_before(self, step: int) -> tuple[int, bytes] | None:
        """The latest known state at or before `step`."""
        with self._lock:
            known = max((known for known in self._states if known <= step), default=None)
            return None if known is None else (known, self._states[known])

    def ask(self, question: dict[str, Any]) -> Future:
        """The future answer of the experiment at its newest state."""
        return self._store.executor.submit(ask, self.spec, self._newest_state(), question)

    def weights(self) -> Future:
        """The future safetensors file of the parameters at the newest state."""
        return self._store.executor.submit(weights, self.spec, self._newest_state())

    @property
    def n_bytes(self) -> int:
        return self._n_bytes

    def is_needed(self) -> bool:
        """Whether somebody trains or looks at it."""
        with self._lock:
            now = self._store.clock()
            return self._ticket is not None or any(until > now for until in self._watchers.values())

    # --- beginnings other than from nothing

    def adopt(self, parent: Run, edit_step: int) -> None:
        """Begin with the frames and states that the spec without its last edit has up to that edit."""
        with parent._lock, self._lock:
            self._states = {step: state for step, state in parent._states.items() if step <= edit_step}
            self.step = max(self._states, default=0)
            self._add([frame for frame in parent._frames if frame.step <= edit_step])
            self._seconds_a_step = parent._seconds_a_step

    def restore(self, stored: StoredRun) -> None:
        """Become the ended run that was read from disk."""
        with self._lock:
            self.made = stored.made
            self._add(stored.frames)
            self.step, self._states = stored.step, {stored.step: stored.state}
            self._outcome = Phase(stored.phase)
            self._over.set()
            self.error = RunError(stored.reason, run=self.key, step=stored.step) if stored.reason else None

    # --- the machine

    def _phase(self, position: int) -> Phase:
        if self._outcome is not None:
            return self._outcome
        if self._wanted():
            return Phase.QUEUED if position > 0 else Phase.RUNNING
        return Phase.PAUSED if self.step else Phase.IDLE

    def _wanted(self) -> bool:
        now = self._store.clock()
        return any(until > now for until in self._leases.values())

    def _newest_state(self) -> bytes | None:
        known = self.state_before(self.step)
        return known[1] if known else None

    def _pump(self) -> None:
        """Send the next chunk if somebody still wants it and none is under way.

        An inline executor lands a chunk before `submit` returns, within this very call: the loop goes on with the next.
        """
        if getattr(self._pumping, "here", False):
            return
        self._pumping.here = True
        try:
            while self._send_next():
                pass
        finally:
            self._pumping.here = False

    def _send_next(self) -> bool:
        """Whether a chunk was sent and has landed already."""
        with self._lock:
            if self._outcome is not None or self._ticket is not None:
                return False
            if not self._wanted():
                if self._is_going:
                    log.info("training rests: %s at step %d", self.key, self.step)
                self._is_going = False
                return False
            self._is_going = True
            if not self._started:
                self._started = True
                log.info("training started: %s", self.key)
                self._store.count("started")
            future = self._submit(self.step if self.step in self._states else None, self._chunk_steps())
        return future is not None and future.done()

    def _chunk_steps(self) -> int:
        """About `chunk_seconds` of work at the measured speed; no effect on any result."""
        if self._seconds_a_step is None:
            return FIRST_CHUNK
        return max(1, min(MAX_CHUNK, int(self._store.settings.chunk_seconds / self._seconds_a_step)))

    def _submit(self, begin: int | None, n_steps: int, observe_end: bool = False) -> Future | None:
        with self._lock:
            if self._ticket is not None:
                return None
            self._ticket = self._store.next_ticket()
            state = None if begin is None else self._states[begin]
        future = self._store.executor.submit(advance, self.spec, state, n_steps, observe_end)
        future.add_done_callback(lambda landed: self._land(landed, n_steps))
        return future

    def _land(self, future: Future, n_steps: int) -> None:
        error = future.exception() if not future.cancelled() else RuntimeError("cancelled")
        with self._lock:
            self._store.return_ticket(self._ticket)
            self._ticket = None
            if error is None:
                self._accept(future.result(), n_steps)
            elif future.cancelled() or is_worker_death(error):
                self._deaths += 1
                self._store.count("resubmitted")
                log.warning("chunk of %s lost with its worker, sent again (%d)", self.key, self._deaths)
                if self._deaths > self._store.settings.retries:
                    self._end(Phase.FAILED, RunError("worker_died", run=self.key, step=self.step))
            else:
                log.error("training failed: %s", self.key, exc_info=error)
                self._end(Phase.FAILED, RunError("failed", run=self.key, step=self.step, reason=str(error)))
        self._pump()

    def _accept(self, chunk: Chunk, n_steps: int) -> None:
        self._deaths = 0
        self.seconds += chunk.seconds
        self._store.count("chunks")
        self._add(chunk.frames)
        if chunk.diverged:
            self.step = max(self.step, chunk.step)
            self._end(Phase.DIVERGED, RunError(chunk.diverged, run=self.key, step=chunk.step))
            return
        self._keep_state(chunk.step, chunk.state)
        if n_steps:
            seconds = chunk.seconds / n_steps
            earlier = self._seconds_a_step
            self._seconds_a_step = seconds if earlier is None else 0.5 * (earlier + seconds)
        self.step = max(self.step, chunk.step)
        if chunk.done and self._outcome is None:
            self._end(Phase.FINISHED, None)

    def _add(self, frames: list[PackedFrame]) -> None:
        for frame in frames:
            if frame.step not in self._seen:
                self._seen.add(frame.step)
                self._frames.append(frame)
                self._n_bytes += len(frame.blob)
        self._news.notify_all()

    def _keep_state(self, step: int, state: bytes) -> None:
        """Remember a state; of too many, every second one is forgotten, never the newest."""
        self._states[step] = state
        if len(self._states) > MAX_STATES:
            kept = {*sorted(self._states)[::2], max(self._states)}
            self._states = {known: self._states[known] for known in kept}
        self._n_bytes = 2000 + sum(len(f.blob) for f in self._frames) + sum(map(len, self._states.values()))

    def _end(self, outcome: Phase, error: RunError | None) -> None:
        self._outcome, self.error = outcome, error
        self._leases.clear()
        log.info("training %s: %s at step %d", outcome, self.key, self.step)
        self._store.count(outcome.value)
        if outcome is not Phase.FAILED:
            self._store.keep(self)
        self._over.set()

    def to_stored(self, made: Mapping[str, str | float] | None = None) -> StoredRun:
        """What is kept on disk; `made` for a record."""
        with self._lock:
            frames = sorted(self._frames, key=lambda frame: frame.step)
            state = self._states.get(self.step, b"")
            reason = self.error.code if self.error else ""
            return StoredRun(self.spec, str(self._outcome), self.step, reason, frames, state, made or {})


def person(viewer: str) -> str:
    """Who looks: viewers that are alike up to a slash are one person."""
    return viewer.partition("/")[0]
