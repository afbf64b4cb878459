"""Recursive networks on trees of opinions: plain composition against a tensor."""

from __future__ import annotations

from typing import ClassVar, Literal

from dlcore.specs.base import Seed, Spec, number, setting


class RntnSpec(Spec):
    """Three networks a seed learn the class of every node from the same sentences in the same order: one with a tensor
    and `vector_size` numbers a vector, a plain one as wide, and a plain one as wide as the tensor's parameters allow.

    `n_seeds` of each differ in the weights at the start and in the order of the sentences.
    """

    kind: ClassVar[str] = "rntn"

    opinion_language: Literal["english", "chinese"] = setting("english", group="data")
    n_trees: int = number(200, 20, 1000, group="data", log=True)

    vector_size: int = number(6, 3, 10, group="network")

    learning_rate: float = number(0.01, 1e-5, 1.0, group="training", log=True, editable=True)
    batch_size: int = number(32, 1, 64, group="training", log=True)
    n_steps: int = number(600, 1, 3000, group="training", log=True)

    n_seeds: int = number(3, 1, 5, group="band")
    data_seed: Seed = setting(0, group="seeds")
    seed: Seed = setting(0, group="seeds")
