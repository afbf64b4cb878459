"""Train your own: any stack of layers on small pictures or signals of ten classes."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import model_validator

from dlcore.errors import SpecError, StackError
from dlcore.functions.layer_arithmetic import LayerReport, describe_stack, parse_stack
from dlcore.specs.base import Seed, Spec, number, setting
from dlcore.specs.image_sets import IMAGE_SETS, N_CLASSES, is_here

ImageSetName = Literal["digits", "mnist", "mnist_full", "fashion_mnist", "mnist1d"]
LAYERS = "conv 16 3 p1-relu-maxpool 2-conv 32 3 p1-relu-maxpool 2-flatten-linear 10"  # fits every set
MAX_WORK = 3_000_000  # for one picture: a step of 64 pictures stays below some 50 ms of one core
MAX_BATCH_WORK = 64 * MAX_WORK
MAX_PARAMETERS = 200_000  # a state travels with every chunk
WORK_OF_A_VALUE = 20  # multiply-adds that cost as much as writing and reading one value


class CnnSpec(Spec):
    """One stack of layers; `seed` draws weights and batch order, `data_seed` what is trained with and what is tested.

    `layers` is written as in dlcore/functions/layer_arithmetic.py and must end with one value a class. With `n_seeds`
    above 1 the models of seeds `seed, seed + 1, …` are trained beside each other.
    """

    kind: ClassVar[str] = "cnn"

    image_set: ImageSetName = setting("digits", group="data")
    train_size: int = number(4000, 20, 56000, group="data", log=True)
    test_size: int = number(1000, 20, 1000, group="data")
    layers: str = setting(LAYERS, group="network", max_length=400)
    init: Literal["he", "xavier"] = setting("he", group="network")

    optimizer: Literal["sgd", "momentum", "rmsprop", "adam"] = setting("adam", group="training")
    learning_rate: float = number(0.003, 1e-5, 10.0, group="training", log=True, editable=True)
    momentum: float = number(0.9, 0.0, 0.99, group="training")
    batch_size: int = number(64, 1, 256, group="training", log=True)
    n_steps: int = number(500, 1, 5000, group="training", log=True)

    data_seed: Seed = setting(0, group="seeds")
    n_seeds: int = number(1, 1, 8, group="band")

    @property
    def n_tested(self) -> int:
        """How many pictures there are to test with."""
        return min(self.test_size, IMAGE_SETS[self.image_set].n_samples // 5)

    @model_validator(mode="after")
    def _check_stack(self) -> Self:
        if not is_here(self.image_set):
            raise SpecError("data_not_here", field="image_set", value=self.image_set, instead="mnist")
        try:
            reports = describe_classifier(self.layers, IMAGE_SETS[self.image_set].shape)
        except StackError as error:
            values = {**error.values, "field": "layers", "instead": LAYERS}
            raise SpecError(error.code, **values) from None
        fitting = MAX_BATCH_WORK // work(reports)
        if self.batch_size > fitting:
            raise SpecError("batch_work", field="batch_size", value=self.batch_size, high=fitting, instead=fitting)
        return self


def describe_classifier(text: str, input_shape: tuple[int, ...]) -> list[LayerReport]:
    """The reports on a stack that ends with one value a class and is small enough to be trained while one watches.

    Raises StackError: those of `parse_stack` and `describe_stack`; last_layer_classes (shape, expected);
    too_many_parameters (number, high); too_much_work (number, high); each names the `layer` at which it breaks.
    """
    layers = parse_stack(text)
    reports = describe_stack(layers, input_shape)
    if not reports or reports[-1].shape != (N_CLASSES,):
        said = "×".join(map(str, reports[-1].shape)) if reports else "–"
        value = reports[-1].name if reports else ""
        raise StackError("last_layer_classes", layer=len(reports), value=value, shape=said, expected=N_CLASSES)
    _check_sum(reports, [report.n_parameters for report in reports], MAX_PARAMETERS, "too_many_parameters")
    _check_sum(reports, [work([report]) for report in reports], MAX_WORK, "too_much_work")
    return reports


def work(reports: list[LayerReport]) -> int:
    """What one picture costs forward, in multiply-adds."""
    return sum(report.n_multiply_adds + WORK_OF_A_VALUE * report.n_values for report in reports)


def _check_sum(reports: list[LayerReport], parts: list[int], high: int, code: str) -> None:
    """Raise at the layer with which the sum becomes too large."""
    total = 0
    for layer, (report, part) in enumerate(zip(reports, parts, strict=True), 1):
        total += part
        if total > high:
            raise StackError(code, layer=layer, value=report.name, number=f"{total:,}", high=f"{high:,}")
