"""Recorded runs on a page: the line that says when and with what they were made, and the switch to a live one."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dlcore.run import Run
from dlcore.specs import Spec
from ui.runtime import store
from ui.text import Labels


def open_run(spec: Spec, key: str) -> Run:
    """The run that the player `key` shows: the recorded one if there is one, unless the reader wants it live."""
    return store().get(spec, live=_wants_live(spec, key))


def show_record(spec: Spec, key: str, labels: Labels) -> None:
    """Below a player whose run was recorded: how it was made, and the button that computes it here (or goes back)."""
    run = open_run(spec, key)
    is_live = _wants_live(spec, key)
    if not (run.made or is_live):
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        said = labels["record_live"] if is_live else labels.format("record_made", **describe_making(run.made))
        st.caption(said)
        name, wanted = ("record_back", "") if is_live else ("record_run", spec.key)
        st.button(labels[name], key=f"{key}.live", on_click=_choose, args=(key, wanted), icon=":material/replay:")


def describe_making(made: Mapping[str, str | float]) -> dict[str, str]:
    """The facts of a record as words to fill in: date, torch, seconds."""
    return {
        "date": str(made["date"]),
        "torch": str(made["torch"]),
        "seconds": f"{max(1.0, float(made['seconds'])):,.0f}",
    }


def _wants_live(spec: Spec, key: str) -> bool:
    return st.session_state.get(f"{key}:live") == spec.key


def _choose(key: str, wanted: str) -> None:
    st.session_state[f"{key}:live"] = wanted
