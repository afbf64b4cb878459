"""Backpropagation through time: gradients step by step, with and without clipping, and cut off after a window."""

from __future__ import annotations

from typing import ClassVar

from dlcore.specs.base import Spec, number, setting
from dlcore.specs.recurrent_cell import CellName


class BpttSpec(Spec):
    """Delayed recall, learned three times from the same start: plainly, with clipping, and with truncation too."""

    kind: ClassVar[str] = "bptt"

    cell: CellName = setting("rnn", group="network")
    sequence_length: int = number(20, 4, 60, group="data")
    n_units: int = number(16, 2, 32, group="network")
    radius: float = number(2.0, 0.1, 3.0, group="network")

    learning_rate: float = number(0.3, 1e-3, 3.0, group="training", log=True, editable=True)
    clip_norm: float = number(1.0, 0.05, 10.0, group="training")
    window: int = number(10, 1, 60, group="training")
    n_steps: int = number(300, 1, 2000, group="training", log=True)
    n_seeds: int = number(3, 1, 5, group="band")
