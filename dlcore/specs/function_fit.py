"""Universal approximation: one curve, fitted by networks with one hidden layer of 1, 2, 4 … 64 units at once."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from dlcore.errors import DataError, SpecError
from dlcore.functions.approximation import PRESETS, make_places, target_values
from dlcore.functions.formulas import LONGEST
from dlcore.specs.base import Spec, number, setting

TALLEST = 100  # of a drawn height, y = 2
N_HEIGHTS = 41  # of a drawing, equally spaced


class FunctionFitSpec(Spec):
    """The target is a formula of x or a drawing; `fit_reach` is where x ends on both sides.

    `steepness` is the size of every hidden unit's first input weight, for inputs that go from −1 to 1; the units' first
    kinks are spread over the curve. `shown_width` is the network that is drawn, all widths are trained anyway.
    """

    kind: ClassVar[str] = "function_fit"

    fit_source: Literal["formula", "drawn"] = setting("formula", group="data")
    fit_formula: str = setting(PRESETS["waves"][0], group="data", max_length=LONGEST)
    fit_drawn: tuple[Annotated[int, Field(ge=-TALLEST, le=TALLEST)], ...] = setting(
        (), group="data", max_length=N_HEIGHTS
    )
    fit_reach: Literal["1", "3"] = setting("1", group="data")

    activation: Literal["relu", "tanh", "sigmoid", "leaky_relu", "gelu", "identity", "square"] = setting(
        "relu", group="network"
    )
    shown_width: Literal["1", "2", "4", "8", "16", "32", "64"] = setting("16", group="network")
    steepness: float = number(4.0, 0.5, 30.0, group="network", log=True)

    optimizer: Literal["sgd", "momentum", "adam"] = setting("adam", group="training")
    learning_rate: float = number(0.01, 1e-4, 1.0, group="training", log=True, editable=True)
    n_steps: int = number(2000, 1, 10000, group="training", log=True)
    n_seeds: int = number(8, 1, 16, group="band")

    @model_validator(mode="after")
    def _check_formula(self) -> Self:
        x = make_places(float(self.fit_reach))
        try:
            target_values("formula", self.fit_formula, (), float(self.fit_reach), x)
        except DataError as error:
            said = {"field": "fit_formula", "value": self.fit_formula, **error.values}
            raise SpecError(error.code, instead=PRESETS["waves"][0], **said) from None
        return self
