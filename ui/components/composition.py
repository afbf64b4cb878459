"""One composition of two vectors by hand, plain and with a tensor, in the browser alone."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ui.text import Labels

HERE = Path(__file__).parent / "browser"
SCRIPTS = ("stage/theme.js", "widget.js", "composition/state.js", "composition/composition.js")
STYLES = ("widget.css", "plots.css", "composition/composition.css")
JS = "\n".join((HERE / name).read_text(encoding="utf-8") for name in SCRIPTS)
CSS = "\n".join((HERE / name).read_text(encoding="utf-8") for name in STYLES)
LONGEST_ADDRESS = 200  # characters of the address bar's word that are looked at


def composition(key: str, initial: str | None, labels: Labels) -> None:
    """Mount it under `key`; `initial` is what `?compose=` says, see state.js; of the labels it takes "composelab_…"."""
    words = labels.starting("composelab_")
    component = st.components.v2.component("dlcore_composition", css=CSS, js=JS)
    component(key=key, data={"key": key, "initial": (initial or "")[:LONGEST_ADDRESS], "words": words})
