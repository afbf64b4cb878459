"""The tab Neural Turing Machine as a reader meets it: a head moved by hand, a training stopped and resumed, a film."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open, Player

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
SMALL = "n.n_steps=20000&n.max_length=2&n.n_slots=6&n.n_controller_units=6&n.n_lstm_units=4"


def test_a_training_is_stopped_and_resumed_and_a_machine_looked_into(visit: Open) -> None:
    page = visit(f"/other_models?tab=ntm&{SMALL}&sequence=3,7,2")
    player, film = Player(page, "other_models.ntm"), Player(page, "other_models.ntm_film")
    player.press("Start")
    player.wait("stage.header.step > 0")
    player.press("Stop")
    player.wait("stage.header.phase === 'paused' && !stage.isLive")
    stopped = player.read("stage.header.step")
    player.press("Continue")
    player.wait(f"stage.header.step > {stopped}")
    player.press("Stop")
    assert film.read("stage.tape.frames.length") == 7
    page.get_by_role("button", name="One time step").click()
    film.wait("stage.tape.step === 2")
    page.get_by_text("Step 2: the machine hears word 2 of 3.").wait_for()


def test_a_head_follows_its_sliders_without_the_server(visit: Open) -> None:
    page = visit("/other_models?tab=ntm&head=75,8,0.6,0.8,2,1,0")
    head = page.locator(".addressing")
    page.get_by_role("slider", name="Gate g").press("Home")
    expect(head).to_have_attribute("data-weights", re.compile(r"^\[0\.058\d*,0\.941\d*,0,"))  # 0.2² and 0.8²
    page.get_by_role("button", name="Move again").click()
    expect(page.get_by_text("move no. 2")).to_be_visible()
    expect(page).to_have_url(re.compile(r"head=75,8,0,0\.8,2,1,1"))
