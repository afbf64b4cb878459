"""The depth lab: real nets of 1 to 50 layers, their variance and gradient norm layer by layer, beside the theory."""

from typing import Any

import streamlit as st

from dlcore.specs import DepthLabSpec
from ui.components import stage
from ui.page import Page

SCOPE, PREFIX = "depth", "d."
TEXTBOOK: dict[str, dict[str, Any]] = {
    "sigmoid_xavier": {"activation": "sigmoid", "init_rule": "xavier"},
    "relu_he": {"activation": "relu", "init_rule": "he"},
    "relu_xavier": {"activation": "relu", "init_rule": "xavier"},
    "tanh_xavier": {"activation": "tanh", "init_rule": "xavier"},
    "identity_large": {"activation": "identity", "init_rule": "normal", "init_std": 0.1},
}
SIZE = {"depth": 30, "layer_width": 512}


def show(page: Page) -> None:
    page.text("depth")
    page.quiz("depth_sigmoid")
    spec = page.spec(DepthLabSpec, SCOPE, PREFIX)
    left, right = st.columns([1, 3], gap="medium")
    with left:
        std = ("init_std",) if spec.init_rule == "normal" else ()
        page.fields(spec, SCOPE, ("activation", "init_rule", *std, "depth", "layer_width", "seed"))
    with right:
        show_presets(page)
        run = page.play(spec, panels(page), SCOPE, pace=4)
        page.take_home(spec, run, SCOPE)
    page.note("depth_notice", "what_to_notice")
    page.note("depth_wrong", "where_it_goes_wrong")
    page.quiz("depth_xavier")
    page.quiz("depth_gradient")


def show_presets(page: Page) -> None:
    """Buttons for the cases that every textbook has."""
    st.caption(page.labels["depth_presets"])
    with st.container(horizontal=True):
        for name, values in TEXTBOOK.items():
            st.button(
                page.labels[f"preset_{name}"],
                key=f"{page.slug}.preset.{name}",
                on_click=page.set_fields,
                args=(DepthLabSpec, SCOPE),
                kwargs={**SIZE, **values},
            )


def panels(page: Page) -> list[dict]:
    label = page.labels
    pictures = (("variance", True), ("grad_norm", True), ("slope", False))
    titles = {"variance": "lab_variance", "grad_norm": "lab_gradient", "slope": "lab_slope"}
    curves = {}
    for name, _ in pictures:
        curves[name] = [
            stage.series(f"{name}_mean", label["lab_mean"]),
            stage.series(f"{name}_theory", label["lab_theory"]),
        ]
    for name, _ in pictures[:2]:
        curves[name].append(stage.series(f"{name}_last", label["lab_last"]))
    curves["slope"].append(stage.series("slope_limit", label["lab_limit"]))
    shown = [
        stage.profile(
            label[titles[name]],
            curves[name],
            label["layer_n"],
            alt=label[titles[name]],
            help=label[f"{titles[name]}_help"],
            log=log,
            width=0.333,
        )
        for name, log in pictures
    ]
    cases = {"0": label["lab_waiting"], "1": label["lab_measured"], "2": label["lab_nothing"]}
    return [*shown, stage.sentence(cases, case="case", title=label["lab_result"])]
