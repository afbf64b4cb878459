"""What the page Machine learning vs deep learning claims, and the published table of MNIST-1D."""

from __future__ import annotations

from dlcore.evidence.rows import THREE, Claim, Published, Side, link
from dlcore.specs import ContestSpec, FewLabelsSpec, LookInsideSpec, SignalClassifierSpec
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


def contest(name: str, tab: str, prefix: str, spec: ContestSpec, first: str, second: str, margin: float = 0.0) -> Claim:
    """A claim about two fits of one contest, each named as in its scores."""
    one = spec.replace(n_seeds=1)
    whole = one.replace(n_steps=one.n_pieces)
    return Claim(
        name,
        "ml_vs_dl",
        link(tab, (prefix, spec)),
        THREE,
        "contest_score",
        first=Side(whole, f"score_{first}"),
        second=Side(whole, f"score_{second}"),
        margin=margin,
    )


HUNDRED = ContestSpec(train_sizes=("100",), contestants=("forest", "cnn"), net_updates=500)
TABLES = ContestSpec(
    tasks=("friedman1", "diabetes"), train_sizes=("1000",), contestants=("boosting", "mlp"), net_updates=500
)
AXIS = ContestSpec(
    views=("raw", "shuffled"), train_sizes=("4000",), contestants=("knn", "mlp", "cnn"), net_updates=1000
)
FEATURES = ContestSpec(
    views=("raw", "engineered"), train_sizes=("4000",), contestants=("logistic", "cnn"), net_updates=1000
)
FEW = FewLabelsSpec()
INSIDE = LookInsideSpec()
CLAIMS = (
    contest("ml_few_samples", "ml_data", "d.", HUNDRED, "mnist1d_raw_100_cnn", "mnist1d_raw_100_forest"),
    contest("ml_small_table", "ml_tasks", "t.", TABLES, "diabetes_raw_1000_mlp", "diabetes_raw_1000_boosting"),
    contest("ml_smooth_table", "ml_tasks", "t.", TABLES, "friedman1_raw_1000_mlp", "friedman1_raw_1000_boosting"),
    contest("ml_axis_cnn", "ml_features", "f.", AXIS, "mnist1d_raw_4000_cnn", "mnist1d_shuffled_4000_cnn", 0.1),
    contest("ml_axis_mlp", "ml_features", "f.", AXIS, "mnist1d_shuffled_4000_mlp", "mnist1d_raw_4000_mlp", -0.03),
    contest("ml_axis_knn", "ml_features", "f.", AXIS, "mnist1d_shuffled_4000_knn", "mnist1d_raw_4000_knn", -0.001),
    contest("ml_hand_made", "ml_features", "f.", FEATURES, "mnist1d_raw_4000_cnn", "mnist1d_engineered_4000_logistic"),
    Claim(
        "ml_unlabelled",
        "ml_vs_dl",
        link("ml_data", ("l.", FEW)),
        label="test_accuracy",
        first=Side(FEW.replace(n_seeds=1), "accuracy_tuned"),
        second=Side(FEW.replace(n_seeds=1), "accuracy_labels"),
    ),
    Claim(
        "ml_readable",
        "ml_vs_dl",
        link("ml_inside", ("i.", INSIDE)),
        THREE,
        "test_accuracy",
        first=Side(INSIDE, "accuracy_cnn"),
        second=Side(INSIDE, "accuracy_linear"),
        margin=0.05,
    ),
)
PUBLISHED = tuple(published(net, shuffled) for net in THEIRS for shuffled in (False, True))
