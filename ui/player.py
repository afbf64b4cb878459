"""Plays a spec: the stage shows its frames, and a fragment answers whenever the browser asks for more.

The browser pulls. Each `ask` names the run it shows and how many frames of it it holds, and perhaps a command; the
answer is the run's status and the frames that are missing. Asking also renews the lease that keeps a run going, so a
closed tab ends its training.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dlcore.errors import DLCoreError, RunError, SpecError
from dlcore.frames import pack_message
from dlcore.run import ENDED, Phase, Run, Status
from dlcore.specs import Spec
from ui.components.feed import feed
from ui.components.stage import stage
from ui.record import open_run, show_record
from ui.runtime import session_id, store
from ui.text import Labels

FIRST_WAIT, NEXT_WAIT, LATER_WAIT, CROWDED_WAIT = 120, 300, 1000, 2000  # ms between two asks
AWAITED_WAIT, LONGEST_AWAITED = 15, 60  # ms, for one picture: then twice as long each time, up to this
FIRST_PATIENCE = 0.15  # seconds that the answer to a click waits for a picture
CROWDED = 10  # runs at once


@dataclass
class View:
    """What one browser sees of one player; lives in the session."""

    run: str = ""  # key of the run shown
    have: int = 0  # frames the browser has acknowledged
    wanted: bool = False  # whether this viewer wants the run to go on
    awaited: int | None = 0  # a step whose frame was asked for
    asks: int = 0  # since the start
    message: str = ""
    ended: bool = False


@dataclass(frozen=True)
class Player:
    """One player on a page: its spec, its key, and what to do when a reader forks."""

    spec: Spec
    key: str
    labels: Labels
    on_fork: Callable[[Spec], None] | None = None
    on_click: Callable[[float, float, int], None] | None = None  # x, y and the chosen class
    rerun_at_end: bool = False
    pace: float = 15  # frames a second
    compact: bool = False  # without buttons: its group's other stage has them
    shortcuts: Sequence[Mapping[str, Any]] = ()  # forks at one click
    drawn: Sequence[str] = ()  # fields that only say what is drawn of a training


def play(player: Player, panels: Sequence[dict[str, Any]], group: str | None = None) -> Run:
    """Mount the stage and its feed; returns the run that is shown."""
    editable = [
        {
            "name": field.name,
            "label": player.labels[field.name],
            "value": getattr(player.spec.at(player.spec.n_steps), field.name),
            "min": field.low,
            "max": field.high,
            "log": field.log,
        }
        for field in type(player.spec).describe()
        if field.editable and player.on_fork is not None
    ]
    stage(player.key, panels, player.labels, editable, group, player.compact, player.pace, player.shortcuts)
    _watch(player)
    show_record(player.spec, player.key, player.labels)
    return open_run(player.spec, player.key)


@st.fragment
def _watch(player: Player) -> None:
    """Answer the browser's last ask; runs again, alone, at each ask."""
    run = open_run(player.spec, player.key)
    view = _view(player, run)
    ask = st.session_state.pop(f"{player.key}:ask", None)
    if ask is not None:
        forked = obey(run, view, ask, _viewer(player))
        if isinstance(forked, DLCoreError):
            view.message = player.labels.sentence(forked, quote=str)
        elif ask.get("command") == "click" and player.on_click is not None:
            player.on_click(float(ask["x"]), float(ask["y"]), int(ask.get("label") or 0))
            st.rerun()
        elif forked is not None and player.on_fork is not None:
            player.on_fork(forked)
            st.rerun()
    if view.wanted:
        go_on(player, run, view)
    elif view.awaited is not None:
        run.show(view.awaited)
    run.watch(_viewer(player))
    if ask is not None and ask.get("command") in ("start", "step"):
        run.wait_for_frames(view.have, FIRST_PATIENCE)
    if view.awaited is not None and run.has_frame(view.awaited):
        view.awaited = None
    status = run.status(_viewer(player))
    frames = run.frames_since(view.have)  # after the status: an ended run's frames are all here
    header = describe(player.key, run, status, view, player.labels) | {"first": view.have}
    feed(f"{player.key}_feed", pack_message(header, frames), functools.partial(_remember_ask, player.key))
    if player.rerun_at_end and status.phase in ENDED and not view.ended:
        view.ended = True
        st.rerun()


