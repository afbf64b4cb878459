"""A stack of layers as a table that computes itself in the browser; the server sends words and hears nothing."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ui.text import Labels

HERE = Path(__file__).parent / "browser"
SCRIPTS = ("stage/theme", "widget", "convolution/arithmetic", "stack/arithmetic", "stack/stack_state", "stack/stack")
JS = "\n".join((HERE / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)
CSS = "\n".join((HERE / name).read_text(encoding="utf-8") for name in ("widget.css", "stack/stack.css"))
REFUSALS = (
    "layer_unknown",
    "layer_numbers",
    "layer_between",
    "too_many_layers",
    "window_too_large",
    "pool_padding",
    "layer_after_flatten",
    "layer_before_flatten",
)
LONGEST_ADDRESS = 600  # characters of `?stack=` that are looked at


def stack_table(key: str, initial: str | None, labels: Labels) -> None:
    """Mount the table.

    Args:
        key: names it on the page, and what the browser remembers of it when the reader leaves the tab and comes back.
        initial: what `?stack=` says, see stack_state.js; a layer that cannot be is shown and refused.
        labels: of these it takes those that begin with "stacklab_", and the sentences of its refusals.
    """
    refusals = {f"error_{code}": labels[f"error_{code}"] for code in REFUSALS}
    words = {**labels.starting("stacklab_"), **refusals}
    component = st.components.v2.component("dlcore_layer_stack", css=CSS, js=JS)
    component(key=key, data={"key": key, "initial": (initial or "")[:LONGEST_ADDRESS], "words": words})
