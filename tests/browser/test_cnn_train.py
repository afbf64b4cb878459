"""Train your own, as a reader does: build, be refused, train, draw ten digits with the mouse, open a mistake."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from dlcore.advance import advance
from dlcore.specs import CnnSpec
from tests.browser.conftest import Open, Player, wait_for
from tests.browser.strokes import DIGITS, Stroke

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def draw(page: Page, strokes: list[Stroke]) -> None:
    """With the mouse, on an empty sheet."""
    sheet = page.locator(".draw canvas").first
    box = sheet.bounding_box()
    assert box is not None
    for stroke in strokes:
        places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in stroke]
        page.mouse.move(*places[0])
        page.mouse.down()
        for place in places[1:]:
            page.mouse.move(*place, steps=3)
        page.mouse.up()


def answer(player: Player, before: str) -> tuple[int, str]:
    """The most probable class of the next answer, and which answer it is."""
    player.wait(f"stage.tape.frames.length > 0 && stage.tape.run !== '{before}'")
    p, run = player.read("[[...stage.tape.current.arrays.p.data], stage.tape.run]")
    return int(np.argmax(p)), run


def test_ten_digits_drawn_with_the_mouse_are_recognised(visit: Open) -> None:
    page = visit("/cnn?tab=train")
    player = Player(page, "cnn.train")
    player.press("Start")
    player.wait_for_phase("finished")
    last = player.read("stage.tape.frames.at(-1).scalars")
    assert last == advance(CnnSpec(), None, 500).frames[-1].scalars
    assert last["test_accuracy"] >= 0.97
    expect(page.get_by_text("After 500 steps the net says")).to_be_visible()
    inside, run = Player(page, "cnn.train.inside.answer"), ""
    page.get_by_role("radio", name="Draw a digit").click()
    sheet = page.locator(".draw")
    sheet.scroll_into_view_if_needed()
    said = {}
    for digit, strokes in DIGITS.items():
        sheet.get_by_role("button", name="Clear").click()
        expect(page.get_by_text("Draw a digit or take a sample")).to_be_visible()
        draw(page, strokes[:-1])
        if strokes[:-1]:
            _, run = answer(inside, run)
        draw(page, strokes[-1:])
        said[digit], run = answer(inside, run)
    assert sum(digit == found for digit, found in said.items()) >= 8, said


def test_a_stack_that_does_not_fit_is_refused_and_the_last_one_stays(visit: Open) -> None:
    page = visit("/cnn?tab=train")
    text = page.get_by_role("textbox", name="The stack as text")
    text.fill("conv 4 3 - maxpool 2 - conv 8 5 - flatten - linear 10")
    text.press("Enter")
    expect(page.get_by_text("Layer 3, conv 8 5: the window reaches over")).to_be_visible()
    assert "layers" not in page.url
    page.get_by_role("radio", name="✗ 3 · conv 8 5").click()
    kernel = page.get_by_role("spinbutton", name="Kernel size")
    expect(kernel).to_have_value("5")
    kernel.fill("3")
    kernel.press("Enter")
    wait_for(page, "location.search.includes('conv+8+3')")
    expect(page.get_by_text("the window reaches over")).to_have_count(0)
    page.get_by_role("button", name="One layer").click()
    wait_for(page, "location.search.includes('layers=flatten-linear')")
    page.reload()
    expect(page.get_by_role("radio", name="2 · linear 10")).to_be_visible()


def test_a_mistake_is_opened_by_a_click(visit: Open) -> None:
    page = visit("/cnn?tab=train&n_steps=10")
    page.get_by_role("radio", name="A mistake").click()
    mistakes = Player(page, "cnn.train.inside.mistakes")
    inside = Player(page, "cnn.train.inside.answer")
    inside.wait("stage.tape.frames.length > 0")
    _, run = answer(inside, "")
    place = mistakes.read("stage.panels[0].corner(2).map((edge) => edge + 5)")
    canvas = page.get_by_role("img", name="Small pictures of misjudged").last
    canvas.scroll_into_view_if_needed()
    canvas.click(position={"x": place[0], "y": place[1]})
    mistakes.wait("stage.tape.current?.arrays.flags.data[2] === 1")
    _, other = answer(inside, run)
    assert other != run
