"""The tabs RBM and deep belief net as a reader meets them: steps by hand, a likelihood, dreams, a verdict."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from dlcore.advance import advance
from dlcore.specs import BeliefNetSpec, PretrainingSpec, TinyRbmSpec
from tests.browser.conftest import Open, Player, wait_for, wait_for_script
from tests.browser.test_losses import count_messages
from ui.text import read_labels

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
LABELS = read_labels("en")


def test_gibbs_steps_by_hand_and_an_exact_likelihood(visit: Open) -> None:
    page = visit("/other_models?tab=rbm&t.n_steps=60&t.n_seeds=2")
    gibbs = page.locator("[data-energy]")
    players = [Player(page, f"other_models.{key}") for key in ("tiny_rbm", "digit_rbm", "rbm_features")]
    for player in players:
        player.wait("stage.header.wait_ms === null")  # nothing more is asked for
    wait_for_script(page)
    count_messages(page)
    before = int(gibbs.get_attribute("data-draws") or -1)
    page.get_by_role("button", name=LABELS["gibbs_draw_hidden"], exact=True).click()
    page.get_by_role("button", name=LABELS["gibbs_draw_visible"], exact=True).click()
    expect(gibbs).not_to_have_attribute("data-draws", str(before))
    wait_for(page, "location.search.includes('gibbs=')")
    assert page.evaluate("window.sent") == 0
    player = players[0]
    player.press("Start")
    player.wait_for_phase("finished")
    last = advance(TinyRbmSpec(n_steps=60, n_seeds=2), None, 60).frames[-1].scalars
    assert player.frames()[-1]["scalars"] == last
    expect(page.get_by_label(LABELS["gibbs_weights"]).locator("option")).to_have_count(3)  # the trained one too


def test_a_stack_dreams_and_a_start_is_judged(visit: Open) -> None:
    small = "d.n_steps=20&d.stack_sizes=8,8&p.rbm_steps=10&p.n_steps=20&p.n_seeds=2&p.stack_sizes=8"
    page = visit(f"/other_models?tab=dbn&{small}")
    for key, spec in (
        ("belief_net", BeliefNetSpec(n_steps=20, stack_sizes=(8, 8))),
        ("pretraining", PretrainingSpec(rbm_steps=10, n_steps=20, n_seeds=2, stack_sizes=(8,))),
    ):
        player = Player(page, f"other_models.{key}")
        player.read("stage.playOrPause(false)")
        player.wait_for_phase("finished")
        assert player.frames()[-1]["scalars"] == advance(spec, None, 20).frames[-1].scalars
    Player(page, "other_models.belief_net.film.still")
    expect(page.get_by_text("of 2 seeds").last).to_be_visible()
