"""Parameters of three networks against the side of their pictures; moves in the browser alone."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ui.text import Labels

HERE = Path(__file__).parent / "browser"
SCRIPTS = ("stage/theme.js", "widget.js", "growth/arithmetic.js", "growth/growth.js")
JS = "\n".join((HERE / name).read_text(encoding="utf-8") for name in SCRIPTS)
CSS = "\n".join((HERE / name).read_text(encoding="utf-8") for name in ("widget.css", "plots.css", "growth/growth.css"))
LONGEST_ADDRESS = 60  # characters of the address bar's word that are looked at


def growth(key: str, initial: str | None, labels: Labels) -> None:
    """Mount the curves; `initial` is what `?growth=` says, see arithmetic.js.

    Of the labels it takes those that begin with "growthlab_".
    """
    words = labels.starting("growthlab_")
    component = st.components.v2.component("dlcore_growth", css=CSS, js=JS)
    component(key=key, data={"key": key, "initial": (initial or "")[:LONGEST_ADDRESS], "words": words})
