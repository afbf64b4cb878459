"""A table from outside: pasted or uploaded, handed on as it is."""

from __future__ import annotations

import functools
from collections.abc import Callable

import streamlit as st

from ui.text import Labels

Take = Callable[[str | bytes], None]


def paste_or_upload(labels: Labels, key: str, example: str, use: str, take: Take) -> None:
    """Two menus, one to paste into (its button says `use`), one to upload from; `take` gets the text or the bytes."""
    with st.popover(labels["paste_csv"], key=f"{key}.paste"):
        st.text_area("CSV", key=f"{key}.text", placeholder=example, height=200)
        st.button(use, key=f"{key}.use", on_click=functools.partial(_take_text, key, take))
    with st.popover(labels["upload_csv"], key=f"{key}.upload"):
        changed = functools.partial(_take_file, key, take)
        st.file_uploader("CSV", key=f"{key}.file", type=["csv", "tsv", "txt"], on_change=changed)


def _take_text(key: str, take: Take) -> None:
    take(st.session_state[f"{key}.text"])


def _take_file(key: str, take: Take) -> None:
    uploaded = st.session_state[f"{key}.file"]
    if uploaded is not None:
        take(uploaded.getvalue())
