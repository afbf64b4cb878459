"""Does it help a classifier with few labels to begin as a deep belief net? The same from random weights beside it."""

from __future__ import annotations

from typing import ClassVar

from dlcore.specs.base import Spec, number, setting
from dlcore.specs.belief_net import HiddenSizes


class PretrainingSpec(Spec):
    """The first `rbm_steps` updates train a stack of RBMs on digits without labels, the others classifiers on the
    few that have one: from the stack, from random weights, and one with ReLU from random weights."""

    kind: ClassVar[str] = "pretraining"

    labels_per_class: int = number(2, 1, 100, group="data", log=True)
    stack_sizes: HiddenSizes = setting((100, 100), group="network", min_length=1, max_length=3)
    rbm_rate: float = number(0.1, 1e-4, 1.0, group="training", log=True)
    learning_rate: float = number(0.003, 1e-5, 1.0, group="training", log=True, editable=True)
    rbm_steps: int = number(3000, 0, 10000, group="training")
    n_steps: int = number(3400, 1, 12000, group="training", log=True)
    n_seeds: int = number(5, 1, 8, group="band")
