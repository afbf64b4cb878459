"""One neuron that moves in the browser alone: sliders, diagram, truth tables; nothing goes to the server."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dlcore.functions.activations import ACTIVATIONS
from ui.text import Labels

HERE = Path(__file__).parent / "browser"
SCRIPTS = ("stage/theme.js", "activations.js", "neuron_state.js", "neuron_pictures.js", "neuron.js")
JS = "\n".join((HERE / name).read_text(encoding="utf-8") for name in SCRIPTS)
CSS = (HERE / "neuron.css").read_text(encoding="utf-8")
LONGEST_ADDRESS = 200  # characters of `?neuron=` that are looked at


def neuron(key: str, initial: str | None, labels: Labels) -> None:
    """Mount the neuron.

    Args:
        key: names it on the page, and what the browser remembers of it when the reader leaves the tab and comes back.
        initial: what `?neuron=` says, see neuron_state.js; what it asks for and cannot get is corrected, and said so.
        labels: of these it takes those that begin with "neuron_" and the names of the activations.
    """
    words = labels.starting("neuron_")
    activations = {name: labels[f"activation_{name}"] for name in ACTIVATIONS}
    component = st.components.v2.component("dlcore_neuron", css=CSS, js=JS)
    data = {"key": key, "initial": (initial or "")[:LONGEST_ADDRESS], "words": words, "activations": activations}
    component(key=key, data=data)
