"""Own points: placed by a click on the surface, pasted as CSV, or uploaded."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import streamlit as st

from dlcore.data.points import parse_points
from dlcore.errors import DataError
from ui.page import Page
from ui.paste import paste_or_upload

EXAMPLE = "x1,x2,class\n1.5,-2,0\n-3,0.5,1"


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
            take = functools.partial(_take, page, spec, scope, n_classes, key)
            paste_or_upload(page.labels, key, EXAMPLE, page.labels["use_points"], take)
        problem = st.session_state.pop(f"{key}:problem", None)
        if problem:
            st.error(problem, icon=":material/error:")


def _place(page: Page, spec: Any, scope: str, x: float, y: float, label: int) -> None:
    page.set_fields(type(spec), scope, points=(*spec.points, (round(x, 2), round(y, 2), label)))


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
