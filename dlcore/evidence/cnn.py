"""What the page CNN claims: that averages keep what matters."""

from __future__ import annotations

from dlcore.evidence.rows import THREE, Claim, Published, Side, link
from dlcore.specs import CnnSpec

LAYERS = "conv 16 3 p1-relu-{pool} 2-conv 32 3 p1-relu-{pool} 2-flatten-linear 10"
AVERAGED = CnnSpec(image_set="mnist", n_steps=300, layers=LAYERS.format(pool="avgpool"))
LARGEST = AVERAGED.replace(layers=LAYERS.format(pool="maxpool"))

CLAIMS = (
    Claim(
        "average_pooling",
        "cnn",
        link("train", ("", AVERAGED)),
        THREE,
        label="test_accuracy",
        first=Side(AVERAGED),
        second=Side(LARGEST),
    ),
)
PUBLISHED: tuple[Published, ...] = ()
