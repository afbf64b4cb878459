"""Fully connected nets as a reader meets them: counts and stairs without the server, a drawn curve, another start."""

from __future__ import annotations

import itertools
import json

import pytest
from playwright.sync_api import Locator, Page, expect

from dlcore.advance import advance
from dlcore.specs import FunctionFitSpec, SmallCodesSpec
from dlcore.specs.function_fit import N_HEIGHTS
from tests.browser.conftest import Open, Player, wait_for, wait_for_script

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def slide(page: Page, look: str, name: str, value: float) -> None:
    slider = page.locator(f".{look} input[data-name={name}]")
    slider.evaluate("(input, value) => { input.value = value; input.dispatchEvent(new Event('input')) }", value)


def draw_up(page: Page, pad: Locator) -> None:
    """A stroke from the lower left corner of the pad to its upper right one."""
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 0.02 * box["width"], box["y"] + 0.8 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.99 * box["width"], box["y"] + 0.1 * box["height"], steps=3)
    page.mouse.up()


def test_parameters_follow_the_sliders_without_the_server(visit: Open) -> None:
    page = visit("/other_models?tab=mlp&lang=en&growth=64,1,8,8,1")
    root = page.locator(".growth")
    expect(page.get_by_text("(64²·1 + 1)·8 + (8 + 1)·10 = 32,866")).to_be_visible()
    page.evaluate(
        "() => { window.sent = 0; const send = WebSocket.prototype.send;"
        "WebSocket.prototype.send = function (...all) { window.sent += 1; return send.apply(this, all) } }"
    )
    slide(page, "growth", "side", 128)
    expect(page.get_by_text("(128²·1 + 1)·8 + (8 + 1)·10 = 131,170")).to_be_visible()
    assert json.loads(root.get_attribute("data-counts") or "")["pooled"] == 9 * 8 + 8 + 8 * 10 + 10
    wait_for(page, "location.search.includes('128,1,8,8,1')")
    assert page.evaluate("window.sent") == 0


def test_a_drawn_curve_is_what_the_networks_learn(visit: Open) -> None:
    page = visit("/other_models?tab=universal&lang=en&u.fit_source=drawn&u.n_steps=30&u.n_seeds=2")
    player = Player(page, "other_models.universal")
    pad = page.get_by_role("slider", name="Pad for a curve")
    draw_up(page, pad)
    wait_for(page, "new URLSearchParams(location.search).has('u.fit_drawn')")
    drawn = page.evaluate("new URLSearchParams(location.search).get('u.fit_drawn')")
    heights = tuple(map(int, drawn.split(",")))
    assert len(heights) == N_HEIGHTS
    assert all(after >= before for before, after in itertools.pairwise(heights))
    spec = FunctionFitSpec(fit_source="drawn", fit_drawn=heights, n_steps=30, n_seeds=2)
    player.wait(f"Math.abs(stage.tape.frames[0]?.arrays.target.data.at(-1) - {heights[-1] / 50}) < 1e-6")
    page.get_by_role("button", name="Follow the curve").click()
    wait_for(page, "location.search.includes('bumps=')")
    player.press("Start")
    player.wait_for_phase("finished")
    assert player.frames()[-1]["scalars"] == advance(spec, None, 30).frames[-1].scalars


def test_a_chosen_tile_opens_that_start(visit: Open) -> None:
    page = visit("/other_models?tab=small_codes&lang=en&c.n_steps=30&c.n_seeds=8&c.shown_net=0")
    player = Player(page, "other_models.codes")
    player.press("Start")
    player.wait_for_phase("finished")
    first = player.frames()[-1]["scalars"]
    wait_for_script(page)
    tiles = page.locator(".stage figure", has_text="All networks").locator("canvas")
    for key in ("ArrowRight", "ArrowRight", "Enter"):  # to the first tile, to the second, take it
        tiles.press(key)
    wait_for(page, "new URLSearchParams(location.search).get('c.shown_net') === '1'")
    expect(page.get_by_text("Network of start 1")).to_be_visible()
    spec = SmallCodesSpec(n_steps=30, n_seeds=8, shown_net=1)  # trained again without another click
    fault = advance(spec, None, 30).frames[-1].scalars["mirror_fault"]
    player.wait(f"stage.tape.frames.at(-1)?.scalars.mirror_fault === {fault}")
    assert first["mirror_fault"] != player.frames()[-1]["scalars"]["mirror_fault"]
