"""Gibbs steps of a tiny RBM that move in the browser alone; the server sends words and, later, trained weights."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from ui.text import Labels

HERE = Path(__file__).parent / "browser"
SCRIPTS = ("stage/theme.js", "widget.js", "gibbs/machine.js", "gibbs/gibbs.js")
JS = "\n".join((HERE / name).read_text(encoding="utf-8") for name in SCRIPTS)
CSS = "\n".join((HERE / name).read_text(encoding="utf-8") for name in ("widget.css", "gibbs/gibbs.css"))
LONGEST_ADDRESS = 60  # characters of `?gibbs=` that are looked at
DIGITS = 2  # decimals of trained parameters, as they are shown


def gibbs_steps(key: str, initial: str | None, trained: Mapping[str, Any] | None, labels: Labels) -> None:
    """Mount the machine.

    Args:
        key: names it on the page, and what the browser remembers of it when the reader leaves the tab and comes back.
        initial: what `?gibbs=` says, see machine.js; what it asks for and cannot get is corrected, and said so.
        trained: `weight` (9, H), `visible_bias` (9,) and `hidden_bias` (H,) of a trained machine, if there is one.
        labels: of these it takes those that begin with "gibbs_".
    """
    words = labels.starting("gibbs_")
    component = st.components.v2.component("dlcore_gibbs_steps", css=CSS, js=JS)
    data = {"key": key, "initial": (initial or "")[:LONGEST_ADDRESS], "words": words}
    component(key=key, data={**data, "trained": pack_machine(trained) if trained else None})


def pack_machine(trained: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters as JSON has them, rounded."""
    names = {"weight": "weight", "visible": "visible_bias", "hidden": "hidden_bias"}
    return {short: trained[name].round(DIGITS).tolist() for short, name in names.items()}
