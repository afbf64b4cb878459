"""Digits for an RBM, or for a stack of them that is trained layer by layer: a deep belief net."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from dlcore.specs.base import Spec, number, setting

HiddenSizes = tuple[Annotated[int, Field(ge=4, le=128)], ...]


class BeliefNetSpec(Spec):
    """One RBM a hidden layer, each on what the one below makes of the digits; every layer gets the same share of the
    `n_steps` updates. `seed` draws weights, batches and Gibbs chains."""

    kind: ClassVar[str] = "belief_net"

    rbm_pixels: Literal["grey", "binary"] = setting("grey", group="data")
    rbm_rule: Literal["cd", "pcd"] = setting("cd", group="rule")
    gibbs_steps: int = number(1, 1, 25, group="rule", log=True)
    stack_sizes: HiddenSizes = setting((64,), group="network", min_length=1, max_length=3)
    learning_rate: float = number(0.1, 1e-4, 10.0, group="training", log=True, editable=True)
    rbm_momentum: float = number(0.5, 0.0, 0.95, group="training")
    rbm_decay: float = number(0.0002, 0.0, 0.02, group="training")
    batch_size: int = number(20, 1, 100, group="training", log=True)
    n_steps: int = number(4000, 1, 20000, group="training", log=True)
