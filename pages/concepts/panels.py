"""The playground's pictures: what its stage and its seed band show."""

import streamlit as st

from dlcore.run import Run
from dlcore.specs import PlaygroundSpec
from ui.components import stage
from ui.page import Page

N_SEEDS = 8


def panels(page: Page, spec: PlaygroundSpec) -> list[dict]:
    label = page.labels
    curves = [("train_loss", "test_loss")] + ([] if spec.is_regression else [("train_accuracy", "test_accuracy")])
    return [
        surface_panel(page, spec),
        network_panel(page, spec),
        *(
            stage.lines(
                label["loss_curve" if "loss" in names[0] else "accuracy_curve"],
                [stage.series(name, label[name]) for name in names],
                alt=label["loss_curve" if "loss" in names[0] else "accuracy_curve"],
                log="loss" in names[0],
                width=0.25,
            )
            for names in curves
        ),
        stage.plot(
            label["hidden_space"],
            [stage.points("hidden_xy", "hidden_y", palette=palette(spec), label=label["train_points"], scale=32767)],
            extent=(-1.05, 1.05, -1.05, 1.05),
            help=label["hidden_space_help"],
            alt=label["hidden_space"],
            width=0.25,
        ),
        stage.bars(
            label["grad_norm"], "grad_norm", name=label["layer_n"], log=True, alt=label["grad_norm"], width=0.25
        ),
    ]


def surface_panel(page: Page, spec: PlaygroundSpec) -> dict:
    """The decision surface with training and test points."""
    label = page.labels
    several = spec.dataset == "blobs" or any(point[2] > 1 for point in spec.points if spec.dataset == "own")
    layers = [
        stage.classes("surface_class", "surface_confidence") if several else stage.heatmap("surface"),
        stage.points("train_xy", "train_y", palette=palette(spec), label=label["train_points"]),
        stage.points(
            "test_xy", "test_y", palette=palette(spec), marker="square", label=label["test_points"], shown=False
        ),
    ]
    clickable = 5 if spec.dataset == "own" else 0  # so many classes to place points of
    return stage.plot(label["surface"], layers, alt=label["surface"], width=0.42, clickable=clickable)


def network_panel(page: Page, spec: PlaygroundSpec) -> dict:
    """Every hidden unit's own surface, every weight and bias."""
    n_classes = max((point[2] for point in spec.points), default=1) + 1 if spec.dataset == "own" else spec.n_classes
    several = n_classes > 2 and spec.dataset in ("blobs", "own")
    return stage.network(
        page.labels["network"],
        sizes=(len(spec.features), *spec.hidden_sizes, n_classes if several else 1),
        inputs=spec.features,
        input_names=[page.labels.choice("features", name) for name in spec.features],
        activation=page.labels.choice("activation", spec.activation),
        output=None if several else "surface",
        alt=page.labels["network"],
        width=0.58,
    )


def palette(spec: PlaygroundSpec) -> str:
    return "diverging" if spec.is_regression else "classes"


def show_band(page: Page, spec: PlaygroundSpec, key: str) -> Run:
    """The same training from several seeds at once: is it luck?"""
    st.markdown(f"**{page.labels['band']}** · {page.labels['band_help']}")
    several = spec.replace(n_seeds=N_SEEDS)
    names = ("train_loss", "test_loss") if spec.is_regression else ("test_loss", "test_accuracy")
    chart = [
        stage.lines(
            page.labels[name],
            [stage.banded(name, page.labels["median"])],
            alt=page.labels[name],
            width=0.5,
            log=name.endswith("loss"),
        )
        for name in names
    ]
    return page.play(several, chart, f"{key}_band", group="playground", rerun_at_end=True, compact=True)
