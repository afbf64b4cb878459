"""The classifier that the first tabs share: its settings, its player, and the lab that follows the player's frames."""

from __future__ import annotations

from collections.abc import Sequence

from dlcore.specs import ScoredClassifierSpec
from ui.components import stage
from ui.components.scores import from_stage, score_lab
from ui.page import Page

SCOPE = "trained"
PARTS = ("valid", "test")


def show(page: Page, tools: Sequence[str]) -> None:
    """Settings, player, and the lab with these tools on whatever frame the player shows."""
    spec = page.spec(ScoredClassifierSpec, SCOPE)
    training = ("n_steps",) if spec.scored_by == "forest" else ("learning_rate", "n_steps")
    groups = (("scored_data", "n_train_cases"), ("scored_by", "data_seed"), training)
    page.field_columns(spec, SCOPE, groups, widths=(1, 1, 1.1))
    page.text("pr_data_line")
    run = page.play(spec, panels(page), SCOPE, scope=SCOPE)
    page.edits(spec, SCOPE)
    page.text("pr_lab_hint")
    names = tuple(page.labels[f"scored_{side}_{spec.scored_data}"] for side in ("no", "yes"))
    scale = "share" if spec.scored_by == "forest" else "logit"
    source = from_stage(f"{page.slug}.{SCOPE}", PARTS, choose="valid")
    score_lab(f"{page.slug}.lab", source, page.labels, names, tools, scale, page.asked("cut"))
    page.take_home(spec, run, SCOPE)


def panels(page: Page) -> list[dict]:
    """AP and ROC AUC while the classifier learns."""
    label = page.labels
    return [
        stage.lines(
            label[f"scored_{measure}"],
            [stage.series(f"{part}_{measure}", label[f"scorelab_part_{part}"]) for part in PARTS],
            rules=[stage.rule("prevalence", label["scored_baseline"])] if measure == "ap" else [],
            alt=label[f"scored_{measure}"],
            domain=(0, 1),
            width=0.5,
        )
        for measure in ("ap", "auc")
    ]
