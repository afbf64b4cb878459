"""The page PR curve as a reader meets it: linked pictures that need no server, and scores from the playground."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from dlcore.advance import advance, ask
from dlcore.frames import unpack
from dlcore.functions import metrics
from dlcore.functions.metrics import rank
from dlcore.specs import PlaygroundSpec, ScoredClassifierSpec
from tests.browser.conftest import Open, Player, Server, wait_for, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def numbers(page: Page, lab: int = 0) -> dict[str, Any]:
    """What the lab tells at its threshold."""
    return json.loads(page.locator(".scores[data-numbers]").nth(lab).get_attribute("data-numbers") or "{}")


def slide(page: Page, name: str, value: float, lab: int = 0) -> None:
    slider = page.locator(".scores[data-numbers]").nth(lab).locator(f"input[data-name={name}]")
    slider.evaluate("(input, value) => { input.value = value; input.dispatchEvent(new Event('input')) }", value)


def pictures(page: Page, lab: int = 0) -> dict[str, str]:
    """Every picture as it is drawn."""
    root = page.locator(".scores[data-numbers]").nth(lab)
    return {name: root.locator(f"svg.{name}").inner_html() for name in ("histogram", "matrix", "pr", "roc")}


def finish(page: Page, key: str) -> Player:
    player = Player(page, key)
    player.press("Start")
    player.wait_for_phase("finished")
    player.read("stage.stop()")
    return player


def test_the_threshold_moves_every_picture_while_the_server_stands_still(visit: Open, server: Server) -> None:
    page = visit("/pr_curve?tab=pr_threshold&n_steps=100")
    player = finish(page, "pr_curve.trained")
    player.wait("stage.tape.step === 100")
    spec = ScoredClassifierSpec(n_steps=100)
    first, *_, last = (unpack(frame.blob) for frame in advance(spec, None, 100).frames)
    wait_until(lambda: numbers(page)["ap"] == pytest.approx(last.scalars["test_ap"]), "the lab on the last frame")
    server.process.suspend()
    try:
        slide(page, "threshold", 400)
        before = pictures(page)
        slide(page, "threshold", 700)
        after = pictures(page)
        assert all(before[name] != after[name] for name in before)
        said = numbers(page)
        ranking = rank(first.arrays["test_y"], last.arrays["test_score"])
        at = metrics.at_threshold(ranking, said["threshold"])
        assert (said["tp"], said["fp"]) == (ranking.tp[at], ranking.fp[at])
        assert said["precision"] == pytest.approx(metrics.precision(ranking)[at])
        assert said["recall"] == pytest.approx(ranking.tpr[at])
        assert said["ap"] == pytest.approx(last.scalars["test_ap"])
        assert said["auc"] == pytest.approx(last.scalars["test_auc"])
        page.get_by_role("button", name="Best F").click()
        valid = rank(first.arrays["valid_y"], last.arrays["valid_score"])
        best = metrics.best_threshold(valid, metrics.f_beta(valid))
        assert metrics.at_threshold(valid, numbers(page)["threshold"]) == metrics.at_threshold(valid, best)
        page.get_by_role("button", name="Validation").click()
        assert numbers(page)["f"] == pytest.approx(metrics.f_beta(valid).max())
        player.read("stage.rewind()")
        wait_until(
            lambda: numbers(page)["ap"] == pytest.approx(first.scalars["valid_ap"]), "the lab on the first frame"
        )
    finally:
        server.process.resume()


def test_the_prevalence_moves_pr_and_leaves_roc(visit: Open) -> None:
    page = visit("/pr_curve?tab=pr_prevalence&bells=0.3")
    lab = page.locator(".scores[data-numbers]").first
    lab.wait_for()
    before, seen = numbers(page), pictures(page)
    assert before["prevalence"] == 0.5
    slide(page, "prevalence", -3)
    after, shown = numbers(page), pictures(page)
    assert shown["roc"] == seen["roc"]
    assert shown["pr"] != seen["pr"]
    assert (after["recall"], after["fpr"], after["auc"]) == (before["recall"], before["fpr"], before["auc"])
    assert after["ap"] < before["ap"] / 2
    share = float(lab.locator("svg.pr .baseline").get_attribute("data-share") or "nan")
    assert share == after["prevalence"] == 0.047  # 1 / (1 + e³), rounded
    wanted = share * after["recall"] / (share * after["recall"] + (1 - share) * after["fpr"])
    assert after["precision"] == pytest.approx(wanted)
    expect(lab.locator("svg.matrix")).to_contain_text("FN")
    assert after["tp"] + after["fn"] == pytest.approx(1000 * share)
    wait_for(page, "location.search.includes('bells=0.3,0.047')")
    page.reload()
    page.locator(".scores[data-numbers]").first.wait_for()
    assert numbers(page)["prevalence"] == 0.047


def test_a_press_on_a_curve_takes_the_nearest_threshold(visit: Open) -> None:
    page = visit("/pr_curve?tab=pr_prevalence")
    svg = page.locator(".scores svg.roc").first
    svg.wait_for()
    svg.scroll_into_view_if_needed()
    box = svg.bounding_box()
    assert box is not None
    scale = box["width"] / 360
    svg.click(position={"x": (46 + 0.5 * 304) * scale, "y": (10 + 0.1 * 244) * scale})  # (0.5, 0.9)
    assert numbers(page)["fpr"] == pytest.approx(0.44, abs=0.1)
    assert numbers(page)["recall"] == pytest.approx(0.92, abs=0.05)
    slider = page.locator(".scores input[data-name=threshold]").first
    slider.focus()
    before = numbers(page)["threshold"]
    slider.press("ArrowRight")
    assert numbers(page)["threshold"] > before


def test_the_sum_of_steps_follows_the_cases(visit: Open) -> None:
    page = visit("/pr_curve?tab=pr_average&ap=110000000000,1")
    root = page.locator(".scores[data-areas]")
    root.wait_for()
    areas = lambda: json.loads(root.get_attribute("data-areas") or "{}")  # noqa: E731
    assert areas()["step"] == 1
    root.get_by_role("button", name="Case 12").click()
    assert areas()["step"] == pytest.approx((1 + 1 + 3 / 12) / 3)
    slide_ties = "(input) => { input.value = 12; input.dispatchEvent(new Event('input')) }"
    root.locator("input[data-name=ties]").evaluate(slide_ties)
    assert areas() == pytest.approx({"step": 3 / 12, "linear": (1 + 3 / 12) / 2, "chance": 3 / 12})
    wait_for(page, "location.search.includes('ap=110000000001,12')")


def test_the_scores_of_a_playground_run_open_from_its_page(visit: Open) -> None:
    page = visit("/concepts?tab=playground&dataset=moons&noise=0.3&hidden_sizes=3&n_steps=60")
    player = Player(page)
    player.press("Start")
    player.wait_for_phase("finished")
    page.get_by_role("link", name="Judge this run by its scores").click()
    page.get_by_role("heading", name="PR curve", exact=True).wait_for()
    page.locator(".scores[data-numbers]").wait_for()
    assert "p.dataset=moons" in page.url
    spec = PlaygroundSpec(dataset="moons", noise=0.3, hidden_sizes=(3,), n_steps=60)
    answer = ask(spec, advance(spec, None, 60).state, {"scores": "test"})
    ranking = rank(answer["y_true"], answer["y_score"][:, 0])
    assert numbers(page)["ap"] == pytest.approx(metrics.average_precision(ranking))
    assert numbers(page)["auc"] == pytest.approx(metrics.roc_auc(ranking))
    page.reload()
    page.locator(".scores[data-numbers]").wait_for()
    assert numbers(page)["ap"] == pytest.approx(metrics.average_precision(ranking))


def test_every_class_against_the_rest(visit: Open) -> None:
    page = visit("/pr_curve?tab=pr_classes&k.n_steps=50")
    player = finish(page, "pr_curve.classes")
    wanted = player.read("[...stage.tape.frames.at(-1).arrays.class_ap.data]")
    micro = player.read("stage.tape.frames.at(-1).scalars.micro_ap")
    select = page.locator(".scores select")
    for choice, ap in (("8", wanted[8]), ("2", wanted[2]), ("micro", micro)):
        select.select_option(choice)
        wait_until(lambda ap=ap: numbers(page)["ap"] == pytest.approx(ap, rel=1e-6), f"AP of {choice}")
    wait_for(page, "location.search.includes('micro')")


def test_own_scores_of_one_class_say_what_is_undefined(visit: Open) -> None:
    page = visit("/pr_curve?tab=pr_own&scores=0.1,0.7;")
    page.get_by_text("There is no positive case").wait_for()
    assert numbers(page)["ap"] is None
    page = visit("/pr_curve?tab=pr_own&scores=0.5,0.5,0.5;0.5")
    assert numbers(page)["ap"] == 0.25
    assert numbers(page)["auc"] == 0.5
