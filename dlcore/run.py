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
from dlcore.audience import Audience, person
from dlcore.errors import RunError
from dlcore.execution import is_worker_death
from dlcore.frames import PackedFrame
from dlcore.specs import Spec
from dlcore.speed import Speed
from dlcore.store import StoredRun
from dlcore.tape import Tape

if TYPE_CHECKING:
    from dlcore.runs import RunStore

log = logging.getLogger(__name__)

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
    """The one training of a spec. Made by `RunStore.get`; every method may be called from any thread.

    One lock guards all of it: who wants it (audience), what it has recorded (tape), how fast it goes (speed) and the
    chunk under way. The store's lock is taken before it, the store's lock of tickets after it.
    """

    def __init__(self, spec: Spec, store: RunStore, key: str = "") -> None:
        self.spec, self.key = spec, key or spec.key
        self.step = 0
        self.seconds = 0.0  # that workers have spent on its steps
        self.made: Mapping[str, str | float] = {}  # of a recorded run: when, with what, in how many seconds
        self.error: RunError | None = None
        self._store = store
        self._lock = threading.RLock()
        self._outcome: Phase | None = None
        self._tape = Tape()
        self._audience = Audience(store.clock)
        self._speed = Speed()
        self._ticket: int | None = None  # of the chunk in flight
        self._started = False
        self._is_going = False
        self._pumping = threading.local()
        self._over = threading.Event()
        self._news = threading.Condition(self._lock)
        self._deaths = 0

    # --- for watchers

    def start(self, viewer: str, seconds: float | None = None) -> None:
        """Go on for as long as `viewer` renews this lease; `seconds=inf` needs no renewing and knows no quota.

        Raises RunError: what `RunStore.check_quotas` forbids.
        """
        if seconds != FOREVER and not self.ended:
            self._store.check_quotas(self, viewer)
        with self._lock:
            self._audience.lease(viewer, seconds or self._store.settings.lease_seconds)
        self.watch(viewer)
        self._pump()

    def pause(self, viewer: str) -> None:
        """Give the lease back: the run stops after the chunk in flight unless somebody else wants it."""
        with self._lock:
            self._audience.pause(viewer)

    def rest(self) -> None:
        """Stop after the chunk in flight, whoever wants it."""
        with self._lock:
            self._audience.rest()

    def watch(self, viewer: str) -> None:
        """Be counted as looking on."""
        with self._lock:
            self._audience.watch(viewer, 3 * self._store.settings.lease_seconds)

    def leave(self, viewer: str) -> None:
        with self._lock:
            self._audience.leave(viewer)

    def show(self, step: int) -> None:
        """Have a frame recorded at `step`, from the nearest state before it: the start, a single step."""
        with self._lock:
            if self._tape.has(step) or not 0 <= step <= self.spec.n_steps or self._ticket is not None:
                return
            if self._outcome in (Phase.DIVERGED, Phase.FAILED) and step > self.step:
                return
            begin, state = self._tape.state_before(step)
        self._submit(state, step - begin, observe_end=True)

    def status(self, viewer: str = "") -> Status:
        """As `viewer` sees it, who is not one of the `others`."""
        with self._lock:
            position = self._store.position(self._ticket)
            return Status(
                self._phase(position),
                self.step,
                len(self._tape.frames),
                position,
                self._seconds_left(),
                len(self._audience.watchers() - {person(viewer)}),
                self.error,
            )

    def frames_since(self, n_seen: int) -> list[PackedFrame]:
        """The frames that arrived after the first `n_seen`."""
        with self._lock:
            return self._tape.frames[n_seen:]

    def has_frame(self, step: int) -> bool:
        with self._lock:
            return self._tape.has(step)

    def wait_for_frames(self, n_seen: int, timeout: float) -> None:
        """Wait until there are more than `n_seen` frames, but no longer than `timeout` seconds."""
        with self._news:
            self._news.wait_for(lambda: len(self._tape.frames) > n_seen or self.ended, timeout)

    def history(self) -> list[dict[str, float]]:
        """One row of scalars for each recorded step, in order of steps."""
        with self._lock:
            return [{"step": frame.step, **frame.scalars} for frame in self._tape.in_order()]

    def is_going(self) -> bool:
        """Whether somebody wants it to go on, and it can."""
        with self._lock:
            return self._outcome is None and bool(self._audience.trainers())

    def is_trained_by(self, who: str) -> bool:
        """Whether this person, in whichever of the players, wants it to go on."""
        with self._lock:
            return not self.ended and who in self._audience.trainers()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until the run has ended; whether it has."""
        return self._over.wait(timeout)

    @property
    def ended(self) -> bool:
        return self._outcome is not None

    def ask(self, question: dict[str, Any]) -> Future:
        """The future answer of the experiment at its newest state."""
        return self._store.executor.submit(ask, self.spec, self._newest_state(), question)

    def weights(self) -> Future:
        """The future safetensors file of the parameters at the newest state."""
        return self._store.executor.submit(weights, self.spec, self._newest_state())

    @property
    def n_bytes(self) -> int:
        """Of frames and states, and a little for the rest."""
        return 2000 + self._tape.n_bytes

    def is_needed(self) -> bool:
        """Whether somebody trains or looks at it."""
        with self._lock:
            return self._ticket is not None or bool(self._audience.watchers())

    # --- beginnings other than from nothing

    def adopt(self, parent: Run, edit_step: int) -> None:
        """Begin with the frames and states that the spec without its last edit has up to that edit."""
        with parent._lock, self._lock:
            self._tape = parent._tape.until(edit_step)
            self.step = max(self._tape.states, default=0)
            self._speed = Speed(parent._speed.seconds_a_step)

    def restore(self, stored: StoredRun) -> None:
        """Become the ended run that was read from disk."""
        with self._lock:
            self.made = stored.made
            self._tape.add(stored.frames)
            self._tape.keep(stored.step, stored.state)
            self.step = stored.step
            self._outcome = Phase(stored.phase)
            self._over.set()
            self.error = RunError(stored.reason, run=self.key, step=stored.step) if stored.reason else None

    # --- the machine

    def _phase(self, position: int) -> Phase:
        if self._outcome is not None:
            return self._outcome
        if self._audience.trainers():
            return Phase.QUEUED if position > 0 else Phase.RUNNING
        return Phase.PAUSED if self.step else Phase.IDLE

    def _seconds_left(self) -> float | None:
        alone = self._speed.seconds_of(self.spec.n_steps - self.step)
        if alone is None or self._outcome is not None:
            return None
        return alone * max(1.0, self._store.n_active() / self._store.settings.workers)

    def _newest_state(self) -> bytes | None:
        with self._lock:
            return self._tape.state_before(self.step)[1]

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
            if not self._audience.trainers():
                if self._is_going:
                    log.info("training rests: %s at step %d", self.key, self.step)
                self._is_going = False
                return False
            self._is_going = True
            if not self._started:
                self._started = True
                log.info("training started: %s", self.key)
                self._store.count("started")
            n_steps = self._speed.steps_in(self._store.settings.chunk_seconds)
            future = self._submit(self._tape.states.get(self.step), n_steps)
        return future is not None and future.done()

    def _submit(self, state: bytes | None, n_steps: int, observe_end: bool = False) -> Future | None:
        with self._lock:
            if self._ticket is not None:
                return None
            self._ticket = self._store.next_ticket()
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
            self._news.notify_all()
        self._pump()

    def _accept(self, chunk: Chunk, n_steps: int) -> None:
        self._deaths = 0
        self.seconds += chunk.seconds
        self._store.count("chunks")
        self._tape.add(chunk.frames)
        if chunk.diverged:
            self.step = max(self.step, chunk.step)
            self._end(Phase.DIVERGED, RunError(chunk.diverged, run=self.key, step=chunk.step))
            return
        self._tape.keep(chunk.step, chunk.state)
        if n_steps:
            self._speed.measure(chunk.seconds, n_steps)
        self.step = max(self.step, chunk.step)
        if chunk.done and self._outcome is None:
            self._end(Phase.FINISHED, None)

    def _end(self, outcome: Phase, error: RunError | None) -> None:
        self._outcome, self.error = outcome, error
        self._audience.rest()
        log.info("training %s: %s at step %d", outcome, self.key, self.step)
        self._store.count(outcome.value)
        if outcome is not Phase.FAILED:
            self._store.keep(self)
        self._over.set()

    def to_stored(self, made: Mapping[str, str | float] | None = None) -> StoredRun:
        """What is kept on disk; `made` for a record."""
        with self._lock:
            state = self._tape.states.get(self.step, b"")
            reason = self.error.code if self.error else ""
            return StoredRun(self.spec, str(self._outcome), self.step, reason, self._tape.in_order(), state, made or {})
