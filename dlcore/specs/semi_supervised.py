"""Few labels: a semi-supervised GAN and the same classifier alone learn the digits from a handful of labels."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from dlcore.specs.base import Spec, number, setting


class SemiSupervisedSpec(Spec):
    """Labels, networks and training; `seed` draws weights, batches, noise and which images have a label.

    Both classifiers of a seed begin with the same weights, get the same labels and the same noise. The pairs of the
    seeds `seed, seed + 1, …` are trained in one batched step.
    """

    kind: ClassVar[str] = "semi_supervised"

    n_labels: int = number(1, 1, 20, group="data")
    noise_on_images: float = number(0.3, 0.0, 1.0, group="data")

    matching: Literal["features", "non_saturating"] = setting("features", group="loss")
    unlabelled_weight: float = number(1.0, 0.0, 10.0, group="loss")

    hidden_sizes: tuple[Annotated[int, Field(ge=1, le=128)], ...] = setting(
        (64, 64), group="network", min_length=1, max_length=4
    )
    latent_size: int = number(32, 2, 64, group="network")

    learning_rate: float = number(1e-3, 1e-5, 1.0, group="training", log=True, editable=True)
    batch_size: int = number(64, 4, 64, group="training", log=True)
    n_steps: int = number(2000, 1, 10000, group="training", log=True)

    n_seeds: int = number(5, 1, 5, group="band")
