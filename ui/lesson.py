"""A lesson: a link that also says which controls a class does not see (`hide`) or cannot move (`lock`)."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from urllib.parse import urlencode

import streamlit as st

from dlcore.specs import Spec
from ui.text import Labels

HIDE, LOCK = "hide", "lock"  # names in the address bar; each holds fields, separated by commas
TABS = "tabs"  # stands for the row of tabs


def is_hidden(name: str) -> bool:
    return name in _named(HIDE)


def is_locked(name: str) -> bool:
    return name in _named(LOCK)


def show_builder(spec: Spec, link: Callable[[dict[str, str]], str], key: str, labels: Labels) -> None:
    """Choose what is hidden and locked; the link that opens this page so. `link` makes one of some more settings."""
    fields = [field.name for field in type(spec).describe()]
    word = functools.partial(_word, labels)
    st.caption(labels["lesson_help"])
    hidden = st.multiselect(labels["lesson_hide"], [TABS, *fields], format_func=word, key=f"{key}.hide")
    locked = st.multiselect(labels["lesson_lock"], fields, format_func=word, key=f"{key}.lock")
    said = {name: ",".join(chosen) for name, chosen in ((HIDE, hidden), (LOCK, locked)) if chosen}
    st.code(link(said), language=None, wrap_lines=True)


def share_link(query: dict[str, str]) -> str:
    """The address that reopens this page with these settings."""
    address = (st.context.url or "").split("?")[0]
    return f"{address}?{urlencode(query, safe=',;')}"


def _named(name: str) -> Sequence[str]:
    return st.query_params.get(name, "").split(",")


def _word(labels: Labels, name: str) -> str:
    return labels["lesson_tabs"] if name == TABS else labels[name]
