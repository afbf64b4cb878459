"""The tabs Images and Few labels as a reader meets them: made digits, a walk without a request, a verdict."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from dlcore.advance import advance, ask
from dlcore.specs import GanImagesSpec, SemiSupervisedSpec
from tests.browser.conftest import Open, Player, wait_for
from tests.browser.test_losses import count_messages

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
QUICK: dict[str, Any] = {"width": 4, "n_steps": 20}


def press_tile(page: Page, player: Player, number: int) -> None:
    """Click the middle of a tile of the first panel."""
    canvas = page.locator(".stage canvas").first
    canvas.scroll_into_view_if_needed()
    left, top = player.read(f"stage.panels[0].corner({number})")
    canvas.click(position={"x": left + 10, "y": top + 10})


def walk_images(page: Page) -> int:
    page.locator(".walk .numbers").wait_for()
    return int(page.locator(".walk").get_attribute("data-at") or -1)


def test_a_training_and_a_walk_between_clicked_tiles(visit: Open) -> None:
    page = visit("/gan?tab=images&i.width=4&i.n_steps=20")
    player = Player(page, "gan.images")
    player.press("Start")
    player.wait_for_phase("finished")
    chunk = advance(GanImagesSpec(**QUICK), None, 20)
    assert player.frames()[-1]["scalars"] == chunk.frames[-1].scalars
    press_tile(page, player, 9)
    wait_for(page, "location.search.includes('walk=2%2C10') || location.search.includes('walk=2,10')")
    expect(page.get_by_text("From tile 2 to tile 10")).to_be_visible()
    answer = ask(GanImagesSpec(**QUICK), chunk.state, {"walk": [1, 9]})
    count_messages(page)
    slider = page.locator(".walk input")
    for at in (17, 40):
        slider.evaluate("(input, at) => { input.value = at; input.dispatchEvent(new Event('input')) }", at)
        assert walk_images(page) == at
        expect(page.locator(".walk .numbers")).to_contain_text(f"The judge: {answer['labels'][at]},")
    page.get_by_role("button", name="Play or pause the walk").click()
    expect(page.locator(".walk")).not_to_have_attribute("data-at", "40")
    expect(page.locator(".walk")).to_have_attribute("data-at", "40")
    assert page.evaluate("window.sent") == 0


def test_the_recorded_default_run_is_there_at_once(visit: Open) -> None:
    page = visit("/gan?tab=images")
    player = Player(page, "gan.images")
    player.wait_for_phase("finished")
    assert player.frames()[-1]["scalars"]["n_classes"] == 10
    expect(page.get_by_text("Recorded on")).to_be_visible()


def test_the_verdict_comes_with_the_end(visit: Open) -> None:
    page = visit("/gan?tab=few_labels&f.n_steps=20&f.n_seeds=2&f.unlabelled_weight=0")
    player = Player(page, "gan.few")
    player.press("Start")
    player.wait_for_phase("finished")
    spec = SemiSupervisedSpec(n_steps=20, n_seeds=2, unlabelled_weight=0.0)
    assert player.frames()[-1]["scalars"] == advance(spec, None, 20).frames[-1].scalars
    expect(page.get_by_text("better from 0 of 2 seeds, worse from 0")).to_be_visible()
    expect(page.get_by_text("Not here").first).to_be_visible()
