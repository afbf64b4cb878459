"""What the whole server shares: the executor, the RunStore and the settings."""

from __future__ import annotations

import gc
import threading
from contextlib import suppress

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dlcore.execution import make_executor
from dlcore.pool import WorkerPool
from dlcore.runs import RunStore
from dlcore.settings import Settings
from dlcore.specs import SPECS
from dlcore.store import open_disk


def settings() -> Settings:
    """What the server's owner has decided."""
    return Settings.from_environment()


@st.cache_resource(show_spinner=False)
def store() -> RunStore:
    """The one RunStore of this server; its workers start in the background."""
    chosen = settings()
    executor = make_executor(chosen)
    if isinstance(executor, WorkerPool):
        threading.Thread(target=_warm_up, args=(executor, bool(chosen.rehearse)), daemon=True).start()
    gc.collect()
    gc.freeze()  # what is loaded by now stays; a full collection would hold up every student
    return RunStore(executor, chosen, open_disk(chosen))


def what_is_missing() -> str:
    """What a student who came now would have to wait for, in words; empty when that is nothing."""
    say = getattr(store().executor, "what_is_missing", str)
    return say()


def _warm_up(pool: WorkerPool, rehearse: bool) -> None:
    with suppress(RuntimeError):  # the server stops before all is ready
        pool.warm_up()
        pool.rehearse(SPECS if rehearse else ())


def session_id() -> str:
    """Names this browser tab."""
    context = get_script_run_ctx()
    return context.session_id if context else ""
