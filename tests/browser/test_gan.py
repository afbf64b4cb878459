"""The 2-D lab as a reader meets it: one update at a time, only one of the two from here on, an own place by a click."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open, Player, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SMALL = "generator_sizes=8&critic_sizes=8&batch_size=16&n_steps=12"


def test_one_update_at_a_time_then_the_generator_alone(visit: Open) -> None:
    page = visit(f"/gan?tab=lab&lang=en&slow_motion=true&{SMALL}")
    lab = Player(page, "gan.lab")
    only_generator = page.locator(".stage").first.get_by_role("button", name="generator only")
    expect(only_generator).to_be_disabled()
    lab.press("One step")
    expect(page.get_by_text("The critic was updated (number 1)")).to_be_visible(timeout=60_000)
    lab.press("One step")
    expect(page.get_by_text("The generator was updated (number 1)")).to_be_visible(timeout=60_000)
    only_generator.click()
    wait_for(page, "decodeURIComponent(location.search).includes('edits=2,turns,2')")
    expect(page.get_by_text("The generator was updated (number 11)")).to_be_visible(timeout=60_000)


def test_a_click_puts_down_a_place(visit: Open) -> None:
    page = visit(f"/gan?tab=lab&lang=en&dataset=own&points=1,1;-1,-1&{SMALL}")
    plane = page.locator(".stage[data-step] canvas").first
    box = plane.bounding_box()
    assert box is not None
    plane.click(position={"x": box["width"] / 2, "y": box["width"] / 2})
    wait_for(page, "new URLSearchParams(location.search).get('points').split(';').length === 3")
