"""Linear regression as a reader meets it: predict, run on both sides of the limit, own table, link."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from dlcore.data.regression_problem import make_problem
from dlcore.specs import LinearRegressionSpec
from tests.browser.conftest import Open, Player, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_the_prediction_is_made_first_and_kept_on_both_sides(visit: Open) -> None:
    page = visit("/linear_regression?tab=two_ways")
    key, limit = "linear_regression.descent", make_problem(LinearRegressionSpec()).limit
    expect(page.get_by_text(f"2/λmax = {limit:.4g}")).to_be_visible()
    for share, phase, word in (("0.99", "finished", "must converge"), ("1.01", "diverged", "must diverge")):
        before = Player(page, key).read("stage.tape.run")
        page.get_by_role("button", name=f"{share} × the limit, all rows").click()
        player = Player(page, key)
        player.wait(f"stage.tape.run !== '{before}' && stage.tape.frames.length > 0")
        expect(page.locator(".stage .sentence").first).to_contain_text(word)
        player.press("Start")
        player.wait_for_phase(phase)
    first, last = player.read("[stage.tape.frames[0], stage.tape.frames.at(-1)].map(({scalars}) => scalars.excess)")
    assert last > 1e6 * first


def test_a_click_on_the_map_moves_the_start(visit: Open) -> None:
    page = visit("/linear_regression?tab=two_ways")
    player = Player(page, "linear_regression.descent")
    before = player.read("stage.tape.run")
    canvas = page.locator(".stage canvas").nth(1)
    canvas.scroll_into_view_if_needed()
    x, y = player.read("stage.panels[1].toCanvas(4, 3)")
    canvas.click(position={"x": x, "y": y})
    player.wait(f"stage.tape.run !== '{before}' && stage.tape.frames.length > 0")
    assert player.read("stage.tape.frames[0].scalars.b") == pytest.approx(4, abs=0.1)  # the mouse moves by whole pixels
    assert player.read("stage.tape.frames[0].scalars.w") == pytest.approx(3, abs=0.1)


def test_an_own_file_is_fitted_and_its_link_opens_the_same(visit: Open) -> None:
    page = visit("/linear_regression?tab=own_table")
    page.get_by_role("button", name="Upload CSV").click()
    rows = [f"{number};{3 + 2 * number};word" for number in range(1, 30)]
    text = "\n".join(["größe;preis;note", *rows]).encode()
    page.locator("input[type=file]").set_input_files({"name": "t.csv", "mimeType": "text/csv", "buffer": text})
    expect(page.get_by_text("preis = 3 + 2 · größe")).to_be_visible()
    expect(page.get_by_text("“note” is not used")).to_be_visible()
    wait_for(page, "location.search.includes('o.names')")
    other = visit(page.url[page.url.index("/linear_regression") :])
    expect(other.get_by_text("preis = 3 + 2 · größe")).to_be_visible()
    runs = [Player(one, "linear_regression.own").read("stage.tape.run") for one in (page, other)]
    assert runs[0] == runs[1]


def test_anscombes_line_is_fitted_again_without_a_point(visit: Open) -> None:
    page = visit("/linear_regression?tab=three_tables")
    chart = page.locator("[data-testid=stVegaLiteChart]").nth(2)
    expect(chart.locator("text", has_text="y = 3.00 + 0.500 x")).to_be_visible()
    chart.locator(".mark-symbol path").nth(2).click()  # the outlier of set 3
    expect(chart.locator("text", has_text="y = 4.01 + 0.345 x")).to_be_visible()
