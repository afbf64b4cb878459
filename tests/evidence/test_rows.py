"""The rules of the verdicts, and what a declaration has to be."""

from __future__ import annotations

import math

import pytest

from dlcore.evidence import CLAIMS, PUBLISHED, ROWS, Claim, Published, Side
from dlcore.evidence.rows import EIGHT
from dlcore.specs import PlaygroundSpec
from ui.course import find_page
from ui.text import LANGUAGES, read_labels

SIDE = Side(PlaygroundSpec())
FOUR = (0, 1, 2, 3)


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        ((0.9, 0.8, 0.9, 0.7), (0.6, 0.7, 0.8, 0.6), "supported"),
        ((0.6, 0.7, 0.8, 0.6), (0.9, 0.8, 0.9, 0.7), "not_here"),
        ((0.9, 0.8, 0.9, 0.7), (0.9, 0.8, 0.9, 0.7), "not_here"),
        ((0.9, 0.8, 0.9, 0.7), (0.6, 0.7, 0.8, 0.7), "mixed"),
    ],
)
def test_a_claim_needs_every_seed(first, second, verdict):
    assert Claim("x", "concepts", seeds=FOUR, first=SIDE, second=SIDE).verdict((first, second)) == verdict


def test_a_smaller_difference_than_the_margin_is_none():
    claim = Claim("x", "concepts", seeds=FOUR, first=SIDE, second=SIDE, margin=0.05)
    assert claim.verdict(((0.9,) * 4, (0.86,) * 4)) == "not_here"
    assert claim.verdict(((0.9,) * 4, (0.84,) * 4)) == "supported"


def test_of_a_loss_smaller_is_better():
    claim = Claim("x", "concepts", seeds=FOUR, first=SIDE, second=SIDE, higher_is_better=False)
    assert claim.verdict(((0.1,) * 4, (0.2,) * 4)) == "supported"
    assert claim.effects(((0.1,), (0.2,))) == pytest.approx((0.1,))


def test_a_training_that_diverged_has_lost():
    claim = Claim("x", "concepts", seeds=FOUR, first=SIDE, second=SIDE)
    assert claim.verdict(((claim.lost,) * 4, (0.1,) * 4)) == "not_here"
    assert claim.verdict(((0.1,) * 4, (claim.lost,) * 4)) == "supported"
    assert claim.effects(((-math.inf,), (-math.inf,))) == (0.0,)


def test_a_claim_against_a_number():
    claim = Claim("x", "concepts", seeds=FOUR, first=SIDE, second=0.5)
    assert claim.verdict(((0.6,) * 4,)) == "supported"


@pytest.mark.parametrize(
    ("rule", "values", "verdict"),
    [
        ("near", (31.0, 32.0), "reproduced"),
        ("near", (31.0, 34.0), "mixed"),
        ("near", (34.0, 35.0), "differs"),
        ("at_most", (31.0, 32.0), "reproduced"),
        ("at_least", (31.0, 30.0), "differs"),
    ],
)
def test_a_published_figure(rule, values, verdict):
    row = Published("x", "concepts", seeds=(0, 1), ours=SIDE, theirs=32.0, source="", tolerance=1.0, rule=rule)
    assert row.verdict((values,)) == verdict


def test_steps_until_a_loss_has_fallen():
    side = Side(PlaygroundSpec(), "train_loss", falls_to=0.1)
    history = [{"step": step, "train_loss": loss} for step, loss in ((0, 0.9), (10, 0.08), (20, 0.2))]
    assert side.value(history) == 10
    assert side.value(history[:1]) == 0


def test_what_is_measured_names_the_record():
    row = Claim("x", "concepts", first=SIDE, second=0.5)
    other = Claim("y", "activations", first=Side(PlaygroundSpec(noise=0.2)), second=0.5)
    assert row.digest == Claim("y", "activations", first=SIDE, second=0.5).digest
    assert len({row.digest, other.digest, Claim("x", "concepts", first=SIDE, second=0.5, seeds=(1,)).digest}) == 3


def test_names_are_unique():
    assert len(ROWS) == len(CLAIMS) + len(PUBLISHED)


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_every_row_has_its_words_its_page_and_both_sides(row):
    assert find_page(row.page).is_built
    for language in LANGUAGES:
        kind = "claim" if isinstance(row, Claim) else "published"
        assert {f"{kind}_{row.name}", row.measure_label} <= set(read_labels(language))
    assert len(set(row.seeds)) == len(row.seeds) >= 1
    if len(row.sides) == 2:
        assert row.first != row.second
    assert set(row.seeds) <= set(EIGHT) or len(row.seeds) == 1
