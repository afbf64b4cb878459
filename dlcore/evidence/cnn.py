"""What the page CNN claims: shifts and shuffled pixels, average pooling, dropout, batch norm."""

from __future__ import annotations

from dlcore.evidence.rows import THREE, Claim, Published, Side, link
from dlcore.specs import CnnSpec, ShiftTestSpec

LAYERS = "conv 16 3 p1-relu-{pool} 2-conv 32 3 p1-relu-{pool} 2-flatten-linear 10"
AVERAGED = CnnSpec(image_set="mnist", n_steps=300, layers=LAYERS.format(pool="avgpool"))
LARGEST = AVERAGED.replace(layers=LAYERS.format(pool="maxpool"))
SHIFTS = ShiftTestSpec(image_set="mnist", n_seeds=1)
FEW = CnnSpec(train_size=200, n_steps=300)
DROPPED = FEW.replace(layers=FEW.layers.replace("flatten", "flatten-dropout 0.5"))
FAST = CnnSpec(learning_rate=0.1, n_steps=300)
NORMED = FAST.replace(layers=FAST.layers.replace("p1-relu", "p1-batchnorm-relu"))


def shift_claim(name: str, first: Side, second: Side, margin: float = 0.0) -> Claim:
    """The link opens the first side with three seeds at once."""
    opened = link("why", ("w.", first.spec.replace(n_seeds=3)))
    return Claim(name, "cnn", opened, THREE, "test_accuracy", first=first, second=second, margin=margin)


def stack_claim(name: str, first: CnnSpec, second: CnnSpec, measure: str = "test_accuracy") -> Claim:
    opened, is_accuracy = link("train", ("", first)), measure.endswith("accuracy")
    one, other = (Side(spec, measure) for spec in (first, second))
    return Claim(name, "cnn", opened, THREE, first=one, second=other, higher_is_better=is_accuracy)


CLAIMS = (
    stack_claim("average_pooling", AVERAGED, LARGEST),
    stack_claim("dropout_helps", DROPPED, FEW, "test_loss"),
    stack_claim("batchnorm_fast", NORMED, FAST),
    shift_claim("cnn_equal_size", Side(SHIFTS, "cnn_shift_0"), Side(SHIFTS, "mlp_shift_0")),
    shift_claim("cnn_under_shift", Side(SHIFTS, "cnn_shift_2"), Side(SHIFTS, "mlp_shift_2")),
    shift_claim("cnn_invariant", Side(SHIFTS, "cnn_shift_2"), Side(SHIFTS, "cnn_shift_0"), margin=-0.02),
    shift_claim("cnn_shuffled_pixels", Side(SHIFTS, "mlp_shuffled"), Side(SHIFTS, "cnn_shuffled")),
    shift_claim(
        "average_forgives", Side(SHIFTS.replace(pooling="avgpool"), "cnn_shift_2"), Side(SHIFTS, "cnn_shift_2")
    ),
)
PUBLISHED: tuple[Published, ...] = ()
