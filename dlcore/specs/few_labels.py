"""Few labels, many unlabelled samples: does an autoencoder that has seen all of them help a classifier?"""

from __future__ import annotations

from typing import ClassVar, Literal

from dlcore.specs.base import Spec, number, setting


class FewLabelsSpec(Spec):
    """The first `pretrain_steps` updates train an autoencoder on samples without labels, the others classifiers on the
    few that have one: from scratch, from the autoencoder's encoder, and with that encoder frozen."""

    kind: ClassVar[str] = "few_labels"

    pool: Literal["digits", "mnist1d"] = setting("digits", group="data")
    n_unlabelled: int = number(1200, 100, 4000, group="data")
    labels_per_class: int = number(2, 1, 50, group="data", log=True)
    hidden_units: int = number(64, 4, 100, group="network", log=True)
    code_units: int = number(32, 2, 64, group="network", log=True)
    corruption: float = number(0.3, 0.0, 0.8, group="training")
    learning_rate: float = number(0.003, 1e-5, 1.0, group="training", log=True, editable=True)
    pretrain_steps: int = number(1000, 0, 5000, group="training")
    n_steps: int = number(1300, 1, 10000, group="training", log=True)
    n_seeds: int = number(5, 1, 8, group="band")
