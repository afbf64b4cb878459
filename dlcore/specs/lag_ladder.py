"""Error against the lag: the memory lab at several sequence lengths, each trained for itself."""

from __future__ import annotations

from typing import ClassVar

from dlcore.specs.base import Seed, Spec, number, setting
from dlcore.specs.memory_lab import MemoryTaskName
from dlcore.specs.recurrent_cell import CellName


class LagLadderSpec(Spec):
    """`shortest · 2ᵏ` are the lengths; a step updates the networks of one length, the next step those of the next."""

    kind: ClassVar[str] = "lag_ladder"

    memory_task: MemoryTaskName = setting("recall", group="data")
    shortest: int = number(10, 6, 20, group="data")
    n_lengths: int = number(4, 1, 4, group="data")
    cells: tuple[CellName, ...] = setting(("rnn", "irnn", "lstm", "gru"), group="network", min_length=1, max_length=4)
    n_units: int = number(24, 2, 48, group="network")
    forget_bias: float = number(1.0, -2.0, 6.0, group="network")

    learning_rate: float = number(0.01, 1e-4, 1.0, group="training", log=True, editable=True)
    clip_norm: float = number(1.0, 0.0, 10.0, group="training")
    batch_size: int = number(24, 1, 64, group="training", log=True)
    n_steps: int = number(1200, 1, 8000, group="training", log=True)

    data_seed: Seed = setting(0, group="seeds")
    n_seeds: int = number(3, 1, 5, group="band")
