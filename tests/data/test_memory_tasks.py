"""The memory tasks against what the papers say of them, and against independent ways to find the answer."""

from __future__ import annotations

import numpy as np
import pytest

from dlcore.data.memory_tasks import LONGEST_REBER, REBER, TASKS, draw_embedded_reber, draw_reber, make_batch


def generator() -> np.random.Generator:
    return np.random.default_rng(0)


def test_adding_asks_for_the_two_marked_numbers():
    s = TASKS["adding"].make(500, 20, generator())
    assert s.x.shape == (500, 20, 2)
    assert (s.x[:, :10, 1].sum(1) == 1).all()
    assert (s.x[:, 10:, 1].sum(1) == 1).all()
    np.testing.assert_allclose((s.x[:, :, 0] * s.x[:, :, 1]).sum(1), s.y, rtol=1e-6)


def test_the_floor_of_adding_is_the_variance_of_the_sum():
    y = TASKS["adding"].make(20_000, 10, generator()).y
    assert np.var(y) == pytest.approx(TASKS["adding"].floor, rel=0.02)
    assert np.mean((y - 1) ** 2) == pytest.approx(1 / 6, rel=0.02)


def test_recall_asks_for_the_first_symbol():
    s = TASKS["recall"].make(4000, 15, generator())
    symbols = s.x.argmax(2)
    assert (symbols[:, 0] == s.y).all()
    assert (symbols[:, 1:] >= 4).all()  # and nothing else tells it
    assert (symbols[:, -1] == 6).all()
    assert np.bincount(s.y).max() / 4000 == pytest.approx(1 - TASKS["recall"].floor, abs=0.03)


@pytest.mark.parametrize("length", [5, 10, 100])
def test_order_asks_for_two_symbols_among_distractors(length):
    s = TASKS["order"].make(400, length, generator())
    symbols = s.x.argmax(2)
    for row, y in zip(symbols, s.y, strict=True):
        first, second = np.flatnonzero(row < 2)
        assert 2 * row[first] + row[second] == y
        assert second - first >= max(1, 3 * length // 10 - 1)
    assert set(s.y) == {0, 1, 2, 3}


def parse(string: str) -> bool:
    """Whether a Reber string is one: by the nodes' names as in Fahlman 1991's drawing, written down once more."""
    arcs = {"0T": 1, "0P": 2, "1S": 1, "1X": 3, "2T": 2, "2V": 4, "3X": 2, "3S": 5, "4P": 3, "4V": 5}
    node: int | None = 0
    for letter in string[1:-1]:
        node = arcs.get(f"{node}{letter}")
    return string[0] == "B" and string[-1] == "E" and node == 5


@pytest.mark.parametrize(
    "string", ["BTSXSE", "BTXSE", "BPVVE", "BTSSXXTVVE", "BPTVPXTTVVE", "BTXXTTVPSE", "BTSSSSSSXSE"]
)
def test_the_grammar_knows_the_usual_examples(string):
    assert parse(string)


def test_only_strings_of_the_grammar_are_drawn():
    draw = generator()
    strings = [draw_reber(draw) for _ in range(300)]
    assert all(parse(string) for string in strings)
    assert len(set(strings)) > 40


def test_an_embedded_string_repeats_its_second_letter():
    draw = generator()
    strings = [draw_embedded_reber(draw) for _ in range(300)]
    assert all(string[1] == string[-2] and parse(string[2:-2]) for string in strings)
    assert {string[1] for string in strings} == {"T", "P"}
    assert max(map(len, strings)) <= LONGEST_REBER
    assert min(map(len, strings)) == 9  # as in Hochreiter & Schmidhuber 1997


def test_reber_judges_the_second_last_letter():
    s = TASKS["reber"].make(50, 0, generator())
    for x, y, judged in zip(s.x, s.y, s.judged, strict=True):
        string = "B" + "".join(REBER[symbol] for symbol in y[y >= 0])
        assert "".join(REBER[symbol] for symbol in x[x.any(1)].argmax(1)) == string[: LONGEST_REBER - 1]
        assert judged == len(string) - 3
        assert REBER[y[judged]] == string[1]


@pytest.mark.parametrize("task", TASKS)
def test_a_batch_is_the_same_again_and_new_at_the_next_step(task):
    first, again, other = (make_batch(task, 8, 20, 3, step) for step in (5, 5, 6))
    assert (first.x == again.x).all()
    assert (first.x != other.x).any()
    assert first.x.shape[2] == TASKS[task].n_inputs
