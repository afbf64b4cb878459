"""What the page Other models claims of recursive networks: tensor composition, plain composition, a bag of words."""

from __future__ import annotations

from dlcore.evidence.rows import EIGHT, Claim, Published, Side, link
from dlcore.specs import RntnSpec

ONE = RntnSpec(n_seeds=1)
MANY = ONE.replace(n_trees=1000)


def claim(name: str, better: str, worse: str, test: str = "test", spec: RntnSpec = ONE) -> Claim:
    """One network against another of the same training, on the nodes with a negation of a test set."""
    sides = (Side(spec, f"turned_{test}_{lane}") for lane in (better, worse))
    first, second = sides
    opened = link("rntn", ("n.", spec.replace(n_seeds=3))) | {"n.begun": "yes"}  # in English for every reader
    return Claim(name, "other_models", opened, EIGHT, "rntn_turned", first=first, second=second)


CLAIMS = (
    claim("tensor_equal_width", "tensor", "plain"),
    claim("tensor_equal_parameters", "tensor", "wide"),
    claim("tensor_new_pairs", "tensor", "wide", "kept"),
    claim("tensor_many_sentences", "tensor", "wide", spec=MANY),
    claim("recursive_beats_bag", "plain", "bag"),
)
PUBLISHED: tuple[Published, ...] = ()
