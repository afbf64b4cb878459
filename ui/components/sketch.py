"""A pad for one curve y(x); the heights come to Python when a stroke ends, not while it is made."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from pathlib import Path

import streamlit as st

from ui.text import Labels

HERE = Path(__file__).parent / "browser"
SCRIPTS = ("stage/theme.js", "widget.js", "sketch/sketch.js")
JS = "\n".join((HERE / name).read_text(encoding="utf-8") for name in SCRIPTS)
CSS = "\n".join((HERE / name).read_text(encoding="utf-8") for name in ("widget.css", "plots.css", "sketch/sketch.css"))

Take = Callable[[tuple[int, ...]], None]


def sketch(
    key: str, heights: Sequence[int], size: tuple[int, int, float], reach: float, labels: Labels, take: Take
) -> None:
    """Mount the pad with whole heights at equally spaced places from −reach to reach; `take` gets new ones.

    Mouse, pen and finger draw; arrow keys move place and height. Of the labels it takes those that begin with
    "sketch_".

    Args:
        size: the number of places, the largest height, and the height that is y = 1.
    """
    count, tallest, full = size
    words = labels.starting("sketch_")
    component = st.components.v2.component("dlcore_sketch", css=CSS, js=JS)
    data = {"words": words, "heights": list(heights), "count": count, "tallest": tallest, "full": full, "reach": reach}
    component(key=key, data=data, on_heights_change=functools.partial(_drawn, key, size, take))


def _drawn(key: str, size: tuple[int, int, float], take: Take) -> None:
    """The pad may be gone by now: the reader has left the tab while the drawing was on its way."""
    state = st.session_state.get(key)
    heights = read_heights(state.get("heights") if state is not None else None, size[0], size[1])
    if heights is not None:
        take(heights)


def read_heights(said: object, count: int, tallest: int) -> tuple[int, ...] | None:
    """What the browser says as heights, none larger than `tallest`; None for what is no drawing."""
    try:
        heights = tuple(int(part) for part in str(said).split(","))
    except ValueError:
        return None
    return tuple(min(tallest, max(-tallest, height)) for height in heights) if len(heights) == count else None