def go_on(player: Player, run: Run, view: View) -> None:
    """Renew the lease; where the server's quotas are met, say so and want no more."""
    try:
        run.start(_viewer(player))
    except RunError as error:
        view.wanted, view.message = False, player.labels.sentence(error, quote=str)


def obey(run: Run, view: View, ask: dict[str, Any], viewer: str) -> Spec | SpecError | None:
    """Do what the browser asks; returns the new spec (or why there is none) when that was a fork."""
    if ask.get("run") == run.key:
        view.have = max(0, int(ask.get("have") or 0))
    command, at = ask.get("command"), int(ask.get("at") or 0)
    if command is not None:
        view.message, view.asks = "", 0
    view.asks += 1
    if command == "start":
        view.wanted = not run.ended
    elif command in ("pause", "stop"):
        view.wanted = False
        run.pause(viewer)
    elif command == "step":
        view.wanted = False
        view.awaited = min(at + 1, run.spec.n_steps)
        run.pause(viewer)
    elif command == "fork":
        run.leave(viewer)
        try:
            return run.spec.fork(at, str(ask.get("field")), float(ask.get("value") or 0.0))
        except SpecError as error:
            return error
    return None


def describe(key: str, run: Run, status: Status, view: View, labels: Labels) -> dict[str, Any]:
    """The header of an answer to the stage `key`: where the run stands, and when the browser asks again."""
    message, kind = view.message, "warning"
    if status.error is not None:
        message, kind = labels.sentence(status.error, quote=str), "error" if status.phase is Phase.FAILED else "warning"
    if status.phase in ENDED:
        view.wanted, view.awaited = False, None
    return {
        "stage": key,
        "run": run.key,
        "root": run.spec.replace(edits=()).key,
        "n_edits": len(run.spec.edits),
        "phase": str(status.phase),
        "step": status.step,
        "n_steps": status.step if status.phase is Phase.FINISHED else run.spec.n_steps,
        "n_frames": status.n_frames,
        "seconds_left": status.seconds_left,
        "position": status.position,
        "others": status.others,
        "wait_ms": wait_ms(view, status.phase),
        "autoplay": status.phase not in ENDED or view.asks > 0,
        "message": message or None,
        "message_kind": kind,
        "nonce": view.asks,
    }


def wait_ms(view: View, phase: Phase) -> int | None:
    """None: nothing more comes until the reader acts. Who only looks on asks as rarely as one who trains for long."""
    if view.wanted:
        if view.asks > 4 and store().n_active() > CROWDED:
            return CROWDED_WAIT
        return FIRST_WAIT if view.asks <= 4 else NEXT_WAIT if view.asks <= 12 else LATER_WAIT
    if view.awaited is not None:
        longest = LATER_WAIT if store().n_active() > CROWDED else LONGEST_AWAITED
        return min(longest, AWAITED_WAIT * 2 ** min(view.asks, 10))
    if phase in (Phase.QUEUED, Phase.RUNNING):
        return CROWDED_WAIT if store().n_active() > CROWDED else LATER_WAIT
    return None


def _view(player: Player, run: Run) -> View:
    """This viewer's view; a new one when the spec on the page has changed."""
    name = f"{player.key}:view"
    view = st.session_state.get(name)
    if view is None or view.run != run.key:
        wanted = False
        if view is not None and (old := store().find(view.run)) is not None:
            old.leave(_viewer(player))
            wanted = not run.ended and (old.ended or view.wanted) and draws_otherwise(player, old.spec)
        view = st.session_state[name] = View(run.key, wanted=wanted, ended=run.ended)
    return view


def draws_otherwise(player: Player, old: Spec) -> bool:
    """Whether the old spec is the same training, of which something else was drawn: then it goes on by itself."""
    same = {name: getattr(player.spec, name) for name in player.drawn}
    return bool(same) and type(old) is type(player.spec) and old.replace(**same).key == player.spec.key


def _viewer(player: Player) -> str:
    return f"{session_id()}/{player.key}"


def _remember_ask(key: str, ask: dict[str, Any]) -> None:
    st.session_state[f"{key}:ask"] = ask
