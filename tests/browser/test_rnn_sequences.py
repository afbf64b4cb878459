"""The tabs of sequences as a reader meets them: a run that is played, a text that streams in, words that stand out."""

from __future__ import annotations

import pytest

from dlcore.advance import advance
from dlcore.specs import ForecastSpec, TagsSpec
from tests.browser.conftest import Open, Player, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_forecast_is_played_and_the_winner_named(visit: Open) -> None:
    page = visit("/rnn?tab=forecast&f.n_steps=30&f.n_units=4")
    player = Player(page, "rnn.forecast")
    player.press("Start")
    player.wait_for_phase("finished")
    spec = ForecastSpec(n_steps=30, n_units=4)
    assert player.frames()[-1]["scalars"] == advance(spec, None, 30).frames[-1].scalars
    page.get_by_text("has the smallest error").first.wait_for()
    assert player.read("stage.tape.array('free').data.length") == 44


def test_the_network_writes_into_the_page_and_a_unit_is_coloured(visit: Open) -> None:
    page = visit("/rnn?tab=characters&c.corpus=names&c.n_units=8&c.n_steps=20")
    page.get_by_role("button", name="Write 300 characters").click()
    page.get_by_text("Underlined:").wait_for()
    assert len(page.locator("pre b").last.inner_text()) == 3  # what the reader gave it
    page.get_by_role("button", name="Read it with the weights").click()
    page.get_by_text("State of unit 0").wait_for()
    follows = page.get_by_role("button", name="Spaces and line ends: unit")
    unit = follows.inner_text().split("unit ")[1].split(" ")[0]
    follows.click()
    page.get_by_text(f"State of unit {unit} after").wait_for()


def test_tags_that_are_wrong_stand_out_while_it_learns(visit: Open) -> None:
    page = visit("/rnn?tab=tags&t.n_steps=20&t.n_units=4")
    player = Player(page, "rnn.tags")
    wrong = page.locator(".writing td.off")
    wrong.first.wait_for()
    before = wrong.count()
    player.press("Start")
    player.wait_for_phase("finished")
    assert player.frames()[-1]["scalars"] == advance(TagsSpec(n_steps=20, n_units=4), None, 20).frames[-1].scalars
    player.read("(stage.tape.seek(stage.tape.last), stage.redraw())")
    player.wait("stage.tape.atEnd")
    assert wrong.count() != before


def test_a_vowel_can_be_heard_and_seen(visit: Open) -> None:
    page = visit("/rnn?tab=sound&v.n_steps=5&v.n_units=4")
    audio = page.locator("audio").first
    audio.wait_for()
    wait_for(page, "() => document.querySelector('audio').duration > 0.3")
    assert audio.evaluate("audio => audio.duration") == pytest.approx(0.4, abs=0.01)
    player = Player(page, "rnn.sound")
    player.press("One step")
    player.wait("stage.tape.step === 1")
    assert player.read("stage.tape.array('confusion_cnn').data.reduce((sum, n) => sum + n, 0)") == 200
