"""Vowels recognised by a recurrent network, a one-dimensional convolution and a linear model."""

from __future__ import annotations

from typing import ClassVar, Literal

from dlcore.specs.base import Seed, Spec, number, setting


class VowelsSpec(Spec):
    """Three classifiers learn from the same spectrograms in the same order.

    With `n_seeds` above 1 there are as many trios that differ in weights and in the order of the sounds.
    """

    kind: ClassVar[str] = "vowels"

    n_sounds: int = number(300, 20, 300, group="data")  # to learn from
    hiss: Literal["none", "little", "much"] = setting("little", group="data")

    cell: Literal["rnn", "lstm", "gru"] = setting("lstm", group="network")
    n_units: int = number(24, 2, 32, group="network")  # of the recurrent network, and channels of the convolution

    learning_rate: float = number(0.01, 1e-5, 1.0, group="training", log=True, editable=True)
    batch_size: int = number(32, 1, 64, group="training", log=True)
    n_steps: int = number(500, 1, 3000, group="training", log=True)

    n_seeds: int = number(1, 1, 3, group="band")
    seed: Seed = setting(0, group="seeds")
