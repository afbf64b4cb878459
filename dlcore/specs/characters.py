"""A recurrent network that learns to say the next character of a text."""

from __future__ import annotations

from typing import ClassVar, Literal

from dlcore.specs.base import Seed, Spec, number, setting


class CharactersSpec(Spec):
    """A step reads `batch_size` stretches of `stretch` characters from anywhere in the text.

    With `n_seeds` above 1 networks that differ in weights and in what they read learn side by side.
    """

    kind: ClassVar[str] = "characters"

    corpus: Literal["english", "chinese", "names"] = setting("english", group="data")

    cell: Literal["rnn", "lstm", "gru"] = setting("lstm", group="network")
    n_units: int = number(128, 1, 128, group="network")

    learning_rate: float = number(0.005, 1e-5, 1.0, group="training", log=True, editable=True)
    batch_size: int = number(32, 1, 48, group="training", log=True)
    stretch: int = number(48, 4, 48, group="training")
    n_steps: int = number(1500, 1, 5000, group="training", log=True)

    n_seeds: int = number(1, 1, 3, group="band")
    seed: Seed = setting(0, group="seeds")
