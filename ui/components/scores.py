"""Scores and thresholds that move in the browser alone: the lab of linked curves, and AP as a sum of steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from ui.text import Labels

HERE = Path(__file__).parent / "browser"
SHARED = ("stage/theme.js", "widget.js", "scores/functions.js", "scores/pictures.js")
SCRIPTS = {
    "lab": (*SHARED, "scores/state.js", "scores/sources.js", "scores/lab.js"),
    "steps": (*SHARED, "scores/step_sum_state.js", "scores/step_sum.js"),
}
JS = {name: "\n".join((HERE / file).read_text(encoding="utf-8") for file in files) for name, files in SCRIPTS.items()}
CSS = "\n".join((HERE / file).read_text(encoding="utf-8") for file in ("widget.css", "plots.css", "scores/scores.css"))
LONGEST_ADDRESS = 200  # characters of the address bar's word that are looked at

Source = dict[str, Any]


def from_stage(stage: str, parts: Sequence[str], choose: str = "", n_classes: int = 0) -> Source:
    """The scores of the frame that a stage shows: its arrays `<part>_y` (N,) and `<part>_score` (N,) or (N, classes).

    `choose` is the part on which the best threshold is looked for.
    """
    return {"stage": stage, "parts": list(parts), "first": parts[-1], "choose": choose, "classes": n_classes}


def from_scores(
    parts: Mapping[str, tuple[Sequence[int], Sequence[Any]]], choose: str = "", n_classes: int = 0
) -> Source:
    """Labels (N,) and scores (N,), or (N · classes,) row by row, by the name of their part."""
    listed = {name: {"labels": list(labels), "scores": list(scores)} for name, (labels, scores) in parts.items()}
    return {"parts": listed, "first": list(listed)[-1], "choose": choose, "classes": n_classes}


FROM_NORMALS: Source = {"normal": True, "choose": "", "classes": 0}  # two normal distributions that a slider parts


def score_lab(
    key: str,
    source: Source,
    labels: Labels,
    names: tuple[str, str],
    tools: Sequence[str],
    scale: str = "any",
    initial: str | None = None,
    address: str = "cut",
    class_names: Sequence[str] = (),
) -> None:
    """Mount histograms, confusion matrix, PR and ROC curve of a source, linked by a threshold.

    Args:
        key: names it on the page, and what the browser remembers of it when the reader leaves the tab and comes back.
        names: of the negatives and of the positives.
        tools: what there is to move besides the threshold: prevalence, beta, miss, apart; and to mark: band, linear.
        scale: "logit" or "share", if scores are such; tells where a threshold begins.
        initial: what the address bar says under `address`, see scores/state.js.
    """
    shown = {"source": source, "names": list(names), "tools": list(tools), "scale": scale}
    _mount("lab", key, initial, labels, **shown, address=address, classNames=list(class_names))


def step_sum(key: str, initial: str | None, labels: Labels) -> None:
    """Mount twelve ranked cases and the sum of their steps; `initial` is what `?ap=` says, see step_sum_state.js."""
    _mount("steps", key, initial, labels)


def _mount(name: str, key: str, initial: str | None, labels: Labels, **data: Any) -> None:
    words = labels.starting("scorelab_")
    component = st.components.v2.component(f"dlcore_score_{name}", css=CSS, js=JS[name])
    component(key=key, data={"key": key, "initial": (initial or "")[:LONGEST_ADDRESS], "words": words, **data})
