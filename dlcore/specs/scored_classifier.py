"""A classifier for a yes or no, judged by its scores while it learns."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import model_validator

from dlcore.errors import SpecError
from dlcore.specs.base import Seed, Spec, number, setting

Scorer = Literal["logistic", "forest", "mlp", "cnn"]


class ScoredClassifierSpec(Spec):
    """`data_seed` draws which rows are for training, validation and test, `seed` weights, batches and trees.

    A step is one batch of Adam, or one tree of the forest, which has neither learning rate nor batches.
    """

    kind: ClassVar[str] = "scored_classifier"

    scored_data: Literal["breast_cancer", "digit_8"] = setting("digit_8", group="data")
    scored_by: Scorer = setting("logistic", group="network")
    n_train_cases: int = number(60, 10, 200, group="data")
    learning_rate: float = number(0.01, 1e-5, 1.0, group="training", log=True, editable=True)
    batch_size: int = number(20, 1, 200, group="training", log=True)
    n_steps: int = number(200, 1, 1000, group="training", log=True)

    data_seed: Seed = setting(0, group="seeds")

    @model_validator(mode="after")
    def _check_images(self) -> Self:
        if self.scored_by == "cnn" and self.scored_data == "breast_cancer":
            raise SpecError("scored_cnn", field="scored_by", value="cnn", instead="mlp")
        return self
