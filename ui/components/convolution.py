"""Convolution in the browser alone, without a request: the explorer, and a picture that is moved."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import streamlit as st

from ui.components.draw import encode
from ui.text import Labels

HERE = Path(__file__).parent / "browser"
SHARED = (
    "stage/theme",
    "widget",
    "draw/ink",
    *(f"convolution/{name}" for name in ("arithmetic", "kernels", "pictures")),
)
SCRIPTS = {
    "explorer": (*SHARED, *(f"convolution/{name}" for name in ("explorer_state", "readings", "histogram", "explorer"))),
    "shift": (*SHARED, "convolution/shift_state", "convolution/shift"),
}
JS = {
    name: "\n".join((HERE / f"{file}.js").read_text(encoding="utf-8") for file in files)
    for name, files in SCRIPTS.items()
}
CSS = "\n".join((HERE / name).read_text(encoding="utf-8") for name in ("widget.css", "convolution/convolution.css"))
LONGEST_ADDRESS = 4000  # characters of `?explorer=` that are looked at: three filters of 3 × 7 × 7 weights


def explorer(key: str, initial: str | None, pictures: Mapping[str, np.ndarray], labels: Labels) -> None:
    """Mount the explorer.

    Args:
        key: names it on the page, and what the browser remembers of it when the reader leaves the tab and comes back.
        initial: what `?explorer=` says, see explorer_state.js; what cannot be had is corrected, and said so.
        pictures: uint8 (H, W, 1) or (H, W, 3) by the names of explorer_state.js; a new "upload" or "drawing" is shown.
        labels: of these it takes those that begin with "convlab_".
    """
    _mount("explorer", key, initial, pictures, labels)


def shift_lab(key: str, initial: str | None, pictures: Mapping[str, np.ndarray], labels: Labels) -> None:
    """Mount a picture that is moved, with its feature map and pooled map; `initial` is `?shift=`, see shift_state.js.

    `pictures` are grey, uint8 (H, W, 1). Of the labels it takes those that begin with "shiftlab_" and "convlab_".
    """
    _mount("shift", key, initial, pictures, labels)


def _mount(name: str, key: str, initial: str | None, pictures: Mapping[str, np.ndarray], labels: Labels) -> None:
    words = labels.starting("convlab_", "shiftlab_")
    packed = {word: {"shape": list(picture.shape), "bytes": encode(picture)} for word, picture in pictures.items()}
    component = st.components.v2.component(f"dlcore_convolution_{name}", css=CSS, js=JS[name])
    data = {"key": key, "initial": (initial or "")[:LONGEST_ADDRESS], "words": words, "pictures": packed}
    component(key=key, data=data)
