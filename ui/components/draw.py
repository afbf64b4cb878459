"""A sheet to draw a digit on; the drawing comes to Python when a stroke ends, not while it is made."""

from __future__ import annotations

import base64
import binascii
from pathlib import Path

import numpy as np
import streamlit as st

from dlcore.data.images import read_digit_samples
from ui.text import Labels

HERE = Path(__file__).parent / "browser"
SCRIPTS = ("stage/theme.js", "draw/ink.js", "draw/draw.js")
JS = "\n".join((HERE / name).read_text(encoding="utf-8") for name in SCRIPTS)
CSS = (HERE / "draw" / "draw.css").read_text(encoding="utf-8")
SIDE = 112  # pixels of a drawing, four for each of MNIST's


def draw(key: str, labels: Labels) -> np.ndarray | None:
    """Mount the sheet; what is on it, (112, 112) uint8 with ink from 0 to 255, or None while it is empty.

    Mouse, pen and finger draw; who has only a keyboard takes one of ten sample digits of MNIST. The drawing stays when
    the reader leaves the tab and comes back. Of the labels it takes those that begin with "draw_".
    """
    kept = f"{key}:drawing"
    words = labels.starting("draw_")
    component = st.components.v2.component("dlcore_draw", css=CSS, js=JS)
    data = {"words": words, "samples": encode(read_digit_samples()), "kept": st.session_state.get(kept, "")}
    said = component(key=key, data=data, default={"drawing": None}, on_drawing_change=_heard).drawing
    if isinstance(said, str):
        st.session_state[kept] = said
    return decode(st.session_state.get(kept, ""))


def encode(ink: np.ndarray) -> str:
    """Bytes of ink as the browser takes them."""
    return base64.b64encode(np.ascontiguousarray(ink, np.uint8).tobytes()).decode()


def decode(said: str) -> np.ndarray | None:
    """The browser's word as (112, 112) uint8; None for an empty sheet and for what is no drawing."""
    try:
        ink = np.frombuffer(base64.b64decode(said, validate=True), np.uint8)
    except (binascii.Error, ValueError):
        return None
    return ink.reshape(SIDE, SIDE) if ink.size == SIDE * SIDE and ink.any() else None


def _heard() -> None:
    """The page runs again; nothing else is to be done."""
