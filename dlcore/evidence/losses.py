"""What the page Losses claims: a confidently wrong start, and the best optimiser."""

from __future__ import annotations

from dlcore.evidence.concepts import arena
from dlcore.evidence.rows import Claim, Published, Side, link
from dlcore.specs import PairingSpec, PlaygroundSpec

ONE_SEED = PairingSpec(n_seeds=1, n_steps=200)
SPIRAL = PlaygroundSpec(dataset="spiral", hidden_sizes=(16, 16), n_steps=3000)

CLAIMS = (
    Claim(
        "confident_start",
        "losses",
        link("pairing", ("", ONE_SEED)),
        label="test_accuracy",
        first=Side(ONE_SEED, "right_score"),
        second=Side(ONE_SEED, "broken_score"),
    ),
    arena("adam_best", SPIRAL, SPIRAL.replace(optimizer="momentum", learning_rate=0.03)),
)
PUBLISHED: tuple[Published, ...] = ()
