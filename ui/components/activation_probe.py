"""f and f′ of every activation with a probe and free slopes, in the browser alone; nothing goes to the server."""

from __future__ import annotations

import math
from pathlib import Path

import streamlit as st

from dlcore.functions.activations import ACTIVATIONS
from ui.text import Labels

HERE = Path(__file__).parent / "browser"
SCRIPTS = ("stage/theme", "activations", "activation_calculus", "activation_formulas", "activation_probe")
JS = "\n".join((HERE / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)
CSS = (HERE / "activation_probe.css").read_text(encoding="utf-8")
LONGEST_ADDRESS = 100  # characters of `?probe=` that are looked at


def activation_probe(key: str, initial: str | None, labels: Labels) -> None:
    """Mount the picture.

    Args:
        key: names it on the page, and what the browser remembers of it when the reader leaves the tab and comes back.
        initial: what `?probe=` says: function, x, slope, second function; what cannot be had is corrected, and said so.
        labels: of these it takes those that begin with "probe_" and the names of the activations.
    """
    data = {
        "key": key,
        "initial": (initial or "")[:LONGEST_ADDRESS],
        "words": labels.starting("probe_"),
        "names": {name: labels[f"activation_{name}"] for name in ACTIVATIONS},
        "sources": {name: activation.source for name, activation in ACTIVATIONS.items()},
        "ranges": {name: finite_or_none(activation.range) for name, activation in ACTIVATIONS.items()},
    }
    component = st.components.v2.component("dlcore_activation_probe", css=CSS, js=JS)
    component(key=key, data=data)


def finite_or_none(bounds: tuple[float, float]) -> list[float | None]:
    """JSON knows no infinity."""
    return [bound if math.isfinite(bound) else None for bound in bounds]
