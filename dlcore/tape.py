"""What a run has recorded: its frames, in order of arrival, and states to go on from."""

from __future__ import annotations

from dlcore.frames import PackedFrame

MAX_STATES = 32  # kept along the way of one run, to rewind and fork from


class Tape:
    """A log of frames that only grows, and states by step. Not locked: a run calls it under its lock."""

    def __init__(self) -> None:
        self.frames: list[PackedFrame] = []
        self.states: dict[int, bytes] = {}
        self.n_bytes = 0
        self._seen: set[int] = set()

    def has(self, step: int) -> bool:
        """Whether there is a frame of this step."""
        return step in self._seen

    def add(self, frames: list[PackedFrame]) -> None:
        """Append the frames of steps that have none yet."""
        for frame in frames:
            if frame.step not in self._seen:
                self._seen.add(frame.step)
                self.frames.append(frame)
        self._weigh()

    def in_order(self) -> list[PackedFrame]:
        """The frames in order of steps."""
        return sorted(self.frames, key=lambda frame: frame.step)

    def keep(self, step: int, state: bytes) -> None:
        """Remember a state; of too many, every second one is forgotten, never the newest."""
        self.states[step] = state
        if len(self.states) > MAX_STATES:
            kept = {*sorted(self.states)[::2], max(self.states)}
            self.states = {known: self.states[known] for known in kept}
        self._weigh()

    def state_before(self, step: int) -> tuple[int, bytes | None]:
        """The step and the state of the latest that is known at or before `step`; None at the start, step 0."""
        known = max((known for known in self.states if known <= step), default=None)
        return (0, None) if known is None else (known, self.states[known])

    def until(self, step: int) -> Tape:
        """Another tape with all that was recorded up to this step."""
        tape = Tape()
        tape.states = {known: state for known, state in self.states.items() if known <= step}
        tape.add([frame for frame in self.frames if frame.step <= step])
        return tape

    def _weigh(self) -> None:
        self.n_bytes = sum(len(frame.blob) for frame in self.frames) + sum(map(len, self.states.values()))
