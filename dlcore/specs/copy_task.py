"""The copy task: a Neural Turing Machine and an LSTM read words and say them again, also longer ones than trained."""

from __future__ import annotations

from typing import ClassVar, Literal

from dlcore.specs.base import Seed, Spec, number, setting

Machine = Literal["ntm", "lstm"]


class CopyTaskSpec(Spec):
    """Both machines get the same words in the same order; each update is on sequences of one length, drawn anew.

    `memory_init` is what the memory holds at the start, `read_start` where the reading head stands (the writing head
    stands at the first slot).
    """

    kind: ClassVar[str] = "copy_task"

    machines: tuple[Machine, ...] = setting(("ntm", "lstm"), group="network", min_length=1, max_length=2)
    max_length: int = number(8, 1, 12, group="data")

    n_slots: int = number(48, 4, 64, group="memory")
    slot_width: int = number(10, 2, 20, group="memory")
    memory_init: Literal["constant", "random"] = setting("constant", group="memory")
    read_start: Literal["even", "first"] = setting("even", group="memory")
    n_controller_units: int = number(64, 2, 100, group="network")
    n_lstm_units: int = number(64, 2, 128, group="network")

    learning_rate: float = number(0.002, 1e-4, 1.0, group="training", log=True, editable=True)
    clip_norm: float = number(1.0, 0.0, 10.0, group="training")
    batch_size: int = number(16, 1, 32, group="training", log=True)
    n_steps: int = number(4000, 1, 20000, group="training", log=True)

    data_seed: Seed = setting(0, group="seeds")
    n_seeds: int = number(2, 1, 4, group="band")
