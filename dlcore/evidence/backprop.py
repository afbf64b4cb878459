"""What the page Backpropagation reproduces: the published run of micrograd."""

from __future__ import annotations

from dlcore.evidence.rows import Claim, Published, Side, link
from dlcore.specs import MicrogradSpec, PlaygroundSpec

ALIKE = PlaygroundSpec(dataset="moons", hidden_sizes=(16, 16), activation="relu", loss="hinge", optimizer="sgd")
CLAIMS: tuple[Claim, ...] = ()
PUBLISHED = (
    Published(
        "micrograd_moons",
        "concepts",
        link("playground", ("", ALIKE.replace(learning_rate=0.3, batch_size=100))),
        (1337,),
        label="train_loss",
        ours=Side(MicrogradSpec(), "loss"),
        theirs=0.0109783701354927,
        tolerance=1e-11,
        source="Karpathy 2020, micrograd, demo.ipynb, step 99",
    ),
)
