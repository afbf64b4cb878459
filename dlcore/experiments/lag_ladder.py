"""Error against the lag: a memory lab at every rung of a ladder of sequence lengths."""

from __future__ import annotations

from typing import Any

import numpy as np

from dlcore.experiments.memory_lab import open_lab


class LagLadder:
    """Letters in shapes: L lengths, each a `MemoryLab` with networks of its own, S seeds.

    A step updates the networks of one length; the lengths take turns, so that all get as many updates.
    """

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        self.lengths = tuple(spec.shortest * 2**rung for rung in range(spec.n_lengths))
        self.labs = [open_lab(spec, sequence_length=length) for length in self.lengths]

    def step(self) -> None:
        """One update of all networks of one length; the lengths take turns."""
        turn, rung = divmod(self.steps_done, len(self.labs))
        lab = self.labs[rung]
        lab.spec.learning_rate = self.spec.learning_rate
        lab.steps_done = turn
        lab.step()
        self.steps_done += 1

    def observe(self) -> dict[str, Any]:
        """By cell: the error on recent batches against the length (L,), as the seeds' median, lowest and highest."""
        observed: dict[str, Any] = {"updates": self.steps_done // len(self.labs)}
        floor = self.labs[0].task.floor
        observed |= {"floor": floor, "floor_by_length": np.full(len(self.labs), floor)}
        for cell in self.spec.cells:
            errors = np.stack([lab.lanes[cell].recent for lab in self.labs])  # (L, S)
            ends = {"": np.median(errors, axis=1), "_low": errors.min(1), "_high": errors.max(1)}
            observed |= {f"error_by_length_{cell}{end}": values for end, values in ends.items()}
            observed[f"longest_{cell}"] = float(ends[""][-1])
        return observed

    def state(self) -> dict[str, Any]:
        labs = zip(self.lengths, self.labs, strict=True)
        return {f"{length}.{name}": value for length, lab in labs for name, value in lab.state().items()}

    def weights(self) -> dict[str, Any]:
        """As in the memory lab, each name after its length."""
        labs = zip(self.lengths, self.labs, strict=True)
        return {f"{length}.{name}": value for length, lab in labs for name, value in lab.weights().items()}
