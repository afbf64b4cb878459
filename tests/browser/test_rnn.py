"""The page RNN, LSTM, GRU as a reader meets it."""

from __future__ import annotations

import pytest

from dlcore.advance import advance
from dlcore.specs import BpttSpec, MemoryLabSpec
from tests.browser.conftest import Open, Player, wait_for, wait_until_it_fits

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_click_on_a_gate_puts_its_numbers_into_the_equations(visit: Open) -> None:
    page = visit("/rnn?tab=cell&c.n_steps=60")
    player = Player(page, "rnn.cell")
    player.press("Start")
    player.wait_for_phase("finished")
    player.wait("stage.tape.atEnd")
    page.get_by_text("Unit 1 when “a” is read at t = 1; weights after 60 steps").wait_for()
    gate = page.get_by_role("img", name="Forget gate f: how much of c is kept").first
    box = gate.bounding_box()
    assert box is not None
    gate.click(position={"x": box["width"] - 12, "y": 14})  # the last symbol, the first unit
    page.get_by_text("Unit 1 when “?” is read at t = 24").wait_for()


def test_on_a_telephone_a_wide_formula_scrolls_and_the_page_does_not(visit: Open) -> None:
    page = visit("/rnn?tab=cell&c.n_steps=1", width=390)
    formulas = "[...document.querySelectorAll('.katex-display')]"
    wait_for(page, f"{formulas}.some(one => one.scrollWidth > one.clientWidth)")
    wait_until_it_fits(page)


def test_an_own_string_is_drawn_with_its_gates(visit: Open) -> None:
    page = visit("/rnn?tab=cell&c.n_steps=30&c.cell=gru")
    Player(page, "rnn.cell")
    page.get_by_role("textbox", name="String to read").fill("b..?a?")
    page.get_by_role("textbox", name="String to read").press("Enter")
    still = Player(page, "rnn.still")
    still.wait("stage.tape.array('trace_z').shape.join() === '6,6'")
    page.get_by_text("Unit 1 when “b” is read at t = 1").wait_for()


def test_the_lab_ends_with_a_verdict(visit: Open) -> None:
    page = visit("/rnn?tab=memory&m.n_steps=40&m.sequence_length=8&m.n_units=6&m.cells=rnn,gru&m.batch_size=8")
    player = Player(page, "rnn.memory")
    player.press("Start")
    player.wait_for_phase("finished")
    page.get_by_role("heading", name="Who remembers?").wait_for()
    spec = MemoryLabSpec(n_steps=40, sequence_length=8, n_units=6, cells=("rnn", "gru"), batch_size=8)
    assert player.frames()[-1]["scalars"] == advance(spec, None, 40).frames[-1].scalars


def test_a_truncated_gradient_ends_at_the_window(visit: Open) -> None:
    player = Player(visit("/rnn?tab=bptt&b.n_steps=20&b.window=5&b.n_units=6"), "rnn.bptt")
    player.press("Start")
    player.wait_for_phase("finished")
    player.wait("stage.tape.atEnd")
    gradient = player.read("[...stage.tape.array('grad_h_truncated').data]")
    assert not any(gradient[:15])
    assert all(gradient[15:])
    spec = BpttSpec(n_steps=20, window=5, n_units=6)
    assert player.frames()[-1]["scalars"] == advance(spec, None, 20).frames[-1].scalars
