"""A still: panels of the stage that show a frame which no run recorded, such as the answer to a question; or a film."""

from __future__ import annotations

import functools
import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import streamlit as st

from dlcore.frames import PackedFrame, pack, pack_message
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
    stage(key, panels, labels, compact=True)
    still = {"phase": "still", "autoplay": False}  # nothing is under way and nothing has ended
    _send(key, [pack(0, observed)], still, on_click)


def show_film(
    key: str,
    panels: Sequence[dict[str, Any]],
    frames: Sequence[Mapping[str, float | np.ndarray]],
    labels: Labels,
    words: Mapping[str, str],
    pace: float = 6,
) -> None:
    """Play `frames`, numbered from 1, in the browser: so many a second, or dragged. `words` are what its buttons and
    its timeline say instead of a training's labels."""
    stage(key, panels, labels, pace=pace, words=words)
    ended = {"phase": "finished", "autoplay": True}  # it waits at the first frame
    _send(key, [pack(number, frame) for number, frame in enumerate(frames, 1)], ended, None)


def _send(
    key: str, frames: Sequence[PackedFrame], header: Mapping[str, Any], on_click: Callable[[int, int], None] | None
) -> None:
    """All frames in one message to the stage `key`; other frames are another run."""
    message = {
        "stage": key,
        "run": f"{key}-{zlib.crc32(b''.join(frame.blob for frame in frames))}",
        "root": key,
        "n_edits": 0,
        "step": frames[-1].step,
        "n_steps": max(1, frames[-1].step),
        "n_frames": len(frames),
        "first": 0,
        "wait_ms": None,
        "message": None,
        "nonce": st.session_state.get(f"{key}:asks", 0),
    }
    feed(f"{key}_feed", pack_message({**message, **header}, frames), functools.partial(_answer, key, on_click))


def _answer(key: str, on_click: Callable[[int, int], None] | None, ask: dict[str, Any]) -> None:
    """Another number in the next message tells the browser that it was heard."""
    st.session_state[f"{key}:asks"] = st.session_state.get(f"{key}:asks", 0) + 1
    if ask.get("command") == "click" and on_click is not None:
        on_click(int(ask["x"]), int(ask["y"]))
