"""The address bar as a reader's word: what of it is news, and what the page wrote there itself.

The browser tells its address with every request. It is news (a link, the way back) where it differs from what the page
wrote last; but not in a run that a widget has begun, whose request may still carry the address of a moment ago.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

MOVED, UNHEARD = "address:moved", "address:unheard"
Value = TypeVar("Value")


def a_widget_moved() -> None:
    """For a widget's callback: the run that it begins does not listen to the address."""
    st.session_state[MOVED] = True


def begin_run() -> None:
    """A page's run begins, or that of a part of it alone."""
    st.session_state[UNHEARD] = st.session_state.get(MOVED, False)


def end_run() -> None:
    """It has come to its end; what it set itself was no widget's move."""
    st.session_state.pop(MOVED, None)


def is_news(part: str, said: Any) -> bool:
    """Whether a link says this of a part of the page, and not the page itself."""
    return not st.session_state.get(UNHEARD) and said != st.session_state.get(f"{part}:written")


def wrote(part: str, said: Any) -> None:
    """From now on this is what the page has written for this part."""
    st.session_state[f"{part}:written"] = said


def recall(
    query: dict[str, str], part: str, key: str, start: Value, read: Callable[[str], Value], write: Callable[[Any], str]
) -> Value:
    """What the session holds under `key`, or a link says of it.

    It goes into `query`, and into the address bar, unless it is `start`.

    Args:
        part: the page and, after a colon, the name in the address bar.
        read: makes a value of what the address says, of `start` where that is nonsense.
        write: makes a text of a value that `read` would read.
    """
    state, name = st.session_state, part.partition(":")[2]
    asked = st.query_params.get(name, "")
    is_moved = _text(state.get(key, start), start, write) != state.get(f"{part}:written", "")
    if asked and not is_moved and is_news(part, asked):
        state[key] = read(asked)
    value = state.get(key, start)
    said = _text(value, start, write)
    wrote(part, said)
    if said:
        query[name] = said
        if asked != said:
            st.query_params[name] = said  # at once: a fragment does not come to the end of the page
    elif asked:
        del st.query_params[name]
    return value


def _text(value: Any, start: Any, write: Callable[[Any], str]) -> str:
    return "" if value == start else write(value)
