"""The network playground: data, network, training; every unit's surface; the Arena and the band over seeds."""

import streamlit as st

from dlcore.specs import PlaygroundSpec
from pages.concepts import arena, own_points, panels
from pages.pr_curve import played
from ui.page import Page

MORE = (("loss", "init"), ("l1", "l2", "momentum"), ("data_seed", "seed"))


def show(page: Page) -> None:
    page.text("playground")
    page.note("playground_pictures", "how_to_read_pictures")
    page.quiz("playground_linear")
    page.part("trained", show_training)
    page.note("playground_notice", "what_to_notice")
    page.note("playground_wrong", "where_it_goes_wrong")
    for quiz in ("playground_features", "playground_zeros", "playground_rate"):
        page.quiz(quiz)


def show_training(page: Page) -> None:
    """The settings, and one or two configurations that train."""
    spec = page.spec(PlaygroundSpec, "playground")
    show_settings(page, spec)
    if arena.is_on(page, spec):
        arena.show(page, spec)
    else:
        show_one(page, spec)


def show_one(page: Page, spec: PlaygroundSpec) -> None:
    """One configuration, and the same from several seeds."""
    place = own_points.placer(page, spec, "playground")
    shown = panels.panels(page, spec)
    run = page.play(spec, shown, "playground", scope="playground", group="playground", on_click=place)
    page.edits(spec, "playground")
    page.take_home(spec, run, "playground")
    if not spec.is_regression:
        played.link(page, spec)
    panels.show_band(page, spec, "playground")


def show_settings(page: Page, spec: PlaygroundSpec) -> None:
    """Three columns: data, network, training; what is rarely changed opens on a click."""
    network = ("hidden_sizes", "activation", "features")
    training = ("learning_rate", "optimizer", "batch_size", "n_steps")
    page.field_columns(spec, "playground", (data_fields(spec), network, training), widths=(1, 1.2, 1.2))
    key = f"{page.slug}.more"
    more = st.expander(page.labels["more_settings"], icon=":material/tune:", key=key, on_change="rerun")
    if more.open:
        with more:
            page.field_columns(spec, "playground", MORE)
    if spec.dataset == "own":
        own_points.show(page, spec, "playground", n_classes=5)


def data_fields(spec: PlaygroundSpec) -> tuple[str, ...]:
    """The fields that this data set uses."""
    if spec.dataset == "own":
        return ("dataset", "train_share")
    classes = ("n_classes",) if spec.dataset == "blobs" else ()
    return ("dataset", *classes, "noise", "n_samples", "train_share")
