"""The depth lab: how activations and gradients fare on their way through a deep net that has just been initialised."""

from __future__ import annotations

from typing import ClassVar, Literal

from dlcore.specs.base import Spec, number, setting
from dlcore.specs.playground import ActivationName

InitRule = Literal["xavier", "he", "normal", "zeros"]


class DepthLabSpec(Spec):
    """`depth` equally wide layers without biases; one step draws one more net, with the seeds `seed, seed + 1, …`."""

    kind: ClassVar[str] = "depth_lab"

    activation: ActivationName = setting("sigmoid", group="network")
    init_rule: InitRule = setting("xavier", group="network")
    init_std: float = number(0.01, 0.001, 0.1, group="network", log=True)  # of `normal`
    depth: int = number(30, 1, 50, group="network")
    layer_width: int = number(100, 2, 512, group="network", log=True)
    n_steps: int = number(8, 1, 32, group="seeds")  # so many nets are averaged
