"""The page CNN: what is refused is said with its numbers."""

from __future__ import annotations

import re

import pytest

from dlcore.errors import StackError
from dlcore.functions.layer_arithmetic import describe_stack, parse_stack
from ui.text import LANGUAGES, read_labels

REFUSED = {
    "conv 8 5-maxpool 2-conv 8 11": ("3", "= 11", "2 + 2 · 0 = 2"),
    "relu-maxpool 3 p2": ("2", "maxpool 3 p2", "1"),
    "flatten-conv 8 3": ("2", "conv 8 3"),
    "relu-linear 10": ("2", "linear 10"),
    "relu-blur 3": ("2", "blur 3"),
    "relu-conv 8": ("2", "conv 8"),
    "conv 8 3 s9": ("1", "9", "8"),
    "-".join(["relu"] * 13): ("13", "12"),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", REFUSED)
def test_a_refused_stack_is_said_with_its_layer_and_numbers(text: str, language: str) -> None:
    with pytest.raises(StackError) as caught:
        describe_stack(parse_stack(text), (1, 8, 8))
    said = read_labels(language).sentence(caught.value)
    assert all(number in said for number in REFUSED[text])
    assert not re.search(r"[{}]", said)
