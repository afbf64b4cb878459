"""PReLU (He et al. 2015): a net whose layers learn the slope of their activation on the negative side."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from dlcore.specs.base import Seed, Spec, number, setting


class LearnedSlopeSpec(Spec):
    """One slope for each hidden layer, all beginning at `start_slope`; the same nets with a fixed one beside it."""

    kind: ClassVar[str] = "learned_slope"

    dataset: Literal["circle", "xor", "moons", "spiral"] = setting("spiral", group="data")
    n_samples: int = number(400, 20, 1000, group="data")
    noise: float = number(0.1, 0.0, 0.5, group="data")

    hidden_sizes: tuple[Annotated[int, Field(ge=1, le=32)], ...] = setting(
        (16, 16, 16), group="network", min_length=1, max_length=5
    )
    start_slope: float = number(0.25, -1.0, 1.0, group="network")
    init: Literal["xavier", "he"] = setting("xavier", group="network")

    optimizer: Literal["sgd", "momentum", "rmsprop", "adam"] = setting("adam", group="training")
    learning_rate: float = number(0.01, 1e-4, 1.0, group="training", log=True, editable=True)
    batch_size: int = number(20, 1, 500, group="training", log=True)
    n_steps: int = number(1000, 1, 5000, group="training", log=True)

    data_seed: Seed = setting(0, group="seeds")
    n_seeds: int = number(8, 2, 16, group="band")
