"""What the page Machine learning vs deep learning claims, and the published table of MNIST-1D."""

from __future__ import annotations

from dlcore.evidence.rows import THREE, Claim, Published, Side, link
from dlcore.specs import SignalClassifierSpec
from dlcore.specs.signal_classifier import NetName

SIGNAL_SEEDS = THREE
TABLE = "Greydanus & Kobak 2024, Scaling down deep learning with MNIST-1D, table 1"
# Test accuracy on plain and on shuffled signals, and the tolerance within which it counts as the same.
THEIRS: dict[NetName, tuple[float, float, float]] = {
    "linear": (0.32, 0.32, 0.015),
    "mlp": (0.68, 0.68, 0.015),
    "cnn": (0.94, 0.56, 0.025),
    "gru": (0.91, 0.57, 0.03),
}


def published(net: NetName, shuffled: bool) -> Published:
    """One figure of the table."""
    spec = SignalClassifierSpec(net=net, shuffled=shuffled)
    plain, mixed, tolerance = THEIRS[net]
    return Published(
        f"mnist1d_{net}{'_shuffled' if shuffled else ''}",
        "ml_vs_dl",
        link("ml_paper", ("p.", spec)),
        SIGNAL_SEEDS,
        "test_accuracy",
        ours=Side(spec.replace(n_seeds=1)),
        theirs=mixed if shuffled else plain,
        source=TABLE,
        tolerance=tolerance,
    )


CLAIMS: tuple[Claim, ...] = ()
PUBLISHED = tuple(published(net, shuffled) for net in THEIRS for shuffled in (False, True))
