"""Mounts a stage: its scripts, styles and words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import streamlit as st

from ui.components.stage.part import Part
from ui.text import Labels

HERE = Path(__file__).parents[1] / "browser" / "stage"
SCRIPTS = (
    "wire",
    "tape",
    "theme",
    "panel",
    "plot",
    "../activations",
    "units",
    "contours",
    "network",
    "curves",
    "histogram",
    "../graph/draw",
    "graph",
    "table",
    "cells",
    "writing",
    "tree",
    "toolbar",
    "main",
)
JS = "\n".join((HERE / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)
STYLES = ("stage", "../graph/graph", "table", "writing", "tree")
CSS = "\n".join((HERE / f"{name}.css").read_text(encoding="utf-8") for name in STYLES)
LABELS = ("layer_n", "click_class")  # and every label that begins with "stage_"


def stage(
    key: str,
    panels: Sequence[Part],
    labels: Labels,
    editable: Sequence[Mapping[str, Any]] = (),
    group: str | None = None,
    compact: bool = False,
    pace: float = 15,
    shortcuts: Sequence[Mapping[str, Any]] = (),
    words: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Mount a stage.

    Args:
        key: the feed that sends `key` in its headers plays here.
        editable: fields that a fork may change: name, label, value, min, max.
        group: stages of one group start, stop and scrub together.
        pace: frames a second at speed 1.
        compact: without buttons; its group's other stage has them.
        shortcuts: forks at one click, on every stage of the group: field, value, label, icon of the toolbar.
        words: said instead of labels of the same key.
    """
    words = {**labels.starting("stage_"), **{name: labels[name] for name in LABELS}, **words}
    component = st.components.v2.component("dlcore_stage", html='<div class="stage"></div>', css=CSS, js=JS)
    data = {"id": key, "panels": list(panels), "labels": words, "editable": list(editable)}
    looks = {"group": group, "compact": compact, "pace": pace, "shortcuts": list(shortcuts)}
    component(key=key, data={**data, **looks})
