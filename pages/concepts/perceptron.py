"""The perceptron: one update at a time beside Novikoff's bound, XOR and its cure, the pocket."""

import streamlit as st

from dlcore.specs import PerceptronSpec, PlaygroundSpec
from pages.concepts import own_points
from pages.concepts.panels import network_panel, surface_panel
from ui.components import stage
from ui.page import Page

FIELDS = ("dataset", "n_samples", "gap", "flipped", "learning_rate", "order", "pocket", "n_steps", "data_seed", "seed")
PACE = 3  # updates a second, slow enough to follow each
XOR = PlaygroundSpec(dataset="xor", noise=0.0, hidden_sizes=(2,), learning_rate=0.03, n_steps=1500, seed=1)


def show(page: Page) -> None:
    page.text("perceptron")
    page.quiz("perceptron_margin")
    spec = page.spec(PerceptronSpec, "perceptron")
    left, right = st.columns([1, 2.6], gap="medium")
    with left:
        page.fields(spec, "perceptron", fields_that_matter(spec))
        if spec.dataset == "own":
            own_points.show(page, spec, "perceptron", n_classes=2)
    with right:
        place = own_points.placer(page, spec, "perceptron")
        run = page.play(spec, panels(page, spec), "perceptron", on_click=place, pace=PACE)
        page.take_home(spec, run, "perceptron")
    page.note("perceptron_notice", "what_to_notice")
    page.note("perceptron_wrong", "where_it_goes_wrong")
    page.quiz("perceptron_rate")
    page.quiz("perceptron_xor")
    st.subheader(page.labels["xor_solved"])
    page.text("perceptron_xor")
    page.play(XOR, xor_panels(page), "xor")


def fields_that_matter(spec: PerceptronSpec) -> list[str]:
    """The fields that this data set and order use."""
    unused = {
        "gap": spec.dataset not in ("gap", "noisy"),
        "flipped": spec.dataset != "noisy",
        "n_samples": spec.dataset == "own",
        "data_seed": spec.dataset == "own",
        "seed": spec.order != "random",
    }
    return [name for name in FIELDS if not unused.get(name)]


def panels(page: Page, spec: PerceptronSpec) -> list[dict]:
    label = page.labels
    clickable = 2 if spec.dataset == "own" else 0
    layers = [
        stage.points("points", "labels", label=label["train_points"]),
        stage.line("boundary", label=label["line_now"]),
        stage.highlight("next_point", label=label["next_mistake"]),
    ]
    mistakes = [stage.series("mistakes", label["mistakes"]), stage.series("errors", label["errors_now"])]
    if spec.pocket:
        layers.append(stage.line("pocket_boundary", label=label["line_pocket"], dash=True))
        mistakes.append(stage.series("pocket_errors", label["errors_pocket"]))
    return [
        stage.plot(label["perceptron_plot"], layers, alt=label["perceptron_plot"], width=0.5, clickable=clickable),
        stage.lines(
            label["mistakes"],
            mistakes,
            rules=[stage.rule("bound", label["novikoff_bound"])],
            alt=label["mistakes"],
            width=0.5,
        ),
        stage.sentence(
            {"0": label["perceptron_update"], "1": label["perceptron_converged"]},
            case="converged",
            title=label["update"],
        ),
    ]


def xor_panels(page: Page) -> list[dict]:
    return [surface_panel(page, XOR), network_panel(page, XOR)]
