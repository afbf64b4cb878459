"""Logistic regression on digits: on their pixels, on what an RBM has learnt to see, on what random weights see."""

from __future__ import annotations

from typing import ClassVar, Literal

from dlcore.specs.base import Spec, number, setting


class RbmFeaturesSpec(Spec):
    """The first `rbm_steps` updates train an RBM without labels, the others the three classifiers. `seed` draws the
    split, weights, batches and Gibbs chains. The defaults are those of scikit-learn's example: ten passes."""

    kind: ClassVar[str] = "rbm_features"

    nudged: bool = setting(True, group="data")
    keep_apart: bool = setting(False, group="data")
    rbm_rule: Literal["cd", "pcd"] = setting("pcd", group="rule")
    rbm_units: int = number(100, 4, 128, group="network")
    learning_rate: float = number(0.06, 1e-4, 10.0, group="training", log=True, editable=True)
    rbm_steps: int = number(7190, 0, 15000, group="training")
    n_steps: int = number(7990, 1, 16000, group="training", log=True)
    n_seeds: int = number(3, 1, 5, group="band")
