"""The 2-D lab: a generator and a critic on points of the plane, six losses, one update at a time if you like."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any, get_args

import streamlit as st

from dlcore.specs import GanLabSpec
from dlcore.specs.gan_lab import PRESETS, SUITED, GanLossName
from pages.gan import own_places, panels
from ui.page import Page

SCOPE = "lab"
PACE, SLOW_PACE = 15, 3  # frames a second
MORE = (("generator_sizes", "latent_size", "seed"), ("critic_sizes", "activation"), ("optimizer", "beta1", "beta2"))
OF_LOSS = {"wgan_clip": ("weight_limit",), "wgan_gp": ("slope_penalty",), "began": ("gamma", "balance_rate")}


def show(page: Page) -> None:
    page.text("idea")
    page.quiz("idea_target")
    page.text("lab")
    page.note("lab_pictures", "how_to_read_pictures")
    spec = page.spec(GanLabSpec, SCOPE)
    show_presets(page)
    show_loss(page, spec)
    show_settings(page, spec)
    pace = SLOW_PACE if spec.slow_motion else PACE
    place = own_places.placer(page, spec, SCOPE)
    shown, buttons = panels.panels(page, spec), panels.shortcuts(page)
    run = page.play(spec, shown, SCOPE, scope=SCOPE, group=SCOPE, on_click=place, pace=pace, shortcuts=buttons)
    page.edits(spec, SCOPE)
    page.take_home(spec, run, SCOPE)
    panels.show_band(page, spec, SCOPE, SCOPE)
    for quiz in ("lab_confident", "lab_clip", "lab_m"):
        page.quiz(quiz)
    page.note("lab_notice", "what_to_notice")
    page.note("lab_wrong", "where_it_goes_wrong")
    page.text("lab_vae")
    page.link_or_map("other_models")


def show_presets(page: Page) -> None:
    """Settings worth seeing, at one click."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{page.labels['gan_try']}**")
        for name, values in PRESETS.items():
            choose = functools.partial(use, page, SCOPE, values, PRESETS)
            st.button(page.labels[f"gan_preset_{name}"], key=f"{page.slug}.preset.{name}", on_click=choose)


def show_loss(page: Page, spec: GanLabSpec) -> None:
    """The six losses in a row, and the formulas of the chosen one."""
    choose = functools.partial(choose_loss, page, spec, SCOPE)
    page.choose("gan_loss", get_args(GanLossName), spec.gan_loss, SCOPE, choose)
    page.text(f"lab_loss_{spec.gan_loss}")


def show_settings(page: Page, spec: GanLabSpec) -> None:
    """Three columns: data, training, what this loss has; what is rarely changed opens on a click."""
    data, training, loss = st.columns([1, 1.2, 1.2], gap="medium")
    with data:
        page.fields(spec, SCOPE, ("dataset",))
        if spec.dataset == "own":
            own_places.show(page, spec, SCOPE)
        page.fields(spec, SCOPE, ("slow_motion",))
    with training:
        page.fields(spec, SCOPE, ("learning_rate", "rate_ratio", "n_steps"))
    with loss:
        page.fields(spec, SCOPE, (*OF_LOSS.get(spec.gan_loss, ()), "critic_steps", "batch_size"))
    more = st.expander(page.labels["gan_more_networks"], icon=":material/tune:", key=f"{page.slug}.more")
    generator, critic, optimizer = MORE
    code = ("code_size",) if spec.gan_loss == "began" else ()
    with more:
        page.field_columns(spec, SCOPE, (generator, (*critic, *code), optimizer))
    turn = functools.partial(choose_turns, page)
    page.choose("turns", ("0", "1", "2"), str(int(spec.turns)), f"{SCOPE}.turns", turn)


def choose_loss(page: Page, spec: GanLabSpec, scope: str, loss: str) -> None:
    """Another loss with what suits it; between two that train alike nothing else changes."""
    if SUITED[loss] == SUITED[spec.gan_loss]:
        page.set_fields(GanLabSpec, scope, gan_loss=loss, edits=())
    else:
        use(page, scope, {"gan_loss": loss, **SUITED[loss]}, SUITED)


def choose_turns(page: Page, value: str) -> None:
    page.set_fields(GanLabSpec, SCOPE, turns=int(value), edits=())


def use(page: Page, scope: str, values: dict[str, Any], among: Mapping[str, Mapping[str, Any]]) -> None:
    """These settings, and the defaults of all others that one of the settings `among` changes."""
    names = {name for settings in among.values() for name in settings}
    defaults = {name: GanLabSpec.model_fields[name].default for name in names}
    page.set_fields(GanLabSpec, scope, **{**defaults, **values, "edits": ()})
