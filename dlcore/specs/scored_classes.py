"""A classifier of the ten digits, of which five may be rare: a score a class, and averages over the classes."""

from __future__ import annotations

from typing import ClassVar

from dlcore.specs.base import Seed, Spec, number, setting
from dlcore.specs.scored_classifier import Scorer


class ScoredClassesSpec(Spec):
    """As ScoredClassifierSpec, with ten classes; `kept_share` is how much of each digit from 5 to 9 there is."""

    kind: ClassVar[str] = "scored_classes"

    scored_by: Scorer = setting("mlp", group="network")
    n_train_cases: int = number(100, 10, 600, group="data")
    kept_share: float = number(0.2, 0.05, 1.0, group="data")
    learning_rate: float = number(0.01, 1e-5, 1.0, group="training", log=True, editable=True)
    batch_size: int = number(20, 1, 200, group="training", log=True)
    n_steps: int = number(200, 1, 1000, group="training", log=True)

    data_seed: Seed = setting(0, group="seeds")
