"""The memory lab: cells learn tasks that ask for something long past, all with the same sequences and seeds."""

from __future__ import annotations

from typing import ClassVar, Literal

from dlcore.specs.base import Seed, Spec, number, setting
from dlcore.specs.recurrent_cell import CellName

MemoryTaskName = Literal["adding", "recall", "order", "reber"]


class MemoryLabSpec(Spec):
    """Every cell is trained from `n_seeds` seeds; each batch is new, and the same for all cells of a seed."""

    kind: ClassVar[str] = "memory_lab"

    memory_task: MemoryTaskName = setting("adding", group="data")
    sequence_length: int = number(30, 6, 120, group="data")
    cells: tuple[CellName, ...] = setting(("rnn", "irnn", "lstm", "gru"), group="network", min_length=1, max_length=4)
    n_units: int = number(32, 2, 64, group="network")
    forget_bias: float = number(1.0, -2.0, 6.0, group="network")

    learning_rate: float = number(0.01, 1e-4, 1.0, group="training", log=True, editable=True)
    clip_norm: float = number(1.0, 0.0, 10.0, group="training")
    batch_size: int = number(32, 1, 64, group="training", log=True)
    n_steps: int = number(800, 1, 5000, group="training", log=True)

    data_seed: Seed = setting(0, group="seeds")
    n_seeds: int = number(3, 1, 5, group="band")
