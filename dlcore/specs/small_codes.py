"""Two tasks of 1985 and 1986 that need an inner code: mirror symmetry of six bits, and eight patterns through three."""

from __future__ import annotations

from typing import ClassVar, Literal

from dlcore.specs.base import Spec, number, setting

MAX_NETS = 64


class SmallCodesSpec(Spec):
    """Networks of sigmoid units with one hidden layer, learning from all patterns at once.

    The defaults are those of Rumelhart, Hinton & Williams 1986, Nature 323: two hidden units, ε = 0.1, α = 0.9, 1,425
    sweeps, first weights from U(−0.3, 0.3). `shown_net` is the one that is drawn, counted from 0.
    """

    kind: ClassVar[str] = "small_codes"

    code_task: Literal["symmetry", "encoder"] = setting("symmetry", group="data")
    inner_units: int = number(2, 1, 6, group="network")
    start_range: float = number(0.3, 0.0, 2.0, group="network")

    learning_rate: float = number(0.1, 1e-3, 10.0, group="training", log=True, editable=True)
    momentum: float = number(0.9, 0.0, 0.99, group="training", editable=True)
    n_steps: int = number(1425, 1, 10000, group="training", log=True)

    n_seeds: int = number(40, 1, MAX_NETS, group="band")
    shown_net: int = number(8, 0, MAX_NETS - 1, group="band")
