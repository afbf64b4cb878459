"""The feed: a small component inside the player's fragment that carries bytes to the stage and asks back."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

HERE = Path(__file__).parent / "browser"
JS = (HERE / "feed.js").read_text(encoding="utf-8")


def feed(key: str, message: bytes, on_ask: Callable[[dict[str, Any]], None]) -> None:
    """Send a message (`pack_message`, its header naming the `stage`); `on_ask` is called with what the browser asks."""
    component = st.components.v2.component("dlcore_feed", html="<i></i>", css="i { display: none }", js=JS)
    component(key=key, data=message, height=1, on_ask_change=functools.partial(_answer, key, on_ask))


def _answer(key: str, on_ask: Callable[[dict[str, Any]], None]) -> None:
    """The feed may be gone by now: the reader has left the page while the ask was on its way."""
    state = st.session_state.get(key)
    ask = state.get("ask") if state is not None else None
    if isinstance(ask, dict):
        on_ask(ask)
