"""Convolution opened up in the browser alone: the explorer, which computes and shows everything without a request."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import streamlit as st

from ui.components.draw import encode

HERE = Path(__file__).parent / "browser"
ARITHMETIC = ("stage/theme.js", "widget.js", "draw/ink.js", "convolution/arithmetic.js")
EXPLORER = ("kernels", "explorer_state", "pictures", "readings", "histogram", "explorer")
SCRIPTS = (*ARITHMETIC, *(f"convolution/{name}.js" for name in EXPLORER))
JS = "\n".join((HERE / name).read_text(encoding="utf-8") for name in SCRIPTS)
CSS = "\n".join((HERE / name).read_text(encoding="utf-8") for name in ("widget.css", "convolution/convolution.css"))
LONGEST_ADDRESS = 2500  # characters of `?explorer=` that are looked at: three filters of 3 × 7 × 7 weights


def explorer(key: str, initial: str | None, pictures: Mapping[str, np.ndarray], labels: Mapping[str, str]) -> None:
    """Mount the explorer.

    Args:
        key: names it on the page, and what the browser remembers of it when the reader leaves the tab and comes back.
        initial: what `?explorer=` says, see explorer_state.js; what cannot be had is corrected, and said so.
        pictures: uint8 (H, W, 1) or (H, W, 3) by the names of explorer_state.js; a new "upload" or "drawing" is shown.
        labels: of these it takes those that begin with "convlab_".
    """
    words = {name: text for name, text in labels.items() if name.startswith("convlab_")}
    packed = {name: {"shape": list(picture.shape), "bytes": encode(picture)} for name, picture in pictures.items()}
    component = st.components.v2.component("dlcore_convolution_explorer", css=CSS, js=JS)
    data = {"key": key, "initial": (initial or "")[:LONGEST_ADDRESS], "words": words, "pictures": packed}
    component(key=key, data=data)
