"""The page Activations as a reader meets it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from dlcore.advance import advance
from dlcore.frames import unpack
from dlcore.specs import ActivationRaceSpec, DeadUnitsSpec, DepthLabSpec
from tests.browser.conftest import Open, Player, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_the_probe_and_the_slopes_move_without_a_server(visit: Open) -> None:
    page = visit("/activations")
    probe = page.locator(".probe")
    expect(probe).to_contain_text("f(1.5) = 1 / (1 + e−1.5)")
    page.context.set_offline(True)
    probe.locator("select").first.select_option("prelu")
    probe.locator("input[type=range]").first.fill("-2")
    expect(probe).to_contain_text("f′(−2) = −2 ≤ 0 ⇒ 0.25 = 0.25")
    curve = probe.locator("polyline.f").get_attribute("points")
    probe.locator("input[type=range]").nth(1).fill("-0.5")
    expect(probe).to_contain_text("f(−2) = −2 ≤ 0 ⇒ (−0.5) · (−2) = 1")
    assert probe.locator("polyline.f").get_attribute("points") != curve
    wait_for(page, "location.search.includes('probe=prelu,-2,-0.5')")
    page.context.set_offline(False)


def test_a_link_restores_the_probe_and_dragging_moves_it(visit: Open) -> None:
    page = visit("/activations?probe=gelu,-0.7,,mish")
    probe = page.locator(".probe")
    expect(probe).to_contain_text("f(−0.7) = −0.7 · 0.242 = −0.1694")
    expect(probe.locator("polyline")).to_have_count(4)
    picture = probe.locator("svg").bounding_box()
    assert picture is not None
    page.mouse.click(picture["x"] + picture["width"] * (40 + 650 / 2) / 700, picture["y"] + picture["height"] / 2)
    expect(probe).to_contain_text("f(0) = 0 · 0.5 = 0")


def test_the_depth_lab_shows_what_was_measured(visit: Open) -> None:
    player = Player(visit("/activations?tab=depth&d.depth=12&d.layer_width=30"), "activations.depth")
    player.press("Start")
    player.wait_for_phase("finished")
    spec = DepthLabSpec(depth=12, layer_width=30)
    expected = unpack(advance(spec, None, spec.n_steps).frames[-1].blob)
    player.wait("stage.tape.atEnd")
    assert player.frames()[-1]["scalars"] == expected.scalars
    shown = player.read("[...stage.tape.array('grad_norm_mean').data]")
    assert shown == expected.arrays["grad_norm_mean"].tolist()
    expect(player.page.locator(".stage .sentence").first).to_contain_text("Nets measured: 8")


def test_dead_units_stay_dead_after_a_fork(visit: Open) -> None:
    page = visit("/activations?tab=dead&u.n_steps=150")
    player = Player(page, "activations.dead")
    player.press("Start")
    player.wait_for_phase("finished")
    page.locator(".stage input[type=range]").first.fill("100")
    step = player.read("stage.tape.step")
    page.locator(".stage .fork summary").first.click()
    page.locator(".stage .fork input").first.fill("0.003")
    run = player.read("stage.tape.run")
    player.press("Fork")
    player.wait(f"stage.tape.run !== '{run}'")
    player.wait_for_phase("finished")
    forked = DeadUnitsSpec(n_steps=150, edits=((step, "learning_rate", 0.003),))
    frames = player.frames()
    assert frames[-1]["scalars"] == advance(forked, None, 150).frames[-1].scalars
    before = next(frame for frame in frames if frame["step"] == step)["scalars"]["dead_relu"]
    assert frames[-1]["scalars"]["dead_relu"] == pytest.approx(before, abs=0.03)


def test_the_race_finishes_with_a_verdict_and_its_link_gives_the_same(visit: Open) -> None:
    address = "/activations?tab=race&r.activations=relu,identity&r.dataset=circle&r.hidden_sizes=8&r.n_steps=200"
    page = visit(address)
    player = Player(page, "activations.race")
    player.press("Start")
    player.wait_for_phase("finished")
    expect(page.get_by_text("Lowest median test loss: ReLU")).to_be_visible()
    page.get_by_role("button", name="Link to these settings").click()
    link = page.locator("[data-testid=stCode]").inner_text().strip()
    again = Player(visit("/" + link.split("/", 3)[3]), "activations.race")
    again.wait("stage.header.phase === 'finished' && stage.tape.received >= stage.header.n_frames")
    spec = ActivationRaceSpec(activations=("relu", "identity"), dataset="circle", hidden_sizes=(8,), n_steps=200)
    expected = advance(spec, None, 200).frames[-1].scalars
    assert player.frames()[-1]["scalars"] == again.frames()[-1]["scalars"] == expected


def test_the_cost_is_measured_on_request(visit: Open) -> None:
    page = visit("/activations?tab=cost&elements=1000")
    page.get_by_role("button", name="Measure now on this machine").click()
    expect(page.locator("[data-testid=stVegaLiteChart]")).to_be_visible()
    expect(page.get_by_text("array of 1,000 float32 numbers")).to_be_visible()
