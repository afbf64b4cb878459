"""What the tab Few labels of the page GAN claims: a semi-supervised GAN makes use of digits without a label."""

from __future__ import annotations

from dlcore.evidence.rows import Claim, Published, Side, link
from dlcore.specs import SemiSupervisedSpec

FIVE = tuple(range(5))


def few(n_labels: int) -> Claim:
    """The critic that is a classifier against the same classifier alone; a seed also draws the labelled images."""
    spec = SemiSupervisedSpec(n_labels=n_labels)
    one = spec.replace(n_seeds=1)
    return Claim(
        f"gan_few_labels_{n_labels}",
        "gan",
        link("few_labels", ("f.", spec)),
        FIVE,
        label="few_accuracy",
        first=Side(one, "accuracy_gan"),
        second=Side(one, "accuracy_alone"),
    )


CLAIMS = (few(1), few(5), few(20))
PUBLISHED: tuple[Published, ...] = ()
