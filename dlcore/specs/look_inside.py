"""Looking inside: a tree's rules and a linear model's weights beside the maps by which one explains a CNN."""

from __future__ import annotations

from typing import ClassVar

from dlcore.specs.base import Spec, number


class LookInsideSpec(Spec):
    """A tree, a linear model and a CNN on 8×8 digits; one step is an update of the latter two.

    Explained is the answer to one test image of each digit, its `sample`-th; `explained` is the class that the maps ask
    about, 10 the CNN's own answer to each.
    """

    kind: ClassVar[str] = "look_inside"

    sample: int = number(0, 0, 19, group="data")
    explained: int = number(10, 0, 10, group="data")
    tree_depth: int = number(4, 1, 8, group="network")
    occluded: int = number(2, 1, 4, group="data")  # side of the square that is covered, in pixels
    learning_rate: float = number(0.01, 1e-5, 1.0, group="training", log=True, editable=True)
    n_steps: int = number(400, 1, 5000, group="training", log=True)
