"""A curve to be followed by hand with steps of steep sigmoid units; moves in the browser alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from ui.text import Labels

HERE = Path(__file__).parent / "browser"
SCRIPTS = ("stage/theme.js", "widget.js", "bumps/bumps_state.js", "bumps/bumps.js")
JS = "\n".join((HERE / name).read_text(encoding="utf-8") for name in SCRIPTS)
CSS = "\n".join((HERE / name).read_text(encoding="utf-8") for name in ("widget.css", "plots.css", "bumps/bumps.css"))
LONGEST_ADDRESS = 160  # characters of the address bar's word that are looked at


def bumps(key: str, initial: str | None, target: Sequence[float], reach: float, labels: Labels) -> None:
    """Mount the steps under a target: heights at equally spaced places from −reach to reach.

    `initial` is what `?bumps=` says, see bumps_state.js. Of the labels it takes those that begin with "bumplab_".
    """
    words = labels.starting("bumplab_")
    component = st.components.v2.component("dlcore_bumps", css=CSS, js=JS)
    said = {"key": key, "initial": (initial or "")[:LONGEST_ADDRESS], "words": words}
    component(key=key, data={**said, "target": list(target), "reach": reach})
