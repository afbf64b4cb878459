"""The other tabs of Concepts as a reader meets them: perceptron, own points, Arena, neuron, families."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from dlcore.advance import advance
from dlcore.specs import PerceptronSpec
from tests.browser.conftest import Open, Player, wait_for
from ui.text import read_labels

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_the_perceptron_shows_each_update_and_the_bound(visit: Open) -> None:
    page = visit("/concepts?tab=perceptron")
    player = Player(page, "concepts.perceptron")
    player.press("One step")
    player.wait("stage.tape.step === 1")
    expect(page.locator(".stage .sentence").first).to_contain_text("a mistake")
    player.press("Start") if player.read("stage.tape.furthest") == 0 else player.press("Continue")
    player.wait_for_phase("finished")
    player.press("Stop")
    last = advance(PerceptronSpec(), None, 100).frames[-1].scalars
    expect(page.locator(".stage .sentence").first).to_contain_text(f"Mistakes made: {last['mistakes']:.0f}")
    assert last["mistakes"] <= last["bound"]


def test_points_are_placed_by_a_click(visit: Open) -> None:
    page = visit("/concepts?tab=playground&dataset=own")
    player = Player(page)
    before = player.read("stage.tape.run")
    canvas = page.locator(".stage canvas").first
    canvas.scroll_into_view_if_needed()
    page.locator(".stage").get_by_role("button", name="1", exact=True).first.click()
    x, y = player.read("stage.panels[0].toCanvas(3, -2)")
    canvas.click(position={"x": x, "y": y})
    player.wait(f"stage.tape.run !== '{before}'")
    placed = parse_qs(urlsplit(page.url).query)["points"][0].split(";")[-1].split(",")
    assert [float(number) for number in placed] == pytest.approx(
        [3, -2, 1], abs=0.05
    )  # the mouse moves by whole pixels


def test_the_arena_starts_both_sides_and_gives_a_verdict(visit: Open) -> None:
    page = visit("/concepts?tab=playground&arena=on&hidden_sizes=6&n_steps=200&b.hidden_sizes=6&b.init=zeros")
    keys = ["concepts.playground", "concepts.playground_b", "concepts.playground_band", "concepts.playground_b_band"]
    sides = [Player(page, key) for key in keys]
    sides[0].press("Start")
    for side in sides:
        side.wait_for_phase("finished")
    expect(page.get_by_text("“A” does better here")).to_be_visible()
    page.locator(".stage input[type=range]").first.fill("20")
    assert len({side.read("stage.tape.step") for side in sides}) == 1
    page.get_by_text(read_labels("en")["arena"], exact=True).first.click()
    expect(page.locator(".stage")).to_have_count(2)
    wait_for(page, "!/arena|b\\./.test(location.search)")


def test_the_neuron_computes_in_the_browser_alone(visit: Open) -> None:
    page = visit("/concepts?tab=neuron")
    page.get_by_role("button", name="AND").click()
    wait_for(page, "location.search.includes('neuron=') && location.search.includes('and')")


def test_the_families_are_drawn(visit: Open) -> None:
    page = visit("/concepts?tab=families")
    expect(page.locator("svg[role=img]")).to_have_count(4)
