"""The autoencoder of the page Other models: digits through a bottleneck and back."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from dlcore.specs.base import Spec, number, setting
from dlcore.specs.playground import ActivationName

LINEAR: dict[str, Any] = {  # with these it finds what PCA finds
    "activation": "identity",
    "hidden_sizes": (),
    "learning_rate": 0.02,
    "batch_size": 128,
    "n_steps": 3000,
}
AUTOENCODER_PRESETS: dict[str, dict[str, Any]] = {
    "curved": {},
    "linear": LINEAR,
    "linear_16": {**LINEAR, "bottleneck": 16},
    "too_narrow": {"bottleneck": 16},
    "denoising": {"bottleneck": 16, "input_noise": 0.3, "hidden_sizes": (128,), "learning_rate": 3e-3},
}


class AutoencoderSpec(Spec):
    """Networks and training; `seed` draws weights, batches and the noise on them.

    The decoder has the encoder's hidden layers in reverse order. The models of the seeds `seed, seed + 1, …` are
    trained in one batched step. With `rate_falls` the rate is multiplied with a cosine that ends at 0 (Loshchilov &
    Hutter 2017, without restarts).
    """

    kind: ClassVar[str] = "autoencoder"

    input_noise: float = number(0.0, 0.0, 1.0, group="data")

    bottleneck: int = number(2, 1, 32, group="network")
    hidden_sizes: tuple[Annotated[int, Field(ge=1, le=128)], ...] = setting((64, 32), group="network", max_length=3)
    activation: ActivationName = setting("relu", group="network")

    learning_rate: float = number(1e-2, 1e-5, 10.0, group="training", log=True, editable=True)
    rate_falls: bool = setting(True, group="training")
    optimizer: Literal["sgd", "momentum", "rmsprop", "adam"] = setting("adam", group="training")
    batch_size: int = number(64, 4, 512, group="training", log=True)
    n_steps: int = number(2000, 1, 10000, group="training", log=True)

    n_seeds: int = number(4, 1, 8, group="band")
