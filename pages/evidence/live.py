"""A row measured again on this server: its trainings a few at a time, progress, and the comparison with the record."""

from __future__ import annotations

import streamlit as st

from dlcore.errors import RunError
from dlcore.evidence import Outcome
from dlcore.evidence import outcome as read_outcome
from dlcore.run import Run
from ui.evidence import Row, badge, numbers
from ui.page import Page
from ui.runtime import session_id, store

AT_ONCE = 2  # trainings of a row under way: others want their turn too
TICK = 1.0  # seconds


def show_live(page: Page, row: Row, record: Outcome | None) -> None:
    """The button; while it runs a fragment that ticks, and at the end one that does not."""
    key = f"evidence:{row.name}.live"
    if not st.session_state.get(key):
        runs = len(list(row.runs))
        st.button(
            page.labels.format("evidence_run_here", n=runs),
            key=f"evidence.row.{row.name}.run",
            icon=":material/play_circle:",
            on_click=_set,
            args=(key, True),
        )
    elif all(run.ended for run in runs_of(row)):
        show_result(page, row, record)
    else:
        _tick(page, row, key)


def runs_of(row: Row) -> list[Run]:
    """The row's trainings on this server, kept while somebody looks."""
    runs = [store().get(spec, live=True) for _, _, spec in row.runs]
    for run in runs:
        run.watch(_viewer(row))
    return runs


@st.fragment(run_every=TICK)
def _tick(page: Page, row: Row, key: str) -> None:
    """Keep the next trainings going and say how far they are."""
    runs = runs_of(row)
    waiting = [run for run in runs if not run.ended]
    if not waiting:
        st.rerun()
    try:
        for run in waiting[:AT_ONCE]:
            run.start(_viewer(row))
    except RunError as error:  # a quota: what goes on goes on, the rest waits for room
        st.warning(page.labels.sentence(error))
    done = sum(1.0 if run.ended else run.step / run.spec.n_steps for run in runs) / len(runs)
    said = page.labels.format("evidence_running", done=len(runs) - len(waiting), n=len(runs))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.progress(done, said)
        st.button(page.labels["stage_stop"], key=f"evidence.{row.name}.stop", on_click=_stop, args=(row, key))


def show_result(page: Page, row: Row, record: Outcome | None) -> None:
    """What was measured here, and whether the record says the same."""
    here = read_outcome(row, runs_of(row))
    same = record is not None and here.values == record.values
    name = "evidence_same" if same else "evidence_other" if record else "evidence_first_time"
    st.success(f"{badge(page, here)} {numbers(page, row, here)} {page.labels[name]}", icon=":material/replay:")


def _stop(row: Row, key: str) -> None:
    for run in runs_of(row):
        run.leave(_viewer(row))
    _set(key, False)


def _set(key: str, wanted: bool) -> None:
    st.session_state[key] = wanted


def _viewer(row: Row) -> str:
    return f"{session_id()}/evidence.{row.name}"
