"""A walk between two made images that plays in the browser: its pictures come at once, the slider needs no request."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st

from ui.components.draw import encode
from ui.text import Labels

HERE = Path(__file__).parent / "browser"
SCRIPTS = ("stage/theme.js", "widget.js", "draw/ink.js", "walk/walk.js")
JS = "\n".join((HERE / name).read_text(encoding="utf-8") for name in SCRIPTS)
CSS = "\n".join((HERE / name).read_text(encoding="utf-8") for name in ("widget.css", "walk/walk.css"))


def latent_walk(key: str, walk: Mapping[str, Any], labels: Labels) -> None:
    """Mount a walk, as `GanImages.ask` answers it: `images` (N, 8, 8) and `nearest` (2, 8, 8) uint8, `labels` and
    `confidence` (N,). Of the labels it takes those that begin with "latentwalk_"."""
    words = labels.starting("latentwalk_")
    component = st.components.v2.component("dlcore_latent_walk", css=CSS, js=JS)
    component(key=key, data={"walk": pack_walk(walk), "words": words})


def pack_walk(walk: Mapping[str, Any]) -> dict[str, Any]:
    """The answer as JSON has it."""
    images: np.ndarray = walk["images"]
    return {
        "side": images.shape[1],
        "images": encode(images),
        "nearest": encode(walk["nearest"]),
        "labels": walk["labels"].tolist(),
        "confidence": [round(float(value), 3) for value in walk["confidence"]],
    }
