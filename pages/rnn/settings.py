"""The three settings: learning rate, batch size and iterations, each as a ladder of trainings with a band."""

from __future__ import annotations

import functools

from dlcore.specs import RecurrentSettingsSpec
from ui.components import stage
from ui.page import Page

SCOPE, PREFIX = "settings", "s."
N_COLOURS = 5  # curves that a panel can tell apart
VARIED = ("learning_rate", "batch_size", "iterations")
LADDERS = {
    "learning_rate": ("0.0003", "0.001", "0.003", "0.01", "0.03", "0.1", "0.3"),
    "batch_size": ("1", "4", "16", "64"),
    "iterations": ("1", "4", "16", "∞"),
}  # the ladders of dlcore/experiments/recurrent_settings.py


def show(page: Page) -> None:
    page.text("settings")
    spec: RecurrentSettingsSpec = page.spec(RecurrentSettingsSpec, SCOPE, PREFIX)
    page.choose("vary", VARIED, spec.vary, SCOPE, functools.partial(_begin, page))
    page.text(f"settings_{spec.vary}")
    page.quiz(f"settings_{spec.vary}")
    groups = (("cell", "n_units"), ("sequence_length", "n_steps"), others(spec.vary), ("seed", "n_seeds"))
    page.field_columns(spec, SCOPE, groups)
    run = page.play(spec, panels(page, spec), SCOPE, scope=SCOPE if spec.vary != "learning_rate" else None)
    page.edits(spec, SCOPE)
    page.take_home(spec, run, SCOPE)
    page.note(f"settings_{spec.vary}_notice", "what_to_notice")
    page.note("settings_wrong", "where_it_goes_wrong")


def _begin(page: Page, vary: str) -> None:
    n_steps = 1000 if vary == "iterations" else 600
    page.set_fields(RecurrentSettingsSpec, SCOPE, vary=vary, n_steps=n_steps, edits=())


def others(vary: str) -> tuple[str, ...]:
    """The settings that all rungs share."""
    shared = {"learning_rate": ("batch_size",), "batch_size": ("learning_rate",)}
    return shared.get(vary, ("learning_rate", "batch_size"))


def panels(page: Page, spec: RecurrentSettingsSpec) -> list[dict]:
    label, rungs = page.labels, LADDERS[spec.vary]
    error = stage.banded("error_by_rung", label["settings_new"])
    title = label[f"settings_by_{spec.vary}"]
    course = range(len(rungs)) if len(rungs) <= N_COLOURS else (0, 2, 3, 5, 6)
    names = {rung: label.format(f"rung_{spec.vary}", n=rungs[rung]) for rung in course}
    return [
        stage.profile(
            title,
            [
                error,
                stage.series("train_by_rung", label["settings_train"]),
                stage.series("floor_by_rung", label["memory_floor"]),
            ],
            label[f"rung_{spec.vary}"],
            alt=title,
            log=True,
            ticks=rungs,
            help=label["settings_by_help"],
            width=0.5,
        ),
        stage.lines(
            label["settings_course"],
            [stage.banded(f"error_{n}", name) for n, name in names.items()],
            alt=label["settings_course"],
            rules=[stage.rule("floor", label["memory_floor"])],
            log=True,
            width=0.5,
        ),
    ]
