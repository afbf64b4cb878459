"""The recursive network as a reader meets it: composed by hand, trained with moving trees, a negation flipped."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from dlcore.advance import advance
from dlcore.specs import RntnSpec
from tests.browser.conftest import Open, Player

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_journey_through_the_recursive_network(visit: Open) -> None:
    page = visit("/other_models?tab=rntn&n.n_steps=12&n.n_trees=40&n.n_seeds=1&n.vector_size=4")
    by_hand = page.locator(".composition")
    expect(by_hand).to_have_attribute("data-right", "2")
    page.get_by_role("button", name="One entry of V").click()
    expect(by_hand).to_have_attribute("data-right", "4")

    player = Player(page, "other_models.rntn")
    trees = page.locator(".panel.tree").first
    before = player.read("[...stage.tape.array('said_tensor').data].join()")
    player.press("Start")
    player.wait_for_phase("finished")
    spec = RntnSpec(n_steps=12, n_trees=40, n_seeds=1, vector_size=4)
    assert player.frames()[-1]["scalars"] == advance(spec, None, 12).frames[-1].scalars
    player.read("(stage.tape.seek(stage.tape.last), stage.redraw())")
    player.wait("stage.tape.atEnd")
    assert player.read("[...stage.tape.array('said_tensor').data].join()") != before
    expect(trees.locator(".readout")).to_contain_text("the film was not very good")
    trees.locator(".trees").press("ArrowDown")
    expect(trees.locator(".readout")).to_contain_text("“the film”")

    page.get_by_text("Read with the weights after 12 updates.").wait_for()
    typed = page.get_by_label("Sentence", exact=True).and_(page.locator("input"))
    typed.fill("nobody hated the music")
    typed.press("Enter")
    page.get_by_text("they hated the music").first.wait_for()
    changed = page.locator(".panel.tree .above")
    expect(changed).to_have_count(6)  # the leaf and the root, in three networks
    typed.fill("nobody hated the musik")
    typed.press("Enter")
    page.get_by_text("“musik” (word 4) is not a word of this grammar.").wait_for()
    expect(changed).to_have_count(6)
