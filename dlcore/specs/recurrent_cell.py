"""The cell, opened: a small recurrent network learns to answer about a string of symbols, and its gates are shown."""

from __future__ import annotations

from typing import ClassVar, Literal

from dlcore.specs.base import Spec, number, setting

CellName = Literal["rnn", "irnn", "lstm", "gru"]


class RecurrentCellSpec(Spec):
    """The network reads `SEQUENCE_LENGTH` symbols; every batch is new."""

    kind: ClassVar[str] = "recurrent_cell"

    cell: CellName = setting("lstm", group="network")
    symbol_task: Literal["latch", "depth"] = setting("latch", group="data")
    n_units: int = number(6, 1, 16, group="network")
    learning_rate: float = number(0.02, 1e-4, 1.0, group="training", log=True, editable=True)
    n_steps: int = number(600, 1, 3000, group="training", log=True)
