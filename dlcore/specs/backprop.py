"""Gradient descent on one small expression, until a stopping rule holds."""

from __future__ import annotations

import math
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from dlcore.errors import SpecError
from dlcore.functions.expressions import EXPRESSIONS, Expression
from dlcore.functions.graph import backward, evaluate
from dlcore.specs.base import Spec, number, setting

LARGEST = 10.0  # of a leaf's number
Leaf = Annotated[float, Field(ge=-LARGEST, le=LARGEST, allow_inf_nan=False)]


class BackpropSpec(Spec):
    """An expression, the numbers of its leaves (none: its own) and three rules that end the descent on its weights."""

    kind: ClassVar[str] = "backprop"

    expression: Literal[
        "linear", "fan_out", "neuron", "neuron_bce", "unfolded_sigmoid", "kink", "baydin", "micrograd", "network"
    ] = setting("network", group="network")
    numbers: tuple[Leaf, ...] = setting(
        (), group="network", max_length=12
    )  # inputs, weights, targets, in the graph's order
    learning_rate: float = number(0.05, 1e-6, 10.0, group="training", log=True, editable=True)
    n_steps: int = number(200, 1, 5000, group="training", log=True)
    loss_tolerance: float = number(1e-6, 1e-12, 0.1, group="training", log=True)
    gradient_tolerance: float = number(1e-3, 1e-12, 0.1, group="training", log=True)
    difference_step: float = number(1e-5, 1e-12, 0.1, group="training", log=True)

    @model_validator(mode="after")
    def _check_numbers(self) -> Self:
        needed = len(self.definition.numbers)
        if self.numbers and len(self.numbers) != needed:
            raise SpecError(
                "graph_numbers", field="numbers", value=len(self.numbers), limit=needed, instead=self.definition.numbers
            )
        values = evaluate(self.definition.graph, self.leaves)
        if not all(map(math.isfinite, (*values, *backward(self.definition.graph, values)))):
            raise SpecError("graph_undefined", field="numbers", value=self.numbers, instead=self.definition.numbers)
        return self

    @property
    def definition(self) -> Expression:
        return EXPRESSIONS[self.expression]

    @property
    def leaves(self) -> tuple[float, ...]:
        """The numbers that the leaves start with."""
        return self.numbers or self.definition.numbers
