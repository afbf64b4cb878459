"""The playground as a reader meets it: start, watch, scrub, fork, share, and what must not break it."""

from __future__ import annotations

import re
import time
from urllib.parse import unquote

import psutil
import pytest
from playwright.sync_api import Page, expect

from dlcore.advance import advance
from dlcore.frames import unpack
from dlcore.specs import PlaygroundSpec
from tests.browser.conftest import Open, Player, Server, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SPIRAL = "/concepts?tab=playground&dataset=spiral&hidden_sizes=8,8&n_steps=300"
LONG = "/concepts?tab=playground&hidden_sizes=32,32,32,32,32,32&n_samples=1000&batch_size=500&n_steps=20000"


def trained(page: Page) -> Player:
    player = Player(page)
    player.press("Start")
    player.wait_for_phase("finished")
    return player


def shared_link(page: Page) -> str:
    """What the reader copies."""
    page.get_by_role("button", name="Link to these settings").first.click()
    return page.locator("[data-testid=stCode]").inner_text().strip()


def test_start_shows_moving_pictures_of_what_was_computed(visit: Open) -> None:
    player = trained(visit(SPIRAL))
    expected = advance(PlaygroundSpec(dataset="spiral", hidden_sizes=(8, 8), n_steps=300), None, 300).frames
    shown = player.frames()
    assert [frame["step"] for frame in shown] == [frame.step for frame in expected]
    assert shown[-1]["scalars"] == unpack(expected[-1].blob).scalars
    player.wait("stage.tape.playing === false && stage.tape.atEnd")
    assert player.read("stage.tape.furthest") == len(expected) - 1


def test_scrubbing_asks_the_server_nothing(visit: Open) -> None:
    page = visit(SPIRAL)
    player = trained(page)
    player.wait("!stage.tape.playing")
    asked = player.read("(window.asks = 0, hub => { const feed = window.dlcoreHub.feeds.get(stage.id), ask = feed.ask;"
                        " feed.ask = value => { window.asks += 1; ask(value) } })()")  # fmt: skip
    assert asked is None
    timeline = page.locator(".stage input[type=range]").first
    before = player.read("stage.tape.step")
    timeline.fill("50")
    assert player.read("stage.tape.step") != before
    timeline.press("ArrowRight")
    player.press("Rewind")
    assert player.read("stage.tape.step") == 0
    player.press("Start") if player.read("stage.tape.furthest") == 0 else player.press("Continue")
    player.wait("stage.tape.index > 3")
    assert page.evaluate("window.asks") == 0


def test_a_fork_keeps_the_first_half(visit: Open) -> None:
    page = visit(SPIRAL)
    player = trained(page)
    before = player.frames()
    page.locator(".stage input[type=range]").first.fill("100")
    step = player.read("stage.tape.step")
    page.locator(".stage .fork summary").first.click()
    page.locator(".stage .fork input").first.fill("0.3")
    run = player.read("stage.tape.run")
    player.press("Fork")
    player.wait(f"stage.tape.run !== '{run}'")
    player.wait_for_phase("finished")
    after = player.frames()
    assert [frame for frame in after if frame["step"] <= step] == [frame for frame in before if frame["step"] <= step]
    assert after[-1]["scalars"] != before[-1]["scalars"]
    wait_until(lambda: f"edits={step},learning_rate,0.3" in unquote(page.url), "the fork in the address")
    page.get_by_role("button", name=re.compile("from step")).click()  # take it back
    player.wait(f"stage.tape.run === '{run}'")


def test_the_copied_link_gives_the_same_numbers(visit: Open) -> None:
    page = visit(SPIRAL + "&activation=gelu&optimizer=momentum&seed=7")
    last = trained(page).frames()[-1]
    again = trained_or_kept(visit("/" + shared_link(page).split("/", 3)[3]))
    assert again.frames()[-1] == last


def trained_or_kept(page: Page) -> Player:
    player = Player(page)
    player.wait("['finished', 'idle'].includes(stage.header.phase)")
    if player.read("stage.header.phase") == "idle":
        player.press("Start")
    player.wait_for_phase("finished")
    return player


