"""The three settings of a training: learning rate, batch size and iterations, each as a ladder of trainings."""

from __future__ import annotations

from typing import ClassVar, Literal

from dlcore.specs.base import Seed, Spec, number, setting
from dlcore.specs.recurrent_cell import CellName


class RecurrentSettingsSpec(Spec):
    """The adding problem, trained once for every rung of a ladder of the setting that `vary` names."""

    kind: ClassVar[str] = "recurrent_settings"

    vary: Literal["learning_rate", "batch_size", "iterations"] = setting("learning_rate", group="training")
    cell: CellName = setting("lstm", group="network")
    sequence_length: int = number(15, 6, 40, group="data")
    n_units: int = number(16, 2, 32, group="network")

    learning_rate: float = number(0.01, 1e-4, 0.3, group="training", log=True, editable=True)
    batch_size: int = number(16, 1, 64, group="training", log=True)
    n_steps: int = number(600, 1, 3000, group="training", log=True)

    data_seed: Seed = setting(0, group="seeds")
    n_seeds: int = number(3, 2, 5, group="band")
