"""What one reader, one training and one file may take: met, each limit says so and nothing else changes."""

from __future__ import annotations

import dataclasses
import io

import numpy as np
import pytest
from PIL import Image

from dlcore.data.own_scores import parse_scores
from dlcore.data.pictures import read_picture
from dlcore.data.tables import parse_table
from dlcore.errors import DataError, RunError
from dlcore.run import FOREVER, Phase
from dlcore.runs import RunStore
from dlcore.settings import Settings
from dlcore.specs import PlaygroundSpec
from tests.fakes import FakeClock, HeldExecutor

SPEC = PlaygroundSpec(hidden_sizes=(3,), n_steps=20_000)


def make_store(**limits: float) -> RunStore:
    return RunStore(HeldExecutor(), Settings(workers=1, **limits), clock=FakeClock())


def refusal(store: RunStore, spec: PlaygroundSpec, viewer: str) -> str:
    """The code of the quota that is in the way, or nothing."""
    try:
        store.get(spec).start(viewer)
    except RunError as error:
        return error.code
    return ""


def test_one_reader_has_so_many_trainings_in_whichever_players():
    store = make_store(session_runs=2)
    specs = [SPEC.replace(seed=seed) for seed in range(4)]
    said = [refusal(store, spec, f"me/{number}") for number, spec in enumerate(specs[:3])]
    assert said == ["", "", "quota_runs"]
    assert store.get(specs[2]).status().phase is Phase.IDLE
    assert refusal(store, specs[2], "another/0") == ""
    assert refusal(store, specs[0], "me/0") == ""  # a lease is renewed
    store.get(specs[0]).pause("me/0")
    assert refusal(store, specs[3], "me/3") == ""
    store.clock.now += 10  # leases that nobody renews count no more
    assert refusal(store, specs[0], "me/0") == ""


def test_the_server_has_so_many_but_whoever_joins_one_is_welcome():
    store = make_store(queue_length=2)
    for seed in range(2):
        assert refusal(store, SPEC.replace(seed=seed), f"reader {seed}/x") == ""
    assert refusal(store, SPEC.replace(seed=2), "third/x") == "quota_queue"
    assert refusal(store, SPEC.replace(seed=1), "third/x") == ""


def test_a_training_has_so_many_steps_and_so_much_of_a_worker():
    assert refusal(make_store(run_steps=19_999), SPEC, "me/x") == "quota_steps"
    store = make_store(run_seconds=1.0)
    run = store.get(SPEC)
    run.start("me/x")
    run.seconds = 1.5
    with pytest.raises(RunError, match="quota_seconds"):
        run.start("me/x")
    store.clock.now += store.settings.lease_seconds + 1
    store.executor.land()
    assert run.status().phase is Phase.PAUSED
    assert run.frames_since(0)


def test_what_nobody_waits_for_knows_no_quota():
    """Warming and the command line."""
    run = make_store(session_runs=0, queue_length=0, run_steps=1).get(SPEC)
    run.start("warm", FOREVER)
    assert run.status().phase is Phase.RUNNING


@pytest.mark.parametrize(
    ("limit", "value", "code"),
    [("upload_bytes", 100, "picture_too_heavy"), ("upload_pixels", 399, "picture_too_large")],
)
def test_a_picture(limit, value, code, monkeypatch):
    file = io.BytesIO()
    Image.fromarray(np.random.default_rng(0).integers(0, 256, (20, 20, 3)).astype(np.uint8)).save(file, "PNG")
    assert read_picture(file.getvalue()).shape[-1] == 3
    monkeypatch.setenv(f"DLCORE_{limit.upper()}", str(value))
    with pytest.raises(DataError, match=code):
        read_picture(file.getvalue())


def test_a_table(monkeypatch):
    text = "x,y\n" + "\n".join(f"{row},{2 * row}" for row in range(50))
    assert parse_table(text, 2).n_rows == 50
    monkeypatch.setenv("DLCORE_UPLOAD_ROWS", "20")
    cut = parse_table(text, 2)  # evenly spaced rows; the page says how many of how many
    assert (len(cut.numbers), cut.n_rows) == (20, 50)
    with pytest.raises(DataError, match="scores_too_many"):
        parse_scores("\n".join(f"{row % 2},{row}" for row in range(50)))
    monkeypatch.setenv("DLCORE_UPLOAD_BYTES", "100")
    with pytest.raises(DataError, match="table_too_long"):
        parse_table(text, 2)
    with pytest.raises(DataError, match="csv_too_long"):
        parse_scores(text)


def test_every_limit_can_be_set():
    limits = {"session_runs", "run_steps", "run_seconds", "queue_length", "cache_bytes"}
    limits |= {"upload_bytes", "upload_pixels", "upload_rows"}
    assert limits <= {field.name for field in dataclasses.fields(Settings)}
