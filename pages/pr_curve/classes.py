"""Several classes: each against the rest, micro and macro averages, with rare classes among them."""

from __future__ import annotations

from dlcore.specs import ScoredClassesSpec
from ui.components import stage
from ui.components.scores import from_stage, score_lab
from ui.page import Page

SCOPE, PREFIX = "classes", "k."
N_CLASSES = 10


def show(page: Page) -> None:
    page.text("pr_classes")
    page.quiz("pr_macro")
    spec = page.spec(ScoredClassesSpec, SCOPE, PREFIX)
    training = ("n_steps",) if spec.scored_by == "forest" else ("learning_rate", "n_steps")
    fields = (("scored_by", "n_train_cases"), ("kept_share", "data_seed"), training)
    page.field_columns(spec, SCOPE, fields)
    run = page.play(spec, panels(page), SCOPE, scope=SCOPE)
    page.edits(spec, SCOPE)
    page.text("pr_classes_lab")
    source = from_stage(f"{page.slug}.{SCOPE}", ("test",), n_classes=N_CLASSES)
    scale = "share" if spec.scored_by == "forest" else "logit"
    digits = [page.labels.format("scored_digit", n=digit) for digit in range(N_CLASSES)]
    cut = page.asked("classcut")
    tools = ("band",)
    lab = f"{page.slug}.classlab"
    score_lab(lab, source, page.labels, ("", ""), tools, scale, cut, "classcut", digits)
    page.take_home(spec, run, SCOPE)
    page.note("pr_classes_notice", "what_to_notice")
    page.note("pr_classes_wrong", "where_it_goes_wrong")
    page.quiz("pr_micro")


def panels(page: Page) -> list[dict]:
    """Both averages over the steps, and the AP of every class."""
    label = page.labels
    names = ("micro_ap", "macro_ap", "accuracy")
    series = [stage.series(name, label[f"classes_{name}"]) for name in names]
    return [
        stage.lines(label["classes_means"], series, alt=label["classes_means"], domain=(0, 1), width=0.5),
        stage.bars(
            label["classes_each"], "class_ap", label["classes_bar"], alt=label["classes_each"], width=0.5, first=0
        ),
    ]
