"""The contest of classical and deep models: every model on every task, view of the input and number of samples."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import model_validator

from dlcore.errors import SpecError
from dlcore.functions.contest_plan import Cell, count_steps, make_cells
from dlcore.specs.base import Spec, number, setting

Contestant = Literal["logistic", "tree", "forest", "svm", "knn", "boosting", "mlp", "cnn", "gru"]
TaskName = Literal["friedman1", "diabetes", "mnist1d", "digits", "mnist", "opinions"]
TrainSize = Literal["50", "100", "200", "500", "1000", "2000", "4000"]
MAX_CELLS = 63


class ContestSpec(Spec):
    """One step is one piece of one fit: a tree of a forest, a pair of classes of an SVM, a round of boosting, five
    updates of a net. `n_steps` cuts the contest short; `n_pieces` is how many it takes to the end."""

    kind: ClassVar[str] = "contest"

    tasks: tuple[TaskName, ...] = setting(("mnist1d",), group="data", min_length=1, max_length=6)
    views: tuple[Literal["raw", "engineered", "shuffled"], ...] = setting(
        ("raw",), group="data", min_length=1, max_length=3
    )
    train_sizes: tuple[TrainSize, ...] = setting(("500",), group="data", min_length=1, max_length=7)
    contestants: tuple[Contestant, ...] = setting(
        ("logistic", "tree", "knn"), group="network", min_length=1, max_length=9
    )
    net_updates: int = number(1000, 100, 6000, group="training", log=True)
    n_steps: int = number(1000, 1, 100_000, group="training", log=True)
    n_seeds: int = number(3, 1, 3, group="band")

    @model_validator(mode="after")
    def _check_cells(self) -> Self:
        for name in ("tasks", "views", "train_sizes", "contestants"):
            chosen = getattr(self, name)
            if len(set(chosen)) < len(chosen):
                raise SpecError("repeated", field=name, value=",".join(chosen))
        if len(self.cells) > MAX_CELLS:
            instead = self.train_sizes[:1] if len(self.train_sizes) > 1 else self.tasks[:1]
            field = "train_sizes" if len(self.train_sizes) > 1 else "tasks"
            raise SpecError("too_many_cells", field=field, value=len(self.cells), high=MAX_CELLS, instead=instead)
        return self

    @property
    def cells(self) -> list[Cell]:
        """Every fit, in the order in which they are done."""
        return make_cells(self.tasks, self.views, self.train_sizes, self.contestants)

    @property
    def n_pieces(self) -> int:
        """Steps to the end."""
        return sum(count_steps(cell, self.net_updates, self.n_seeds) for cell in self.cells)
