"""The network playground: a multilayer perceptron on points of the plane."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from dlcore.errors import SpecError
from dlcore.specs.base import STARTER_POINTS, Seed, Spec, number, setting

Dataset = Literal["circle", "xor", "gauss", "spiral", "moons", "blobs", "plane", "multi_gauss", "own"]
Feature = Literal["x1", "x2", "x1_squared", "x2_squared", "x1_x2", "sin_x1", "sin_x2"]
ActivationName = Literal[
    "identity", "sigmoid", "tanh", "relu", "leaky_relu", "prelu", "silu", "elu", "selu", "gelu", "gelu_tanh",
    "softplus", "mish",
]  # fmt: skip
Loss = Literal["cross_entropy", "mse", "huber", "hinge"]
REGRESSION = ("plane", "multi_gauss")
DATA = ("dataset", "n_classes", "noise", "n_samples", "train_share", "points", "data_seed")
SHARED = (*DATA, "seed", "n_steps", "n_seeds")  # what two sides of a fair comparison have in common


class PlaygroundSpec(Spec):
    """Data, network and optimiser; `seed` draws weights and batch order, `data_seed` the points and their split.

    With `n_seeds` above 1 the models of seeds `seed, seed + 1, …` are trained in one batched step.
    """

    kind: ClassVar[str] = "playground"

    dataset: Dataset = setting("circle", group="data")
    n_classes: int = number(3, 3, 5, group="data")  # of the blobs
    n_samples: int = number(400, 20, 1000, group="data")
    noise: float = number(0.1, 0.0, 0.5, group="data")
    train_share: float = number(0.5, 0.1, 0.9, group="data")
    points: tuple[tuple[float, float, int], ...] = setting((), group="own", max_length=1000)  # x1, x2, class

    features: tuple[Feature, ...] = setting(("x1", "x2"), group="network", min_length=1, max_length=7)
    hidden_sizes: tuple[Annotated[int, Field(ge=1, le=32)], ...] = setting((4, 2), group="network", max_length=6)
    activation: ActivationName = setting("tanh", group="network")
    init: Literal["xavier", "he", "normal", "zeros"] = setting("xavier", group="network")

    loss: Loss = setting("cross_entropy", group="training")
    optimizer: Literal["sgd", "momentum", "rmsprop", "adam"] = setting("adam", group="training")
    learning_rate: float = number(0.01, 1e-5, 10.0, group="training", log=True, editable=True)
    momentum: float = number(0.9, 0.0, 0.99, group="training")
    batch_size: int = number(10, 1, 500, group="training", log=True)
    l1: float = number(0.0, 0.0, 1.0, group="training", editable=True)
    l2: float = number(0.0, 0.0, 1.0, group="training", editable=True)
    n_steps: int = number(2000, 1, 20000, group="training", log=True)

    data_seed: Seed = setting(0, group="seeds")
    n_seeds: int = number(1, 1, 64, group="band")

    @property
    def is_regression(self) -> bool:
        return self.dataset in REGRESSION

    @model_validator(mode="after")
    def _check_fit(self) -> Self:
        if self.is_regression and self.loss not in ("mse", "huber"):
            raise SpecError(
                "loss_for_regression", field="loss", value=self.loss, choices=("mse", "huber"), instead="mse"
            )
        if len(set(self.features)) < len(self.features):
            raise SpecError("repeated", field="features", value=",".join(self.features))
        if self.dataset == "own" and len(self.points) < 4:
            raise SpecError("too_few_points", field="points", value=len(self.points), low=4, instead=STARTER_POINTS)
        for x1, x2, label in self.points:
            if not (abs(x1) <= 6 and abs(x2) <= 6 and 0 <= label <= 4):
                raise SpecError("point", field="points", value=f"{x1},{x2},{label}", low=-6, high=6)
        return self
