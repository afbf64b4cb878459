"""A still: panels of the stage that show one frame which no run recorded, such as the answer to a question."""

from __future__ import annotations

import functools
import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import streamlit as st

from dlcore.frames import pack, pack_message
from ui.components.feed import feed
from ui.components.stage import stage
from ui.text import Labels


def show_still(
    key: str,
    panels: Sequence[dict[str, Any]],
    observed: Mapping[str, float | np.ndarray],
    labels: Labels,
    on_click: Callable[[int, int], None] | None = None,
) -> None:
    """Draw `observed`, named as in the panels; `on_click` gets column and row of a cell, or a tile's number and 0."""
    frame = pack(0, observed)
    stage(key, panels, labels, compact=True)
    header = {
        "stage": key,
        "run": f"{key}-{zlib.crc32(frame.blob)}",
        "root": key,
        "n_edits": 0,
        "phase": "still",  # nothing is under way and nothing has ended
        "step": 0,
        "n_steps": 1,
        "n_frames": 1,
        "first": 0,
        "wait_ms": None,
        "autoplay": False,
        "message": None,
        "nonce": st.session_state.get(f"{key}:asks", 0),
    }
    feed(f"{key}_feed", pack_message(header, [frame]), functools.partial(_answer, key, on_click))


def _answer(key: str, on_click: Callable[[int, int], None] | None, ask: dict[str, Any]) -> None:
    """Another number in the next message tells the browser that it was heard."""
    st.session_state[f"{key}:asks"] = st.session_state.get(f"{key}:asks", 0) + 1
    if ask.get("command") == "click" and on_click is not None:
        on_click(int(ask["x"]), int(ask["y"]))
