"""Who wants a run to go on, and who looks on.

A viewer is one player of one person: viewers that are alike up to a slash are one person.
"""

from __future__ import annotations

from collections.abc import Callable


class Audience:
    """The leases and looks of viewers, each until a moment of `clock`. Not locked: a run calls it under its lock."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._leases: dict[str, float] = {}
        self._looks: dict[str, float] = {}

    def lease(self, viewer: str, seconds: float) -> None:
        """Count the viewer among those who want it to go on."""
        self._leases[viewer] = self._clock() + seconds

    def watch(self, viewer: str, seconds: float) -> None:
        """Count the viewer among those who look on."""
        self._looks[viewer] = self._clock() + seconds

    def pause(self, viewer: str) -> None:
        """Give the viewer's lease back."""
        self._leases.pop(viewer, None)

    def leave(self, viewer: str) -> None:
        self._leases.pop(viewer, None)
        self._looks.pop(viewer, None)

    def rest(self) -> None:
        """Give back every lease."""
        self._leases.clear()

    def trainers(self) -> set[str]:
        """The people who want it to go on now."""
        return self._now(self._leases)

    def watchers(self) -> set[str]:
        """The people who look on now."""
        return self._now(self._looks)

    def _now(self, ends: dict[str, float]) -> set[str]:
        now = self._clock()
        return {person(viewer) for viewer, end in ends.items() if end > now}


def person(viewer: str) -> str:
    """Who looks: the part before a slash."""
    return viewer.partition("/")[0]