def test_two_readers_share_one_training_and_a_third_has_a_turn(visit: Open, server: Server) -> None:
    address = LONG + "&seed=21"
    first, second = Player(visit(address)), Player(visit(address))
    for player in (first, second):
        player.press("Start")
    first.wait("stage.header.others === 1 && stage.header.step > 0")
    other = visit(SPIRAL + "&seed=22")
    trained(other)
    assert first.read("stage.header.phase") in ("running", "queued")
    key = first.read("stage.header.run")
    assert second.read("stage.header.run") == key
    assert server.log().count(f"training started: {key}") == 1
    expect(first.page.locator(".stage .state").first).to_contain_text("shared with 1 other")


def test_closing_the_tab_ends_the_training(visit: Open, server: Server) -> None:
    page = visit(LONG + "&seed=31")
    player = Player(page)
    player.press("Start")
    player.wait("stage.header.step > 0")
    key = player.read("stage.header.run")
    page.context.close()
    server.wait_for_log(f"training rests: {key}")
    wait_until(lambda: cpu_seconds(server, 1.0) < 0.1, "workers that do nothing")


def cpu_seconds(server: Server, seconds: float) -> float:
    """What the workers use in so many seconds."""
    before = [worker.cpu_times().user for worker in server.workers()]
    time.sleep(seconds)
    return sum(worker.cpu_times().user for worker in server.workers()) - sum(before)


def test_who_only_looks_on_sees_the_training_of_another(visit: Open) -> None:
    address = f"{LONG}&seed=64"
    trains = Player(visit(address))
    trains.press("Start")
    trains.wait("stage.header.step > 0")
    looks_on = Player(visit(address))
    for _ in range(2):
        step = looks_on.read("stage.header.step")
        looks_on.wait(f"stage.header.step > {step} && stage.tape.step > {step}")
    trains.page.close()
    looks_on.wait("stage.header.phase === 'paused' && stage.header.wait_ms === null")


def test_a_killed_worker_costs_nobody_anything(visit: Open, server: Server) -> None:
    seed = time.time_ns() % 100_000  # another at a second try: a finished run would open at once
    spec = PlaygroundSpec(hidden_sizes=(16, 16), n_steps=3000, seed=seed)
    page = visit(f"/concepts?tab=playground&hidden_sizes=16,16&n_steps=3000&seed={seed}")
    player = Player(page)
    player.press("Start")
    player.wait("stage.header.step > 0")
    for worker in server.workers():
        worker.send_signal(psutil.signal.SIGKILL)
    player.wait_for_phase("finished")
    assert "sent again" in server.log()
    expected = advance(spec, None, spec.n_steps).frames
    shown = player.frames()
    assert [(frame["step"], frame["scalars"]) for frame in shown] == [(f.step, f.scalars) for f in expected]
    assert page.locator(".stage .message").first.inner_text() == ""


def test_too_large_a_learning_rate_diverges_with_advice(visit: Open) -> None:
    page = visit("/concepts?tab=playground&loss=mse&optimizer=sgd&learning_rate=10")
    player = Player(page)
    player.press("Start")
    player.wait_for_phase("diverged")
    said = page.locator(".stage .message").first
    expect(said).to_contain_text(re.compile(r"Diverged at step \d+"))
    expect(said).to_contain_text("smaller learning rate")


def test_absurd_settings_in_the_link_are_corrected_and_said(visit: Open) -> None:
    page = visit("/concepts?tab=playground&learning_rate=abc&hidden_sizes=9999&nonsense=1")
    Player(page)
    said = " ".join(page.locator("[data-testid=stAlert]").all_inner_texts())
    assert "Learning rate" in said
    assert "abc" in said
    assert "Hidden layers" in said
    assert "9999" in said


def test_one_step_shows_the_very_next_step(visit: Open) -> None:
    player = Player(visit("/concepts?tab=playground&n_steps=5000&seed=51"))
    for step in (1, 2, 3):
        player.press("One step")
        player.wait(f"stage.tape.step === {step}")
    assert [frame["step"] for frame in player.frames()] == [0, 1, 2, 3]


def test_pause_and_continue(visit: Open) -> None:
    player = Player(visit(LONG + "&seed=61"))
    player.press("Start")
    player.wait("stage.header.step > 0")
    player.press("Pause")
    player.wait("stage.header.phase === 'paused'")
    step = player.read("stage.header.step")
    player.press("Continue")
    player.wait(f"stage.header.step > {step}")
    player.press("Stop")
    player.wait("stage.header.phase === 'paused' && stage.tape.atEnd")
