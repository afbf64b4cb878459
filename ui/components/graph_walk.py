"""The walk through a graph, stepped in the browser alone: the server sends the whole record and hears nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from ui.text import Labels

HERE = Path(__file__).parent / "browser"
SCRIPTS = ("stage/theme.js", "graph/draw.js", "graph/walk.js")
JS = "\n".join((HERE / name).read_text(encoding="utf-8") for name in SCRIPTS)
CSS = "\n".join((HERE / "graph" / name).read_text(encoding="utf-8") for name in ("graph.css", "walk.css"))
LONGEST_ADDRESS = 6  # characters of `?walk=` that are looked at


def graph_walk(
    key: str,
    expression: str,
    record: Mapping[str, Any],
    labels: Labels,
    autograd: Sequence[float] | None = None,
    initial: str | None = None,
    asked: int | None = None,
) -> None:
    """Mount the graph of `record`, which `record_walk` made.

    Args:
        key: names it on the page, and what the browser remembers of it when the reader leaves the tab and comes back.
        expression: another one begins at the first step.
        labels: of these it takes those that begin with "graph_".
        autograd: PyTorch's gradient of every node, once it is there.
        initial: what `?walk=` says, the number of steps already taken.
        asked: a node whose gradient is a question; then the picture stands still, with what is known up to there.
    """
    words = labels.starting("graph_")
    component = st.components.v2.component("dlcore_graph_walk", css=CSS, js=JS)
    data: dict[str, Any] = {"key": key, "expression": expression, "record": dict(record), "words": words}
    data |= {"autograd": list(autograd) if autograd else None}
    data |= {"initial": (initial or "")[:LONGEST_ADDRESS], "asked": asked}
    component(key=key, data=data)
