"""What the page Activations claims: races of one net with two activations, and dead units."""

from __future__ import annotations

from dlcore.evidence.rows import THREE, Claim, Published, Side, link
from dlcore.specs import ActivationRaceSpec, DeadUnitsSpec, PlaygroundSpec

SPIRAL = PlaygroundSpec(dataset="spiral", hidden_sizes=(16, 16), n_steps=3000)
DEEP = PlaygroundSpec(dataset="circle", hidden_sizes=(8,) * 6)
HIGH_RATE = DeadUnitsSpec(n_seeds=2)
SHARED = ("dataset", "hidden_sizes", "init", "optimizer", "learning_rate", "batch_size", "n_steps")


def race(name: str, net: PlaygroundSpec, first: str, second: str, measure: str, falls_to: float | None = None) -> Claim:
    """The link opens the race of both activations with the same settings."""
    sides = [Side(net.replace(activation=activation), measure, falls_to) for activation in (first, second)]
    shared = {field: dict(net)[field] for field in SHARED}
    lanes = ActivationRaceSpec().replace(activations=(first, second), **shared)
    opened = link("race", ("r.", lanes))
    is_accuracy = measure.endswith("accuracy")
    return Claim(name, "activations", opened, first=sides[0], second=sides[1], higher_is_better=is_accuracy)


CLAIMS = (
    race("relu_no_exp", SPIRAL, "relu", "silu", "train_loss", falls_to=0.1),
    race("leaky_better", SPIRAL, "leaky_relu", "relu", "test_loss"),
    race("deep_sigmoid", DEEP, "relu", "sigmoid", "test_accuracy"),
    Claim(
        "dead_rate",
        "activations",
        link("dead", ("u.", HIGH_RATE)),
        THREE,
        label="dead_share",
        first=Side(HIGH_RATE, "dead_relu"),
        second=Side(HIGH_RATE.replace(learning_rate=0.03), "dead_relu"),
    ),
    Claim(
        "leaky_rescues",
        "activations",
        link("dead", ("u.", HIGH_RATE)),
        THREE,
        label="train_accuracy",
        first=Side(HIGH_RATE, "accuracy_leaky_relu"),
        second=Side(HIGH_RATE, "accuracy_relu"),
    ),
)
PUBLISHED: tuple[Published, ...] = ()
