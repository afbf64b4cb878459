"""How long the steps of a run take here: sizes its chunks and says what is left, without effect on any result."""

from __future__ import annotations

from dataclasses import dataclass

FIRST_CHUNK = 8  # steps: small, so that the first moving picture is there at once
MAX_CHUNK = 5000  # steps


@dataclass
class Speed:
    """Seconds that a worker spends on a step; None until a chunk has landed."""

    seconds_a_step: float | None = None

    def measure(self, seconds: float, n_steps: int) -> None:
        """Learn from a chunk, half from the latest."""
        seconds_a_step = seconds / n_steps
        earlier = self.seconds_a_step
        self.seconds_a_step = seconds_a_step if earlier is None else 0.5 * (earlier + seconds_a_step)

    def steps_in(self, seconds: float) -> int:
        """How many steps are about so much work."""
        if self.seconds_a_step is None:
            return FIRST_CHUNK
        return max(1, min(MAX_CHUNK, int(seconds / self.seconds_a_step)))

    def seconds_of(self, n_steps: int) -> float | None:
        """How much work so many steps are."""
        return None if self.seconds_a_step is None else n_steps * self.seconds_a_step
