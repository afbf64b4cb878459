"""Own drawing: places put down by a click on the plane, or pasted."""

from __future__ import annotations

import functools
from collections.abc import Callable

import streamlit as st

from dlcore.data.places import parse_places
from dlcore.errors import DataError
from dlcore.specs import GanLabSpec
from dlcore.specs.gan_lab import MAX_PLACES, OWN_LIMIT
from ui.page import Page


def placer(page: Page, spec: GanLabSpec, scope: str) -> Callable[[float, float, int], None] | None:
    """What a click on the plane does: nothing, unless the places are the reader's own."""
    return functools.partial(_place, page, spec, scope) if spec.dataset == "own" else None


def show(page: Page, spec: GanLabSpec, scope: str) -> None:
    """How many places there are, a way to begin again, a way to paste."""
    key = f"{page.slug}.{scope}.places"
    st.caption(f"{page.labels['gan_own_hint']} {page.labels.format('gan_n_places', n=len(spec.points))}")
    with st.container(horizontal=True):
        clear = functools.partial(page.set_fields, GanLabSpec, scope, points=())
        st.button(page.labels["gan_clear"], key=f"{key}.clear", on_click=clear)
        with st.popover(page.labels["paste_csv"], key=f"{key}.paste"):
            st.text_area(page.labels["gan_own_alt"], key=f"{key}.text", placeholder="1.5, -2\n-0.3, 0.5", height=200)
            take = functools.partial(_take_text, page, scope, key)
            st.button(page.labels["gan_use"], key=f"{key}.use", on_click=take)
    problem = st.session_state.pop(f"{key}:problem", None)
    if problem:
        st.error(problem, icon=":material/error:")


def _place(page: Page, spec: GanLabSpec, scope: str, x: float, y: float, label: int) -> None:
    if len(spec.points) < MAX_PLACES:
        page.set_fields(GanLabSpec, scope, points=(*spec.points, (round(x, 2), round(y, 2))), edits=())


def _take_text(page: Page, scope: str, key: str) -> None:
    """Use the places, or say what is wrong with them and keep the old ones."""
    try:
        points = parse_places(st.session_state[f"{key}.text"], OWN_LIMIT, MAX_PLACES)
    except DataError as error:
        st.session_state[f"{key}:problem"] = page.labels.sentence(error)
    else:
        page.set_fields(GanLabSpec, scope, points=points, edits=())
