"""What the server does with a browser's asks, and what it answers, without a browser."""

from __future__ import annotations

from typing import Any

import pytest

from dlcore.errors import SpecError
from dlcore.execution import InlineExecutor
from dlcore.run import FOREVER, Phase
from dlcore.runs import RunStore
from dlcore.settings import Settings
from dlcore.specs import PlaygroundSpec
from tests.fakes import FakeClock, HeldExecutor
from ui import player
from ui.player import CROWDED, CROWDED_WAIT, LATER_WAIT, Player, View, describe, draws_otherwise, go_on, obey, wait_ms
from ui.text import read_labels

SPEC = PlaygroundSpec(hidden_sizes=(3,), n_steps=40)


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> RunStore:
    held = RunStore(HeldExecutor(), Settings(workers=1), clock=FakeClock())
    monkeypatch.setattr(player, "store", lambda: held)
    return held


def test_start_pause_and_step(store: RunStore) -> None:
    run, view = store.get(SPEC), View(SPEC.key)
    assert obey(run, view, {"run": run.key, "have": 0, "command": "start"}, "me") is None
    assert view.wanted
    assert obey(run, view, {"run": run.key, "have": 1, "command": "step", "at": 4}, "me") is None
    assert not view.wanted
    assert (view.have, view.awaited) == (1, 5)


def test_an_ask_about_another_run_acknowledges_nothing(store: RunStore) -> None:
    view = View(SPEC.key, have=3)
    obey(store.get(SPEC), view, {"run": "playground-old", "have": 200, "command": None}, "me")
    assert view.have == 3


@pytest.mark.parametrize("ask", [{}, {"run": None, "have": None, "command": "nonsense"}, {"have": -5, "at": None}])
def test_a_strange_ask_does_nothing(store: RunStore, ask: dict[str, Any]) -> None:
    view = View(SPEC.key)
    assert obey(store.get(SPEC), view, ask, "me") is None
    assert not view.wanted


def test_a_fork_is_a_new_spec_or_a_sentence(store: RunStore) -> None:
    run, view = store.get(SPEC), View(SPEC.key)
    ask = {"run": run.key, "command": "fork", "at": 20, "field": "learning_rate", "value": 0.5}
    assert obey(run, view, ask, "me") == SPEC.fork(20, "learning_rate", 0.5)
    for wrong in ({"value": 1e9}, {"field": "dataset"}, {"at": 40}, {"value": float("nan")}):
        assert isinstance(obey(run, view, ask | wrong, "me"), SpecError)


def test_a_quota_is_said_and_nothing_more_is_wanted(store: RunStore) -> None:
    crowded = RunStore(HeldExecutor(), Settings(workers=1, session_runs=0), clock=FakeClock())
    view, labels = View(SPEC.key, wanted=True), read_labels("en")
    go_on(Player(SPEC, "page.key", labels), crowded.get(SPEC), view)
    assert not view.wanted
    assert view.message.startswith("You have 0 trainings going")
    go_on(Player(SPEC, "page.key", labels), store.get(SPEC), allowed := View(SPEC.key, wanted=True))
    assert allowed.wanted
    assert store.get(SPEC).is_going()


def test_only_a_drawn_field_lets_a_training_go_on_by_itself() -> None:
    player = Player(SPEC, "page.key", read_labels("en"), drawn=("seed",))
    assert draws_otherwise(player, SPEC.replace(seed=SPEC.seed + 1))
    assert not draws_otherwise(player, SPEC.replace(seed=SPEC.seed + 1, n_steps=SPEC.n_steps + 1))
    assert not draws_otherwise(Player(SPEC, "page.key", read_labels("en")), SPEC)


def test_the_wait_grows_with_asks_and_with_the_crowd(store: RunStore) -> None:
    view = View(SPEC.key, wanted=True, awaited=None)
    waits = []
    for view.asks in range(30):
        waits.append(wait_ms(view, Phase.RUNNING) or 0)
    assert waits == sorted(waits)
    for seed in range(CROWDED + 1):
        store.get(SPEC.replace(seed=seed)).start(f"student {seed}")
    assert wait_ms(view, Phase.RUNNING) == CROWDED_WAIT


def test_who_only_looks_on_asks_while_somebody_trains(store: RunStore) -> None:
    view = View(SPEC.key, awaited=None)
    assert wait_ms(view, Phase.RUNNING) == wait_ms(view, Phase.QUEUED) == LATER_WAIT
    assert wait_ms(view, Phase.PAUSED) is wait_ms(view, Phase.FINISHED) is None


def test_one_picture_is_asked_for_soon_and_in_a_crowd_ever_more_rarely(store: RunStore) -> None:
    views = [View(SPEC.key, awaited=7, asks=n) for n in range(12)]
    assert [wait_ms(view, Phase.IDLE) for view in views] == [15, 30, *[60] * 10]
    for seed in range(CROWDED + 1):
        store.get(SPEC.replace(seed=seed)).start(f"student {seed}")
    assert [wait_ms(view, Phase.IDLE) for view in views[:7]] == [15, 30, 60, 120, 240, 480, 960]
    assert wait_ms(views[-1], Phase.IDLE) == 1000


def test_an_ended_run_needs_no_more_asking(monkeypatch: pytest.MonkeyPatch) -> None:
    done = RunStore(InlineExecutor(), Settings())
    monkeypatch.setattr(player, "store", lambda: done)
    run, view = done.get(SPEC), View(SPEC.key, wanted=True, asks=1)
    run.start("me", FOREVER)
    header = describe("stage", run, run.status("me"), view, read_labels("en"))
    assert header["phase"] == "finished"
    assert header["wait_ms"] is None
    assert header["n_frames"] == 41
