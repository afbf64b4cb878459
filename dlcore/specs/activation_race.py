"""The race: one net, one data set, the same seeds; only the activation differs."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from dlcore.errors import SpecError
from dlcore.specs.base import Seed, Spec, number, setting
from dlcore.specs.playground import ActivationName


class ActivationRaceSpec(Spec):
    """Every lane is the playground's network with another activation, trained from `n_seeds` seeds."""

    kind: ClassVar[str] = "activation_race"

    activations: tuple[ActivationName, ...] = setting(
        ("sigmoid", "tanh", "relu", "gelu"), group="network", min_length=1, max_length=5
    )
    dataset: Literal["circle", "xor", "moons", "spiral"] = setting("spiral", group="data")
    n_samples: int = number(400, 20, 1000, group="data")
    noise: float = number(0.1, 0.0, 0.5, group="data")
    hidden_sizes: tuple[Annotated[int, Field(ge=1, le=32)], ...] = setting((16, 16), group="network", max_length=6)
    init: Literal["xavier", "he"] = setting("xavier", group="network")

    optimizer: Literal["sgd", "momentum", "rmsprop", "adam"] = setting("adam", group="training")
    learning_rate: float = number(0.01, 1e-5, 1.0, group="training", log=True, editable=True)
    batch_size: int = number(20, 1, 500, group="training", log=True)
    n_steps: int = number(1000, 1, 5000, group="training", log=True)

    data_seed: Seed = setting(0, group="seeds")
    n_seeds: int = number(8, 2, 16, group="band")

    @model_validator(mode="after")
    def _check_lanes(self) -> Self:
        if len(set(self.activations)) < len(self.activations):
            raise SpecError("repeated", field="activations", value=",".join(self.activations))
        return self
