"""Train it until a stopping rule holds, and say which one it was."""

from __future__ import annotations

from dlcore.functions.graph import weight_places
from dlcore.functions.graph_walk import record_walk
from dlcore.specs import BackpropSpec
from pages.backprop import settings
from ui.components import stage
from ui.page import Page

RULES = ("learning_rate", "n_steps", "loss_tolerance", "gradient_tolerance")
OUTCOMES = {"0": "stop_running", "1": "stop_loss", "2": "stop_gradient", "3": "stop_both", "4": "stop_steps"}
UNBOUNDED = ("baydin",)  # their values may be negative


def show(page: Page) -> None:
    page.text("stop")
    page.quiz("stop_rule")
    spec = settings.show(page)
    page.field_columns(spec, settings.SCOPE, RULES)
    run = page.play(spec, panels(page, spec), "stop", scope=settings.SCOPE, pace=6)
    page.edits(spec, settings.SCOPE)
    page.take_home(spec, run, "stop")
    page.note("stop_notice", "what_to_notice")
    page.note("stop_wrong", "where_it_goes_wrong")
    page.quiz("stop_saddle")


def panels(page: Page, spec: BackpropSpec) -> list[dict]:
    label = page.labels
    record = record_walk(spec.definition, spec.leaves, spec.learning_rate, spec.difference_step)
    return [
        stage.sentence(
            {case: label[word] for case, word in OUTCOMES.items()}, case="stopped", title=label["stop_verdict"]
        ),
        stage.graph(
            label["stop_graph"],
            record["nodes"],
            record["edges"],
            values="values",
            gradients="gradients",
            alt=label["graph_alt"],
        ),
        stage.lines(
            label["stop_output"],
            [stage.series("loss", label["stop_output"])],
            alt=label["stop_output"],
            log=spec.expression not in UNBOUNDED,
            width=0.5,
        ),
        stage.lines(
            label["stop_measures"],
            [stage.series("loss_change", "|ΔL|"), stage.series("gradient_norm", "‖∇L‖")],
            rules=[
                stage.rule("loss_tolerance", label["loss_tolerance"]),
                stage.rule("gradient_tolerance", label["gradient_tolerance"]),
            ],
            alt=label["stop_measures"],
            log=True,
            width=0.5,
        ),
        stage.table(
            label["stop_table"],
            [spec.definition.graph[place].name for place in weight_places(spec.definition.graph)],
            [
                stage.column("weight_values", label["graph_value"]),
                stage.column("weight_gradients", label["graph_gradient"]),
                stage.column("weight_differences", label["graph_difference"]),
                stage.column("weight_autograd", label["graph_autograd"]),
                stage.column("new_weights", label["stop_new"]),
            ],
            alt=label["stop_table"],
        ),
    ]
