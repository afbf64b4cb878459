"""Own points: placed by a click on the surface, pasted as CSV, or uploaded."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import streamlit as st

from dlcore.data.points import parse_points
from dlcore.errors import DataError
from ui.page import Page


def placer(page: Page, spec: Any, scope: str) -> Callable[[float, float, int], None] | None:
    """What a click on the surface does: nothing, unless the points are the reader's own."""
    return functools.partial(_place, page, spec, scope) if spec.dataset == "own" else None


def show(page: Page, spec: Any, scope: str, n_classes: int) -> None:
    """Ways to bring points other than clicking, how many there are, and a way to begin again."""
    key = f"{page.slug}.{scope}.points"
    with st.container(border=True):
        page.text("own_points")
        st.caption(page.labels.format("n_points", n=len(spec.points)))
        with st.container(horizontal=True):
            st.button(
                page.labels["clear_points"],
                key=f"{key}.clear",
                on_click=page.set_fields,
                args=(type(spec), scope),
                kwargs={"points": ()},
            )
            with st.popover(page.labels["paste_csv"], key=f"{key}.paste"):
                st.text_area("CSV", key=f"{key}.text", placeholder="x1,x2,class\n1.5,-2,0\n-3,0.5,1", height=200)
                take = functools.partial(_take_text, page, spec, scope, n_classes, key)
                st.button(page.labels["use_points"], key=f"{key}.use", on_click=take)
            with st.popover(page.labels["upload_csv"], key=f"{key}.upload"):
                st.file_uploader(
                    "CSV",
                    key=f"{key}.file",
                    type=["csv", "tsv", "txt"],
                    on_change=functools.partial(_take_file, page, spec, scope, n_classes, key),
                )
        problem = st.session_state.pop(f"{key}:problem", None)
        if problem:
            st.error(problem, icon=":material/error:")


def _place(page: Page, spec: Any, scope: str, x: float, y: float, label: int) -> None:
    page.set_fields(type(spec), scope, points=(*spec.points, (round(x, 2), round(y, 2), label)))


def _take_text(page: Page, spec: Any, scope: str, n_classes: int, key: str) -> None:
    _take(page, spec, scope, n_classes, key, st.session_state[f"{key}.text"])


def _take_file(page: Page, spec: Any, scope: str, n_classes: int, key: str) -> None:
    uploaded = st.session_state[f"{key}.file"]
    if uploaded is not None:
        _take(page, spec, scope, n_classes, key, uploaded.getvalue())


def _take(page: Page, spec: Any, scope: str, n_classes: int, key: str, text: str | bytes) -> None:
    """Use the points, or say what is wrong with them and keep the old ones."""
    try:
        points = parse_points(text)
        if max(label for _, _, label in points) >= n_classes:
            raise DataError("too_many_classes", value=max(label for _, _, label in points) + 1, high=n_classes)
    except DataError as error:
        st.session_state[f"{key}:problem"] = page.labels.sentence(error)
    else:
        page.set_fields(type(spec), scope, points=points)
