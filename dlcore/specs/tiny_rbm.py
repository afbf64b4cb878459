"""A tiny RBM on bars and stripes, small enough for its likelihood to be computed exactly."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from dlcore.specs.base import Spec, number, setting

# Settings worth seeing: how they differ from the defaults.
TINY_PRESETS: dict[str, dict[str, Any]] = {
    "healthy": {},
    "fooled": {"learning_rate": 0.5, "rbm_momentum": 0.8, "n_steps": 6000},
    "mended": {"learning_rate": 0.5, "rbm_momentum": 0.8, "n_steps": 6000, "rbm_rule": "exact"},
}


class TinyRbmSpec(Spec):
    """Rule, machine and training; `seed` draws weights, batches and Gibbs chains. "exact" needs no `gibbs_steps`."""

    kind: ClassVar[str] = "tiny_rbm"

    rbm_rule: Literal["cd", "pcd", "exact"] = setting("cd", group="rule")
    gibbs_steps: int = number(1, 1, 25, group="rule", log=True)
    rbm_units: int = number(8, 1, 10, group="network")
    learning_rate: float = number(0.1, 1e-4, 10.0, group="training", log=True, editable=True)
    rbm_momentum: float = number(0.0, 0.0, 0.95, group="training")
    rbm_decay: float = number(0.0, 0.0, 0.1, group="training")
    batch_size: int = number(14, 1, 14, group="training")
    n_steps: int = number(5000, 1, 20000, group="training", log=True)
    n_seeds: int = number(5, 1, 8, group="band")
