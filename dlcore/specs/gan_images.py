"""Images of the page GAN: a DCGAN, also with other losses, learns to write 8×8 digits."""

from __future__ import annotations

from typing import Any, ClassVar, Literal, Self

from pydantic import model_validator

from dlcore.errors import SpecError
from dlcore.specs.base import Spec, number, setting

ImageGanLoss = Literal["minimax", "non_saturating", "least_squares", "wgan_gp", "began"]
WITHOUT_NORM = ("wgan_gp", "began")  # losses whose critic has no batch norm

# What a loss is usually trained with, where it differs from the defaults.
SUITED_IMAGES: dict[str, dict[str, Any]] = {
    "minimax": {},
    "non_saturating": {},
    "least_squares": {},
    "wgan_gp": {"critic_norm": False, "beta1": 0.0, "beta2": 0.9, "critic_steps": 2},
    "began": {"critic_norm": False},
}

IMAGE_PRESETS: dict[str, dict[str, Any]] = {
    "healthy": {},
    "slow_critic": {"rate_ratio": 0.1, "beta1": 0.9, "n_steps": 1000},
    "penalty": {"gan_loss": "wgan_gp", **SUITED_IMAGES["wgan_gp"]},
    "low_gamma": {"gan_loss": "began", **SUITED_IMAGES["began"], "gamma": 0.5, "n_steps": 1000},
}


class GanImagesSpec(Spec):
    """Loss, networks and training; `seed` draws weights, batches and z, whatever the loss.

    A step is one round: `critic_steps` updates of the critic, one of the generator. The critic learns at
    `learning_rate` times `rate_ratio`.
    """

    kind: ClassVar[str] = "gan_images"

    gan_loss: ImageGanLoss = setting("non_saturating", group="loss")
    slope_penalty: float = number(10.0, 0.01, 100.0, group="loss", log=True)
    gamma: float = number(0.9, 0.0, 1.0, group="loss")
    balance_rate: float = number(0.5, 1e-4, 1.0, group="loss", log=True)

    latent_size: int = number(32, 2, 64, group="network")
    width: int = number(24, 4, 32, group="network")
    critic_norm: bool = setting(True, group="network")

    learning_rate: float = number(1e-3, 1e-5, 1.0, group="training", log=True, editable=True)
    rate_ratio: float = number(1.0, 0.01, 100.0, group="training", log=True, editable=True)
    beta1: float = number(0.5, 0.0, 0.99, group="training")
    beta2: float = number(0.999, 0.5, 0.999, group="training")
    batch_size: int = number(64, 4, 64, group="training", log=True)
    critic_steps: int = number(1, 1, 3, group="training")
    n_steps: int = number(5000, 1, 10000, group="training", log=True)

    @model_validator(mode="after")
    def _check_norm(self) -> Self:
        if self.critic_norm and self.gan_loss in WITHOUT_NORM:
            raise SpecError("norm_in_critic", field="critic_norm", value=True, instead=False)
        return self
