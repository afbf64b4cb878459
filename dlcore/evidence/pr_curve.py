"""What the page PR curve puts to the test: areas that mislead, a chosen threshold's promise, and its worth."""

from __future__ import annotations

from dlcore.evidence.rows import Claim, Published, Side, link
from dlcore.specs import ScoredClassifierSpec, ThresholdChoiceSpec

LOGISTIC = ScoredClassifierSpec()
FOREST = ScoredClassifierSpec(scored_by="forest", n_steps=2)
DIGITS = ThresholdChoiceSpec()
CANCER = ThresholdChoiceSpec(scored_data="breast_cancer")
KEPT = -0.02  # an F that is at most so much lower has been kept


def lines(name: str, spec: ScoredClassifierSpec) -> Claim:
    """Straight lines between the points of the PR curve against the step sum, on the same scores."""
    shown = link("pr_average", ("", spec))
    return Claim(
        name, "pr_curve", shown, label="scored_area", first=Side(spec, "test_linear"), second=Side(spec, "test_ap")
    )


def choice(name: str, spec: ThresholdChoiceSpec, second: str, margin: float = 0.0) -> Claim:
    """F on test at the threshold chosen on validation against another F of the same splits."""
    first, other = Side(spec, "test_f"), Side(spec, second)
    shown = link("pr_choice", ("c.", spec))
    return Claim(name, "pr_curve", shown, label="scored_f", margin=margin, first=first, second=other)


CLAIMS = (
    Claim(
        "auc_is_precise",
        "pr_curve",
        link("pr_prevalence", ("", LOGISTIC)) | {"cut": ",0.01"},
        label="scored_rare_ap",
        first=Side(LOGISTIC, "test_rare_ap"),
        second=0.5,
    ),
    lines("lines_many", LOGISTIC),
    lines("lines_few", FOREST),
    choice("f_is_kept", DIGITS, "valid_f", KEPT),
    choice("choose_digits", DIGITS, "fixed_f"),
    choice("choose_cancer", CANCER, "fixed_f"),
)
PUBLISHED: tuple[Published, ...] = ()
