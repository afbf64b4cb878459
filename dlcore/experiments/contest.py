"""The contest: classical and deep models on the same samples from the same seeds, fitted piece by piece."""

from __future__ import annotations

from typing import Any

import numpy as np

from dlcore.functions.contest_plan import count_steps, make_cells
from dlcore.models.contest_cost import measure_cost
from dlcore.models.contest_lanes import memory_size, open_lane, restore_lane, store_lane


class Contest:
    """Letters in shapes: C cells, each a fit; S seeds, M models, P places (task, view, number of samples); C = P · M.

    Scores are the share of right classes, or R² for a number; 0 stands for a fit that has not begun.
    """

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        self.seeds = tuple(spec.seed + i for i in range(spec.n_seeds))
        self.cells = make_cells(spec.tasks, spec.views, spec.train_sizes, spec.contestants)
        self.ends = np.cumsum([count_steps(cell, spec.net_updates, spec.n_seeds) for cell in self.cells])
        self.scores = np.zeros((len(self.cells), len(self.seeds)), np.float32)  # (C, S)
        self.sizes = np.zeros((len(self.cells), 2), np.float32)  # numbers kept, operations for one prediction
        self.memory = np.zeros(max(memory_size(cell, spec.n_seeds) for cell in self.cells), np.float32)
        self.at = -1  # the cell whose lane is open

    @property
    def is_done(self) -> bool:
        return self.steps_done >= self.ends[-1]

    def step(self) -> None:
        """One piece of one fit; with the last piece its scores are final."""
        at = int(np.searchsorted(self.ends, self.steps_done, side="right"))
        piece = self.steps_done - (self.ends[at - 1] if at else 0)
        if at != self.at:
            self.lane, self.at = open_lane(self.cells[at], self.seeds), at
            if piece:
                restore_lane(self.lane, self.memory)
        self.lane.do(piece)
        self.steps_done += 1
        if self.steps_done == self.ends[at]:
            self._measure(piece + 1)

    def observe(self) -> dict[str, Any]:
        """Mean, lowest and highest score of every fit (M, P), also of the one under way; what the models are made of.

        Scalars only of the fits that are finished.
        """
        if self.at >= 0 and self.steps_done < self.ends[self.at]:
            self._measure(int(self.steps_done - (self.ends[self.at - 1] if self.at else 0)))
        n_finished = int(np.searchsorted(self.ends, self.steps_done, side="right"))
        shape = (-1, len(self.spec.contestants))
        observed: dict[str, Any] = {"finished": n_finished, "cells": len(self.cells), "contestant": self._contestant()}
        bands = self._bands()
        for name, values in bands.items():
            observed[name] = values.reshape(shape).T
        for name, values in zip(("numbers", "operations"), self.sizes.T, strict=True):
            observed[name] = values.reshape(shape).T
        for cell, *three in list(zip(self.cells, *bands.values(), strict=True))[:n_finished]:
            ends = ("", "_low", "_high")
            observed |= {f"score_{cell.name}{end}": float(value) for end, value in zip(ends, three, strict=True)}
        return observed

    def state(self) -> dict[str, Any]:
        """The scores so far, and what the lane under way has learnt."""
        if self.at >= 0:
            self.memory.fill(0)  # what another lane may have left behind
            store_lane(self.lane, self.memory)
        return {"scores": self.scores, "sizes": self.sizes, "memory": self.memory}

    def weights(self) -> dict[str, Any]:
        """The scores (C, S) of all fits, and what the last lane had learnt; the other models are not kept."""
        return {"scores": self.scores, "last_fit": self.memory}

    def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        """`{"cost": contestant}`: seconds and sizes of one model on MNIST-1D, on the machine that answers.

        A question, no part of a frame: a timing is no function of the spec.
        """
        return measure_cost(str(question["cost"]))

    def _measure(self, n_done: int) -> None:
        """Note the scores of the lane under way."""
        found = self.lane.scores(n_done)
        self.scores[self.at, : len(found)] = found
        self.scores[self.at, len(found) :] = found[0]  # seeds that have not begun don't widen the band
        self.sizes[self.at] = self.lane.size()

    def _bands(self) -> dict[str, np.ndarray]:
        return {"mean": self.scores.mean(1), "low": self.scores.min(1), "high": self.scores.max(1)}

    def _contestant(self) -> int:
        """The number of the model that is fitted next; −1 at the end."""
        at = int(np.searchsorted(self.ends, self.steps_done, side="right"))
        return at % len(self.spec.contestants) if at < len(self.cells) else -1
