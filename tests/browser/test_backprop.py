"""Backpropagation as a reader meets it: step by step, checked against autograd, stopped by a rule, found faulty."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from dlcore.advance import advance
from dlcore.specs import BackpropSpec
from tests.browser.conftest import Open, Player, wait_for, wait_until_it_fits

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_walk_through_the_fan_out(visit: Open) -> None:
    page = visit("/backprop?expression=fan_out")
    walk, said = page.locator(".walk"), page.locator(".walk .said")
    walk.get_by_role("button", name="Next step").click()
    expect(said).to_contain_text("p = a · b = 2 · (−3) = −6")
    walk.get_by_role("button", name="To the end").click()
    expect(said).to_contain_text("b ← b − η · ∂L/∂b = −3 − 0.05 · (−20) = −2")
    expect(walk.locator("tbody tr")).to_have_count(7)
    expect(walk.locator("td.fine")).to_have_count(7)  # and autograd's column has come
    expect(walk.locator("tbody")).not_to_contain_text("…")
    walk.get_by_role("button", name="Back").click()
    walk.get_by_role("button", name="Back").click()
    expect(said).to_contain_text("(−3) · (−10) = 30")
    expect(said).to_contain_text("∂L/∂a = 30 + (−10) = 20")
    wait_for(page, "location.search.includes('walk=11')")
    page.reload()
    expect(said).to_contain_text("∂L/∂a = 30 + (−10) = 20")


def test_numbers_change_the_walk_where_it_stands(visit: Open) -> None:
    page = visit("/backprop?expression=fan_out&walk=11")
    expect(page.locator(".walk .said")).to_contain_text("= 20")
    page.get_by_label("b", exact=True).fill("1")
    page.get_by_label("b", exact=True).press("Enter")
    expect(page.locator(".walk .said")).to_contain_text("∂L/∂a = 6 + 6 = 12")


def test_on_the_kink_the_columns_differ_and_the_page_says_why(visit: Open) -> None:
    page = visit("/backprop?expression=kink")
    page.locator(".walk").get_by_role("button", name="To the end").click()
    expect(page.locator(".walk td.off").first).to_contain_text("kink")


def test_the_rule_that_stopped_it_is_named(visit: Open) -> None:
    page = visit("/backprop?tab=stop")
    player = Player(page, "backprop.stop")
    player.press("Start")
    player.wait_for_phase("finished")
    player.wait("stage.tape.atEnd")
    last = advance(BackpropSpec(), None, 200).frames[-1].scalars
    expect(page.locator(".stage .sentence")).to_contain_text(
        f"Stopped after {last['updates']:.0f} updates by the rule |ΔL|"
    )
    expect(page.locator(".stage svg.graph .node")).to_have_count(25)


def test_a_fault_is_found(visit: Open) -> None:
    """Case 3 has the wrong transpose: two rows differ."""
    page = visit("/backprop?tab=bug&bug.case=3")
    player = Player(page, "backprop.bug")
    player.press("One step")
    player.wait("stage.tape.step === 1")
    expect(page.locator(".stage td.off")).to_have_count(2)
    page.get_by_text("Wrong transpose").first.click()
    expect(page.get_by_text("With a square matrix no shape complains")).to_be_visible()


def test_it_fits_a_phone_in_chinese(visit: Open) -> None:
    page = visit("/backprop?lang=zh&tab=walk&walk=20", width=390, scheme="dark")
    expect(page.locator(".walk .said")).to_contain_text("第 20 步")
    wait_until_it_fits(page)
