"""The tabs Autoencoder and VAE as a reader meets them: a training, a click into the map, keys, one draw in numbers."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from dlcore.advance import Chunk, advance, ask
from dlcore.specs import AutoencoderSpec, VaeSpec
from tests.browser.conftest import Open, Player, wait_for, wait_for_script

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
QUICK: dict[str, Any] = {"hidden_sizes": (8,), "n_steps": 20, "n_seeds": 1}


def address(kind: str, prefix: str) -> str:
    return f"/other_models?tab={kind}&{prefix}hidden_sizes=8&{prefix}n_steps=20&{prefix}n_seeds=1"


def judged(answer: dict[str, Any]) -> str:
    return f"calls it a {int(answer['label'])} with probability {answer['confidence']:.0%}."


def train(page: Page, key: str, chunk: Chunk) -> Player:
    """Press Start; the frames are those of the worker."""
    player = Player(page, key)
    page.get_by_role("button", name="Start", exact=True).click()
    player.wait_for_phase("finished")
    assert player.frames()[-1]["scalars"] == chunk.frames[-1].scalars
    return player


def test_a_click_into_the_map_is_decoded(visit: Open) -> None:
    spec = AutoencoderSpec(**QUICK)
    chunk = advance(spec, None, 20)
    page = visit(address("autoencoder", "a."))
    player = train(page, "other_models.autoencoder", chunk)
    expect(page.get_by_text("after 20 steps")).to_be_attached()
    wait_for_script(page)
    canvas = page.get_by_role("img", name="Plane of the two numbers of the code").first
    canvas.scroll_into_view_if_needed()
    left, top = player.read("stage.panels[3].toCanvas(1.5, -1)")
    canvas.click(position={"x": left, "y": top})
    wait_for(page, "() => new URLSearchParams(location.search).has('a.at')")
    x, y = (float(part) for part in page.evaluate("new URLSearchParams(location.search).get('a.at')").split(","))
    assert abs(x - 1.5) < 0.1
    assert abs(y + 1) < 0.1
    expect(page.get_by_text(judged(ask(spec, chunk.state, {"decode": [x, y]})))).to_be_visible()


def test_a_vae_with_keys_and_one_draw_in_numbers(visit: Open) -> None:
    spec = VaeSpec(**QUICK)
    chunk = advance(spec, None, 20)
    page = visit(address("vae", "v."))
    train(page, "other_models.vae", chunk)
    expect(page.get_by_text("after 20 steps")).to_be_attached()
    wait_for_script(page)
    page.get_by_role("slider", name="first number of the code").press("End")
    wait_for(page, "() => new URLSearchParams(location.search).get('v.at') === '3.5,0'")
    expect(page.get_by_text(judged(ask(spec, chunk.state, {"decode": [3.5, 0.0]})))).to_be_visible()
    said = ask(spec, chunk.state, {"digit": 3, "draw": 0})
    expect(page.locator(".katex-display").last).to_contain_text(f"{said['z'][0]:.3g}".replace("-", "−"))
