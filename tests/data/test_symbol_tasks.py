"""The strings of the opened cell: their answers, and what a reader may type."""

from __future__ import annotations

import numpy as np
import pytest

from dlcore.data.symbol_tasks import DEEPEST, LONGEST, TASKS, answers_to, encode, make_strings, read_string
from dlcore.errors import DataError


def test_the_last_letter_is_asked_for():
    symbols = read_string("latch", "a.?b ?..a?")
    assert answers_to("latch", symbols).tolist() == [-1, -1, 0, -1, 1, -1, -1, -1, 0]
    assert answers_to("latch", read_string("latch", "?a")).tolist() == [-1, -1]  # nothing to recall


def test_the_depth_is_the_number_of_open_brackets():
    assert answers_to("depth", read_string("depth", "(.(())")).tolist() == [1, 1, 2, 3, 2, 1]


@pytest.mark.parametrize("task", TASKS)
def test_drawn_strings_obey_the_rules_that_typed_ones_must(task):
    symbols, answers = make_strings(task, 200, np.random.default_rng(0))
    for row, wanted in zip(symbols, answers, strict=True):
        typed = "".join(TASKS[task].symbols[symbol] for symbol in row)
        assert (read_string(task, typed) == row).all()
        assert (answers_to(task, row) == wanted).all()
    assert set(answers[answers >= 0]) == set(range(len(TASKS[task].answers)))
    assert encode(task, symbols).sum() == symbols.size


@pytest.mark.parametrize(
    ("task", "text", "code"),
    [
        ("latch", "  ", "empty_string"),
        ("latch", "a" * (LONGEST + 1), "string_too_long"),
        ("latch", "a.c?", "unknown_symbol"),
        ("depth", "())", "depth_outside"),
        ("depth", "(" * (DEEPEST + 1), "depth_outside"),
    ],
)
def test_a_typed_string_that_breaks_a_rule_is_refused(task, text, code):
    with pytest.raises(DataError) as caught:
        read_string(task, text)
    assert caught.value.code == code
    if "place" in caught.value.values:
        assert caught.value.values["place"] in (3, 5)
