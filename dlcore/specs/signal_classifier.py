"""The published table of MNIST-1D: four networks, on signals as they are and with their axis shuffled."""

from __future__ import annotations

from typing import ClassVar, Literal

from dlcore.specs.base import Spec, number, setting

NetName = Literal["linear", "mlp", "cnn", "gru"]


class SignalClassifierSpec(Spec):
    """One network of Greydanus & Kobak's on MNIST-1D with Adam, from `n_seeds` seeds at once."""

    kind: ClassVar[str] = "signal_classifier"

    net: NetName = setting("cnn", group="network")
    shuffled: bool = setting(False, group="data")
    learning_rate: float = number(0.01, 1e-5, 1.0, group="training", log=True, editable=True)
    batch_size: int = number(100, 10, 100, group="training", log=True)
    n_steps: int = number(6000, 1, 20000, group="training", log=True)
    n_seeds: int = number(3, 1, 3, group="band")
