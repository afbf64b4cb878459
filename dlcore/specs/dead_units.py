"""Dead units: the same ReLU and leaky ReLU nets at many learning rates, and the units that never fire."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from dlcore.specs.base import Seed, Spec, number, setting


class DeadUnitsSpec(Spec):
    """Trains at a fixed ladder of learning rates and at `learning_rate`, each from the same seeds."""

    kind: ClassVar[str] = "dead_units"

    dataset: Literal["circle", "xor", "moons", "spiral"] = setting("circle", group="data")
    n_samples: int = number(200, 20, 500, group="data")
    noise: float = number(0.1, 0.0, 0.5, group="data")

    hidden_sizes: tuple[Annotated[int, Field(ge=1, le=32)], ...] = setting(
        (16, 16, 16), group="network", min_length=1, max_length=6
    )
    init: Literal["xavier", "he"] = setting("he", group="network")

    optimizer: Literal["sgd", "adam"] = setting("adam", group="training")
    learning_rate: float = number(0.3, 1e-4, 1.0, group="training", log=True, editable=True)
    batch_size: int = number(20, 1, 500, group="training", log=True)
    n_steps: int = number(500, 1, 2000, group="training", log=True)

    data_seed: Seed = setting(0, group="seeds")
    n_seeds: int = number(8, 2, 16, group="band")
