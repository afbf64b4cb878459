"""Answers from a worker: a question is asked once, and the page is drawn again when the answer has come."""

from __future__ import annotations

from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooLate
from typing import Any

import streamlit as st

from dlcore.run import Run

PATIENCE, AGAIN = 1.5, 0.5  # seconds that a page waits at once, and between two looks


def answer_of(key: str, run: Run, question: dict[str, Any]) -> Any:
    """What the run's newest weights answer; None while that is not known, or if the worker was lost."""
    name = (run.key, run.step, repr(question))
    if st.session_state.get(key, (None,))[0] != name:
        st.session_state[key] = (name, run.ask(question))
    future: Future = st.session_state[key][1]
    try:
        return future.result(timeout=PATIENCE)
    except TooLate:
        _wait_for(future)
    except (OSError, RuntimeError):
        del st.session_state[key]
    return None


@st.fragment(run_every=AGAIN)
def _wait_for(future: Future) -> None:
    """Draw the page again once the answer is there."""
    if future.done():
        st.rerun()
