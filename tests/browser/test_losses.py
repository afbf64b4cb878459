"""The page Losses as a reader meets it: pictures that move without the server, a fair pair, a race from a click."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from dlcore.advance import advance
from dlcore.functions import constant_fits
from dlcore.functions.losses import LOSSES
from dlcore.specs import DescentSpec, PairingSpec
from tests.browser.conftest import Open, Player, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def query(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def slide(page: Page, name: str, value: float) -> None:
    slider = page.locator(f".losses input[data-name={name}]")
    slider.evaluate("(input, value) => { input.value = value; input.dispatchEvent(new Event('input')) }", value)


def count_messages(page: Page) -> None:
    """From here on count what the page sends to the server."""
    page.evaluate(
        "() => { window.sent = 0; const send = WebSocket.prototype.send;"
        "WebSocket.prototype.send = function (...all) { window.sent += 1; return send.apply(this, all) } }"
    )


def test_loss_and_gradient_follow_the_sliders_without_the_server(visit: Open) -> None:
    page = visit("/losses?tab=loss_curves&curve=huber,2,0,1,0.5,-0.5,0")
    root = page.locator(".losses")
    expect(page.get_by_text("|ŷ − y| > δ")).to_be_visible()
    count_messages(page)
    slide(page, "prediction", -1.5)
    slide(page, "parameter", 2)
    expect(page.get_by_text("|ŷ − y| ≤ δ")).to_be_visible()
    assert float(root.get_attribute("data-loss") or "nan") == LOSSES["huber"].loss(-1.5, 0, delta=2)
    assert float(root.get_attribute("data-gradient") or "nan") == LOSSES["huber"].gradient(-1.5, 0, delta=2)
    wait_for(page, "location.search.includes('huber,-1.5,0,2')")
    assert page.evaluate("window.sent") == 0
    page.get_by_label("Loss", exact=True).first.select_option("cross_entropy")
    expect(page.get_by_text("p = softmax(z)")).to_be_visible()


def test_four_fits_move_with_the_dragged_outlier(visit: Open) -> None:
    page = visit("/losses?tab=one_outlier")
    root, dot = page.locator(".losses"), page.get_by_role("slider", name="The outlier").last
    dot.scroll_into_view_if_needed()
    count_messages(page)
    before = json.loads(root.get_attribute("data-fits") or "")
    box = dot.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 90, box["y"] + 5, steps=4)
    page.mouse.up()
    dragged = float(dot.get_attribute("aria-valuenow") or "nan")
    after = json.loads(root.get_attribute("data-fits") or "")
    assert dragged > 5
    assert after[0][0] - before[0][0] == pytest.approx((dragged - 4) / 9)
    assert after[1] == before[1]
    dot.press("Home")
    dot.press("ArrowRight")
    values = [-3, -1.8, -0.9, -0.2, 0.2, 0.9, 1.8, 3, -9.9]
    wanted = [
        constant_fits.mean(values),
        constant_fits.quantile(values, 0.5),
        constant_fits.huber(values, 1),
        constant_fits.quantile(values, 0.75),
    ]
    np.testing.assert_allclose(json.loads(root.get_attribute("data-fits") or ""), wanted, atol=1e-9)
    wait_for(page, "location.search.includes('-9.9')")
    assert page.evaluate("window.sent") == 0
    page.reload()
    expect(page.get_by_role("slider", name="The outlier").last).to_have_attribute("aria-valuenow", "-9.9")


def test_both_sides_of_a_pair_are_trained_and_judged(visit: Open) -> None:
    page = visit("/losses?tab=pairing&n_steps=200")
    player = Player(page, "losses.pairing")
    player.press("Start")
    player.wait_for_phase("finished")
    expect(page.get_by_text("Test accuracy after 200 steps")).to_be_visible()
    frames = advance(PairingSpec(n_steps=200), None, 200).frames
    assert player.frames()[-1]["scalars"] == frames[-1].scalars
    page.get_by_role("radio", name="Several labels at once").click()
    wait_for(page, "location.search.includes('pairing=multilabel')")
    assert query(page)["learning_rate"] == "0.3"


def test_the_race_starts_where_the_reader_clicks(visit: Open) -> None:
    page = visit("/losses?tab=descent")
    player = Player(page, "losses.descent")
    before = player.read("stage.tape.run")
    canvas = page.locator(".stage canvas").first
    canvas.scroll_into_view_if_needed()
    x, y = player.read("stage.panels[0].toCanvas(1.5, -1)")
    canvas.click(position={"x": x, "y": y})
    player.wait(f"stage.tape.run !== '{before}'")
    wait_for(page, "location.search.includes('d.start_x')")
    start = {name: float(query(page)[f"d.{name}"]) for name in ("start_x", "start_y")}
    assert list(start.values()) == pytest.approx([1.5, -1], abs=0.03)  # the mouse moves by whole pixels
    player.press("Start")
    player.wait_for_phase("finished")
    player.press("Stop")
    last = advance(DescentSpec(**start), None, 200).frames[-1].scalars
    assert player.read("stage.tape.current.scalars") == last
    assert player.read("stage.panels.length") == 2 + 5


def test_pointing_at_the_surface_reads_its_loss(visit: Open) -> None:
    page = visit("/losses?tab=descent")
    player = Player(page, "losses.descent")
    canvas = page.locator(".stage canvas").first
    canvas.scroll_into_view_if_needed()
    x, y = player.read("stage.panels[0].toCanvas(1, 1)")
    canvas.hover(position={"x": x, "y": y})
    readout = page.locator(".stage .readout").first
    expect(readout).to_contain_text("(1.0, 1.0): L ≈ ")
    value = float(readout.inner_text().split("≈")[1])
    assert value == pytest.approx(0.5 * (1 + 50), rel=0.03)  # a pixel is 0.013 wide, which is 2.6 % of the loss here


def test_a_link_restores_a_fork_of_the_race(visit: Open) -> None:
    start = "d.landscape=rosenbrock&d.start_x=-1.2&d.start_y=1&d.n_steps=100"
    page = visit(f"/losses?tab=descent&{start}&d.racers=sgd,adam&d.edits=50,rate_factor,0.1")
    player = Player(page, "losses.descent")
    expect(page.get_by_text("from step 50").first).to_be_visible()
    player.press("Start")
    player.wait_for_phase("finished")
    assert "nesterov_loss" not in player.read("stage.tape.current.scalars")
    assert player.read("stage.tape.frames.at(-1).scalars.sgd_eta") == pytest.approx(1e-4)
    assert player.read("stage.tape.frames[0].scalars.sgd_eta") == pytest.approx(1e-3)
