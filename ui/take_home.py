"""The take-home menu: script, notebook, weights, history, and the link that reopens exactly this."""

from __future__ import annotations

import functools

import streamlit as st
from streamlit.elements.lib.mutable_popover_container import PopoverContainer

from dlcore import export
from dlcore.run import Run
from dlcore.specs import Spec
from ui import lesson
from ui.text import Labels

PATIENCE = 20  # seconds that a download waits for a worker


def show_menu(spec: Spec, run: Run, query: dict[str, str], key: str, labels: Labels) -> None:
    """Two buttons that open: what can be downloaded, and the link with this query; made once they are open."""
    with st.container(horizontal=True):
        downloads = _menu(labels["take_home"], "download", f"{key}.take_home")
        share = _menu(labels["share_link"], "link", f"{key}.share")
    if downloads.open:
        with downloads:
            _show_downloads(spec, run, key, labels)
    if share.open:
        with share:
            st.caption(labels["copy_link"])
            st.code(lesson.share_link(query), language=None, wrap_lines=True)
            if st.toggle(labels["lesson"], key=f"{key}.lesson"):
                lesson.show_builder(spec, lambda more: lesson.share_link(query | more), f"{key}.lesson", labels)


def _menu(label: str, icon: str, key: str) -> PopoverContainer:
    return st.popover(label, icon=f":material/{icon}:", key=key, on_change="rerun")


def _show_downloads(spec: Spec, run: Run, key: str, labels: Labels) -> None:
    name = spec.key
    offers = (
        ("download_script", f"{name}.py", "text/x-python", functools.partial(export.script, spec)),
        ("download_notebook", f"{name}.ipynb", "application/x-ipynb+json", functools.partial(export.notebook, spec)),
        ("download_history", f"{name}.csv", "text/csv", functools.partial(_history, run)),
        ("download_weights", f"{name}.safetensors", "application/octet-stream", functools.partial(_weights, run)),
    )
    for label, file_name, mime, make in offers:
        st.download_button(
            labels[label], make, file_name, mime, key=f"{key}.{label}", on_click="ignore", width="stretch"
        )
    st.caption(labels["weights_after_training"])


def _history(run: Run) -> str:
    return export.history_csv(run.history())


def _weights(run: Run) -> bytes:
    return run.weights().result(timeout=PATIENCE)
