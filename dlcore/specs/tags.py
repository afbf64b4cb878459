"""Part of speech tags of generated sentences: reading one way against reading both ways."""

from __future__ import annotations

from typing import ClassVar, Literal

from dlcore.specs.base import Seed, Spec, number, setting


class TagsSpec(Spec):
    """Two networks learn from the same sentences in the same order: one reads from left to right with `n_units` units,
    the other with half of them from each end.

    With `n_seeds` above 1 there are as many pairs that differ in weights and in the order of the sentences.
    """

    kind: ClassVar[str] = "tags"

    n_sentences: int = number(300, 20, 500, group="data")
    reach: int = number(1, 0, 3, group="data")  # of the linear baseline, words on each side

    cell: Literal["rnn", "lstm", "gru"] = setting("lstm", group="network")
    n_units: int = number(16, 2, 32, group="network")

    learning_rate: float = number(0.01, 1e-5, 1.0, group="training", log=True, editable=True)
    batch_size: int = number(16, 1, 24, group="training", log=True)
    n_steps: int = number(500, 1, 3000, group="training", log=True)

    n_seeds: int = number(1, 1, 3, group="band")
    data_seed: Seed = setting(0, group="seeds")
    seed: Seed = setting(0, group="seeds")
