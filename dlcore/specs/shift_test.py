"""Why convolution: a CNN and an MLP of equal size, tested on moved pictures and trained on shuffled pixels."""

from __future__ import annotations

from typing import ClassVar, Literal

from dlcore.specs.base import Seed, Spec, number, setting


class ShiftTestSpec(Spec):
    """Four nets a seed: CNN and MLP on the pictures as they are, and on pictures whose pixels were shuffled alike."""

    kind: ClassVar[str] = "shift_test"

    image_set: Literal["digits", "mnist"] = setting("digits", group="data")
    train_size: int = number(2000, 20, 4000, group="data", log=True)
    test_size: int = number(250, 20, 1000, group="data")
    pooling: Literal["maxpool", "avgpool"] = setting("maxpool", group="network")

    optimizer: Literal["sgd", "momentum", "rmsprop", "adam"] = setting("adam", group="training")
    learning_rate: float = number(0.003, 1e-5, 10.0, group="training", log=True, editable=True)
    momentum: float = number(0.9, 0.0, 0.99, group="training")
    batch_size: int = number(64, 1, 256, group="training", log=True)
    n_steps: int = number(300, 1, 2000, group="training", log=True)

    data_seed: Seed = setting(0, group="seeds")
    n_seeds: int = number(3, 1, 5, group="band")
