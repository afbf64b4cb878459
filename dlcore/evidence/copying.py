"""What the tab Neural Turing Machine claims, and what Graves, Wayne & Danihelka (2014) found on the copy task."""

from __future__ import annotations

from dlcore.evidence.rows import Claim, Published, Side, link
from dlcore.specs import CopyTaskSpec

PAGE, TAB, PREFIX = "other_models", "ntm", "n."
TWO, FOUR = (0, 1), (0, 1, 2, 3)  # seeds
SOURCE = "Graves, Wayne & Danihelka 2014, section 4.1"
BOTH = CopyTaskSpec(n_seeds=1)
CONSTANT = BOTH.replace(machines=("ntm",), n_steps=2000)
RANDOM = CONSTANT.replace(memory_init="random")
PATIENT = BOTH.replace(machines=("lstm",), n_steps=20000)


def bound(name: str, measure: str, most: float, label: str) -> Published:
    """At the end of the usual training a number is at most so large."""
    opened = link(TAB, (PREFIX, CopyTaskSpec()))
    ours = Side(BOTH, measure)
    return Published(name, PAGE, opened, TWO, label, ours=ours, theirs=most, source=SOURCE, rule="at_most")


def claim(name: str, spec: CopyTaskSpec, first: Side, second: Side | float, seeds: tuple[int, ...]) -> Claim:
    """The first side gets fewer bits wrong."""
    opened = link(TAB, (PREFIX, spec.replace(n_seeds=2)))
    return Claim(name, PAGE, opened, seeds, "ntm_bits", first=first, second=second, higher_is_better=False)


CLAIMS = (
    claim(
        "ntm_constant_memory",
        RANDOM,
        Side(CONSTANT, "error_longer_ntm"),
        Side(RANDOM, "error_longer_ntm"),
        FOUR,
    ),
    claim("lstm_longer_training", PATIENT, Side(PATIENT, "error_longer_lstm"), 0.1, TWO),
)
PUBLISHED = (
    bound("ntm_copies", "error_trained_ntm", 0.001, "ntm_bits"),
    bound("ntm_generalises", "error_ratio", 1 / 3, "ntm_ratio"),
)
