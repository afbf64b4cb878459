"""The 2-D lab of the page GAN: a generator against a critic on points of the plane."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from dlcore.errors import SpecError
from dlcore.specs.base import Spec, number, setting

GanSet = Literal["line", "two_gaussians", "ring", "eight_gaussians", "grid", "moons", "own"]
GanLossName = Literal["minimax", "non_saturating", "least_squares", "wgan_clip", "wgan_gp", "began"]
Size = Annotated[int, Field(ge=1, le=128)]
OWN_LIMIT, MAX_PLACES = 3.0, 200
STARTER_PLACES = ((-1.5, -1.0), (0.0, 1.5), (1.5, -1.0))

# What suits a loss here, where it differs from the defaults: tried on the eight Gaussians, three seeds each.
SUITED: dict[str, dict[str, Any]] = {
    "minimax": {},
    "non_saturating": {},
    "least_squares": {"activation": "leaky_relu"},
    "wgan_clip": {"optimizer": "rmsprop", "activation": "relu", "critic_steps": 5, "n_steps": 2000},
    "wgan_gp": {"beta1": 0.0, "beta2": 0.9, "critic_steps": 5, "learning_rate": 0.003, "n_steps": 1500},
    "began": {"critic_sizes": (32,), "code_size": 2},
}
FAR_AHEAD = {"critic_steps": 5, "learning_rate": 0.0003, "n_steps": 500}  # with a critic that learns faster still
PRESETS: dict[str, dict[str, Any]] = {
    "healthy": {},
    "collapse": {
        "dataset": "two_gaussians",
        "activation": "relu",
        "gan_loss": "minimax",
        **FAR_AHEAD,
        "rate_ratio": 30.0,
    },
    "vanishing": {"gan_loss": "minimax", **FAR_AHEAD, "rate_ratio": 10.0},
    "restless": {"beta1": 0.9, "beta2": 0.999, "rate_ratio": 0.1},
    "pile_up": {"gan_loss": "wgan_clip", **SUITED["wgan_clip"]},
    "penalty": {"gan_loss": "wgan_gp", **SUITED["wgan_gp"]},
    "low_m": {"gan_loss": "began", **SUITED["began"]},
}


class GanLabSpec(Spec):
    """Data, loss, both networks and their training; `seed` draws weights, real samples and z, whatever the loss.

    A step is one round: `critic_steps` updates of the critic, one of the generator. With `slow_motion` it is one of
    these updates, in the same order and with the same numbers. `turns`: who is trained, 0 both, 1 the critic alone,
    2 the generator alone. With `n_seeds` above 1 the pairs of seeds `seed, seed + 1, …` are trained in one batch.
    """

    kind: ClassVar[str] = "gan_lab"

    dataset: GanSet = setting("eight_gaussians", group="data")
    points: tuple[tuple[float, float], ...] = setting((), group="own", max_length=MAX_PLACES)

    gan_loss: GanLossName = setting("non_saturating", group="loss")
    weight_limit: float = number(0.1, 0.001, 1.0, group="loss", log=True)
    slope_penalty: float = number(0.1, 0.01, 100.0, group="loss", log=True)
    gamma: float = number(0.5, 0.0, 1.0, group="loss")
    balance_rate: float = number(0.01, 1e-4, 1.0, group="loss", log=True)

    generator_sizes: tuple[Size, ...] = setting((64, 64), group="network", max_length=4)
    critic_sizes: tuple[Size, ...] = setting((64, 64), group="network", max_length=4)
    code_size: int = number(2, 1, 8, group="network")
    activation: Literal["relu", "leaky_relu", "tanh"] = setting("tanh", group="network")
    latent_size: int = number(2, 1, 8, group="network")

    optimizer: Literal["adam", "rmsprop"] = setting("adam", group="training")
    learning_rate: float = number(1e-3, 1e-5, 1.0, group="training", log=True, editable=True)
    rate_ratio: float = number(1.0, 0.01, 100.0, group="training", log=True, editable=True)
    beta1: float = number(0.5, 0.0, 0.99, group="training")
    beta2: float = number(0.99, 0.5, 0.999, group="training")
    batch_size: int = number(128, 4, 512, group="training", log=True)
    critic_steps: int = number(1, 1, 5, group="training")
    turns: int = number(0, 0, 2, group="training", editable=True)
    slow_motion: bool = setting(False, group="training")
    n_steps: int = number(3000, 1, 20000, group="training", log=True)

    n_seeds: int = number(1, 1, 4, group="band")

    @model_validator(mode="after")
    def _check_points(self) -> Self:
        if self.dataset == "own" and len(self.points) < 1:
            raise SpecError("too_few_points", field="points", value=len(self.points), low=1, instead=STARTER_PLACES)
        for x1, x2 in self.points:
            if not (abs(x1) <= OWN_LIMIT and abs(x2) <= OWN_LIMIT):
                raise SpecError("point", field="points", value=f"{x1},{x2}", low=-OWN_LIMIT, high=OWN_LIMIT)
        return self
