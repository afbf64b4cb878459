"""The network playground: data, network, training; every unit's surface; the Arena and the band over seeds."""

import streamlit as st

from dlcore.run import Run
from dlcore.specs import PlaygroundSpec
from pages.concepts import own_points, verdict
from ui.components import stage
from ui.page import Page

DATA_FIELDS = ("dataset", "n_classes", "noise", "n_samples", "train_share")
MAIN_FIELDS = ("activation", "loss", "optimizer", "learning_rate", "batch_size", "n_steps")
MORE_FIELDS = ("features", "init", "momentum", "l1", "l2", "data_seed", "seed")
SHARED = (
    *DATA_FIELDS,
    "points",
    "data_seed",
    "seed",
    "n_steps",
    "n_seeds",
)  # what the Arena's two sides have in common
N_SEEDS = 8


def show(page: Page) -> None:
    page.text("playground")
    page.note("playground_pictures", "how_to_read_pictures")
    page.quiz("playground_linear")
    spec = page.spec(PlaygroundSpec, "playground")
    show_settings(page, spec)
    if arena_is_on(page):
        show_arena(page, spec)
    else:
        run = page.play(
            spec,
            panels(page, spec),
            "playground",
            scope="playground",
            group="playground",
            on_click=own_points.placer(page, spec, "playground"),
        )
        page.edits(spec, "playground")
        page.take_home(spec, run, "playground")
        show_band(page, spec, "playground")
    page.note("playground_notice", "what_to_notice")
    page.note("playground_wrong", "where_it_goes_wrong")
    for quiz in ("playground_features", "playground_zeros", "playground_rate"):
        page.quiz(quiz)


def show_settings(page: Page, spec: PlaygroundSpec) -> None:
    """Three columns: data, network, training; what is rarely changed opens on a click."""
    data, network, training = st.columns([1, 1.2, 1.2], gap="medium")
    with data:
        names = [name for name in DATA_FIELDS if name != "n_classes" or spec.dataset == "blobs"]
        page.fields(
            spec, "playground", [name for name in names if spec.dataset != "own" or name in ("dataset", "train_share")]
        )
    with network:
        page.fields(spec, "playground", ("hidden_sizes", "activation", "features"))
    with training:
        page.fields(spec, "playground", ("learning_rate", "optimizer", "batch_size", "n_steps"))
    with st.expander(page.labels["more_settings"], icon=":material/tune:"):
        columns = st.columns(3, gap="medium")
        for column, names in zip(
            columns, (("loss", "init"), ("l1", "l2", "momentum"), ("data_seed", "seed")), strict=True
        ):
            with column:
                page.fields(spec, "playground", names)
    if spec.dataset == "own":
        own_points.show(page, spec, "playground", n_classes=5)


def arena_is_on(page: Page) -> bool:
    """The switch, on at first when the address brings a second configuration."""
    key = f"{page.slug}.arena"
    if key not in st.session_state:
        st.session_state[key] = any(name.startswith("b.") for name in st.query_params)
    return st.toggle(page.labels["arena"], key=key, help=page.labels["arena_help"])


def show_arena(page: Page, first: PlaygroundSpec) -> None:
    """Two configurations side by side: same data, same seeds, started and scrubbed together."""
    page.text("arena")
    shared = {name: getattr(first, name) for name in SHARED}
    second = page.spec(PlaygroundSpec, "playground_b", "b.", shared)
    columns = st.columns(2, gap="medium")
    bands = []
    for column, spec, scope, name in (
        (columns[0], first, "playground", "A"),
        (columns[1], second, "playground_b", "B"),
    ):
        with column:
            st.subheader(name)
            if name == "B":
                with st.expander(page.labels["second_configuration"], expanded=True, icon=":material/tune:"):
                    page.fields(spec, scope, ("hidden_sizes", "activation", "learning_rate", "optimizer"), shared)
                    page.fields(spec, scope, ("batch_size", "loss", "init", "features", "l2"), shared)
            run = page.play(spec, panels(page, spec), scope, scope=scope, group="playground")
            page.edits(spec, scope)
            page.take_home(spec, run, scope)
            bands.append(show_band(page, spec, scope))
    verdict.show(page, *bands)


def show_band(page: Page, spec: PlaygroundSpec, key: str) -> Run:
    """The same training from several seeds at once: is it luck?"""
    st.markdown(f"**{page.labels['band']}** · {page.labels['band_help']}")
    several = spec.replace(n_seeds=N_SEEDS)
    names = ("train_loss", "test_loss") if spec.is_regression else ("test_loss", "test_accuracy")
    chart = [
        stage.lines(
            page.labels[name],
            [stage.series(name, page.labels["median"], low=f"{name}_low", high=f"{name}_high")],
            alt=page.labels[name],
            width=0.5,
            log=name.endswith("loss"),
        )
        for name in names
    ]
    return page.play(several, chart, f"{key}_band", group="playground", rerun_at_end=True, compact=True)


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
