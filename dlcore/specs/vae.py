"""The variational autoencoder of the page Other models, with the same network as a plain autoencoder beside it."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import Field

from dlcore.specs.base import Spec, number, setting
from dlcore.specs.playground import ActivationName

VAE_PRESETS: dict[str, dict[str, Any]] = {
    "plane": {},
    "roomy": {"bottleneck": 16},
    "collapse": {"beta": 10.0, "n_steps": 1000},
}


class VaeSpec(Spec):
    """Networks and training; `seed` draws weights, batches and ε.

    Two networks a seed from the same weights, on the same batches: a VAE, and the same without noise and without the
    KL term, which is a plain autoencoder. The pairs of the seeds `seed, seed + 1, …` are trained in one batched step.
    The rate falls to 0 along a cosine.
    """

    kind: ClassVar[str] = "vae"

    beta: float = number(1.0, 0.0, 50.0, group="loss", editable=True)

    bottleneck: int = number(2, 1, 16, group="network")
    hidden_sizes: tuple[Annotated[int, Field(ge=1, le=128)], ...] = setting((64, 32), group="network", max_length=3)
    activation: ActivationName = setting("elu", group="network")

    learning_rate: float = number(5e-3, 1e-5, 1.0, group="training", log=True, editable=True)
    batch_size: int = number(64, 4, 256, group="training", log=True)
    n_steps: int = number(2000, 1, 10000, group="training", log=True)

    n_seeds: int = number(3, 1, 5, group="band")
