"""The recorded verdicts are those that the experiments give here."""

from __future__ import annotations

import pytest

from dlcore.evidence import CLAIMS, Claim, Outcome, Range, measure, recorded


@pytest.mark.parametrize("outcome", recorded(), ids=lambda outcome: outcome.claim.name)
def test_recorded(outcome: Outcome) -> None:
    """Another processor may round otherwise, and 2000 steps later single points fall on the other side of the line."""
    here = measure(outcome.claim)
    assert here.verdict == outcome.verdict
    assert here.first.median == pytest.approx(outcome.first.median, abs=0.05)
    assert here.second.median == pytest.approx(outcome.second.median, abs=0.05)


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        (Range(0.9, 0.8, 1.0), Range(0.6, 0.5, 0.7), "supported"),
        (Range(0.6, 0.5, 0.7), Range(0.9, 0.8, 1.0), "not_here"),
        (Range(0.9, 0.8, 1.0), Range(0.8, 0.7, 0.8), "mixed"),
    ],
)
def test_the_rule(first: Range, second: Range, verdict: str) -> None:
    assert Outcome(CLAIMS[0], first, second).verdict == verdict


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.name)
def test_a_claim_changes_what_it_names_and_keeps_the_data(claim: Claim) -> None:
    assert claim.first != claim.second
    for name in ("dataset", "n_samples", "noise", "train_share", "data_seed", "seed", "n_steps"):
        assert getattr(claim.first, name) == getattr(claim.second, name)
