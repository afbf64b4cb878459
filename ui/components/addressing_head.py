"""A head of a Neural Turing Machine that moves in the browser alone: sliders, four stages, numbers; no requests."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ui.text import Labels

HERE = Path(__file__).parent / "browser"
SCRIPTS = ("stage/theme.js", "widget.js", "addressing/head_state.js", "addressing/head.js")
JS = "\n".join((HERE / name).read_text(encoding="utf-8") for name in SCRIPTS)
STYLES = ("widget.css", "plots.css", "addressing/head.css")
CSS = "\n".join((HERE / name).read_text(encoding="utf-8") for name in STYLES)
LONGEST_ADDRESS = 100  # characters of `?head=` that are looked at


def addressing_head(key: str, initial: str | None, labels: Labels) -> None:
    """Mount the head.

    Args:
        key: names it on the page, and what the browser remembers of it when the reader leaves the tab and comes back.
        initial: what `?head=` says, see head_state.js; what it asks for and cannot get is corrected, and said so.
        labels: of these it takes those that begin with "ntmhead_".
    """
    words = labels.starting("ntmhead_")
    component = st.components.v2.component("dlcore_addressing_head", css=CSS, js=JS)
    component(key=key, data={"key": key, "initial": (initial or "")[:LONGEST_ADDRESS], "words": words})
