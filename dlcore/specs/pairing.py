"""Output layer and loss: the pairing that fits a task beside one that does not, trained from the same start."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from dlcore.specs.base import Seed, Spec, number, setting


class PairingSpec(Spec):
    """Two networks a seed, equal but for the output layer and the loss; `seed` draws weights and batch order.

    `start_bias` makes the start confidently wrong where outputs are logits: so far are they shifted away from class 1
    (binary) or towards the first class (several classes).
    """

    kind: ClassVar[str] = "pairing"

    pairing: Literal["binary", "multiclass", "multilabel", "regression", "margin", "quantile"] = setting(
        "binary", group="data"
    )
    n_samples: int = number(400, 20, 1000, group="data")
    start_bias: float = number(5.0, 0.0, 10.0, group="training")
    hidden_sizes: tuple[Annotated[int, Field(ge=1, le=32)], ...] = setting((8,), group="network", max_length=6)
    learning_rate: float = number(0.1, 1e-4, 10.0, group="training", log=True, editable=True)
    optimizer: Literal["sgd", "momentum", "rmsprop", "adam"] = setting("sgd", group="training")
    momentum: float = number(0.9, 0.0, 0.99, group="training")
    batch_size: int = number(20, 1, 500, group="training", log=True)
    n_steps: int = number(500, 1, 10000, group="training", log=True)

    data_seed: Seed = setting(0, group="seeds")
    n_seeds: int = number(8, 1, 32, group="band")
