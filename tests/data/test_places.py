"""Pasted places: what is understood, what is refused and in which words."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcore.data.places import parse_places
from dlcore.errors import DataError
from ui.text import LANGUAGES, read_labels

PLACES = ((1.5, -2.0), (-0.25, 3.0))


@pytest.mark.parametrize(
    "text", ["1.5,-2\n-.25,3", "x1;x2\n1,5;-2\n-0,25;3\n", "x\ty\n\n1.5\t-2\n-0.25\t3", "1.5 -2\n-0.25  3"]
)
def test_two_columns_are_read(text):
    assert parse_places(text, 3.0, 200) == PLACES


REFUSED = [
    ("", "empty", {}),
    ("x1,x2\n\n", "empty", {}),
    ("1,2\n" * 4, "too_many_rows", {"value": 4, "high": 3}),
    ("1,2\n3", "two_columns", {"row": 2, "value": 1}),
    ("1,2,0", "two_columns", {"row": 1, "value": 3}),
    ("1,2\n\n3,four", "not_a_number", {"row": 3, "column": "x2", "value": "four"}),
    ("1,2\nnan,1", "not_a_number", {"row": 2, "column": "x1", "value": "nan"}),
    ("1,3.01", "outside", {"row": 1, "column": "x2", "value": "3.01", "low": -3.0, "high": 3.0}),
    (b"\x00\x01", "binary", {}),
]


@pytest.mark.parametrize(("text", "code", "values"), REFUSED)
def test_what_is_refused_is_told_in_both_languages(text, code, values):
    with pytest.raises(DataError) as caught:
        parse_places(text, 3.0, 3)
    assert (caught.value.code, caught.value.values) == (code, values)
    for language in LANGUAGES:
        said = read_labels(language).sentence(caught.value)
        assert all(str(values[name]) in said for name in ("row", "column") if name in values)


@given(st.text() | st.binary())
def test_anything_is_read_or_refused(text):
    with contextlib.suppress(DataError):
        assert 1 <= len(parse_places(text, 3.0, 200)) <= 200
