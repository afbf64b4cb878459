"""Own tables: whatever is pasted or uploaded becomes rows, or an error that says what is wrong."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcore.data.tables import MAX_LINES, choose, parse_table
from dlcore.errors import DataError
from dlcore.specs import LinearRegressionSpec

PLAIN = "size,price\n1.5,2\n2.5,3\n4,5\n"


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        "size;price\n1,5;2\n2,5;3\n4;5",
        "size\tprice\r\n1,5\t2\r\n2.5\t3\r\n4\t5\r\n",
        "size，price\n1.5，2\n2.5，3\n4，5",
        ("\ufeff" + PLAIN).encode(),
        PLAIN.encode("utf-16"),
        "size,price,,\n1.5,2,,\n2.5,3,,\n4,5,,".replace(",,", ""),
        'size, price\n"1.5", 2\n\n;;\n2.5,3\n4,5',
    ],
)
def test_the_same_table_in_many_forms(text: str | bytes) -> None:
    table = parse_table(text)
    assert table.names == ("size", "price")
    assert table.numbers.tolist() == [[1.5, 2], [2.5, 3], [4, 5]]
    assert (table.n_rows, table.is_sampled, table.words) == (3, False, {})


def test_without_a_header_columns_get_names() -> None:
    assert parse_table("1,5;2\n2,5;3\n4;5").names == ("x1", "x2")
    assert parse_table("a,a,\n1,2,3\n1,2,3\n1,2,3").names == ("a", "a (2)", "x3")


def test_words_are_told_and_gaps_left_out() -> None:
    table = parse_table("name,x,y\nAnn,1,2\nBob,,3\nCyd,NA,4\nDan,3,5\nEve,4,6\n")
    assert table.names == ("x", "y")
    assert table.words == {"name": (2, "Ann")}
    chosen = choose(table, ("x",), "y", 200, 600)
    assert chosen.rows == ((1, 2), (3, 5), (4, 6))
    assert (chosen.n_missing, chosen.n_left) == (2, 3)


@pytest.mark.parametrize(
    ("text", "code", "values"),
    [
        ("", "table_empty", {}),
        (" \n;;\n", "table_empty", {}),
        (bytes(range(256)) * 20, "binary", {}),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "binary", {}),
        ("hello\nworld\n", "table_one_column", {"value": "hello"}),
        ("a,b\n1,2\n3,4\n", "table_too_few_rows", {"value": 2, "low": 3}),
        ("a,b\n1,2\n3,4,5\n5,6\n", "table_columns", {"row": 3, "value": 3, "expected": 2}),
        ("a,b\n1,x\n3,y\n5,z\n", "table_no_numbers", {"row": 2, "column": "b", "value": "x"}),
        ("a,b\n1e999,1\n3,2\n5,3\n", "table_no_numbers", {"row": 2, "column": "a", "value": "1e999"}),
        (",".join("abc" for _ in range(201)) + "\n1", "table_too_many_columns", {"value": 201, "high": 200}),
        ("x" * 10_000_001, "table_too_long", {"high": 10}),
    ],
)
def test_what_is_wrong_is_said(text: str | bytes, code: str, values: dict) -> None:
    with pytest.raises(DataError) as caught:
        parse_table(text)
    assert caught.value.code == code
    assert values.items() <= caught.value.values.items()


def test_a_large_table_is_sampled_evenly_and_fits_into_a_link() -> None:
    lines = [f"{number},{2 * number},{number % 7}" for number in range(400_000)]
    text = ("x,y,z\n" + "\n".join(lines)).encode()
    assert 5_000_000 < len(text) < 10_000_000
    table = parse_table(text)
    assert (table.n_rows, len(table.numbers), table.is_sampled) == (400_000, MAX_LINES, True)
    assert np.diff(table.numbers[:, 0]).tolist() == [200] * (MAX_LINES - 1)
    chosen = choose(table, ("x", "z"), "y", 200, 600)
    assert (len(chosen.rows), chosen.n_left) == (200, MAX_LINES)
    assert chosen.names == ("x (10^5)", "z", "y (10^5)")
    spec = LinearRegressionSpec(table="own", rows=chosen.rows)
    assert len(spec.to_texts()["rows"]) < 6000  # characters of the link


def test_too_many_gaps() -> None:
    table = parse_table("x,y\n1,\n,2\n3,4\n5,6\n")
    with pytest.raises(DataError, match="table_too_few_whole"):
        choose(table, ("x",), "y", 200, 600)


@given(st.one_of(st.text(max_size=80), st.binary(max_size=80)))
def test_anything_is_a_table_or_an_error(text: str | bytes) -> None:
    try:
        table = parse_table(text)
    except DataError:
        return
    assert table.numbers.shape == (table.n_rows, len(table.names))
