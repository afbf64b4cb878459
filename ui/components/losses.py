"""Losses that move in the browser alone: loss and gradient against the prediction; one outlier among nine numbers."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ui.text import Labels

HERE = Path(__file__).parent / "browser"
SHARED = ("stage/theme.js", "losses/functions.js", "widget.js")
SCRIPTS = {
    "curves": (*SHARED, "losses/curves_state.js", "losses/curves.js"),
    "outlier": (*SHARED, "losses/outlier_state.js", "losses/outlier.js"),
}
JS = {name: "\n".join((HERE / file).read_text(encoding="utf-8") for file in files) for name, files in SCRIPTS.items()}
CSS = "\n".join((HERE / name).read_text(encoding="utf-8") for name in ("widget.css", "plots.css", "losses/losses.css"))
LONGEST_ADDRESS = 200  # characters of the address bar's word that are looked at


def loss_curves(key: str, initial: str | None, labels: Labels) -> None:
    """Mount the loss and its gradient; `initial` is what `?curve=` says, see curves_state.js."""
    _mount("curves", key, initial, labels)


def outlier(key: str, initial: str | None, labels: Labels) -> None:
    """Mount nine numbers and the constants of four losses; `initial` is what `?outlier=` says, see outlier_state.js."""
    _mount("outlier", key, initial, labels)


def _mount(name: str, key: str, initial: str | None, labels: Labels) -> None:
    """`key` names it on the page, and what the browser remembers of it when the reader leaves the tab and comes back.

    Of the labels it takes those that begin with "losslab_". What the address asks for and cannot get is corrected, and
    said so.
    """
    words = labels.starting("losslab_")
    component = st.components.v2.component(f"dlcore_loss_{name}", css=CSS, js=JS[name])
    component(key=key, data={"key": key, "initial": (initial or "")[:LONGEST_ADDRESS], "words": words})
