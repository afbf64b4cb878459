"""Pasted and uploaded points: what is understood, what is refused and in which words, and that nothing else happens."""

from __future__ import annotations

import ast
import inspect
import string
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlcore.data import points as module
from dlcore.data.points import MAX_CLASS, MAX_ROWS, MIN_ROWS, parse_points
from dlcore.data.toy2d import DOMAIN
from dlcore.errors import DataError
from ui.text import LANGUAGES, read_labels

POINTS = ((1.5, -2.0, 0), (-3.0, 0.25, 1), (0.0, 6.0, 2))
ROWS = ["1.5,-2,0", "-3,.25,1", "0,6,2"]
HEADERS = ["x1,x2,class", "x,y,label", "横坐标,纵坐标,类别", '"x1","x2","class"', None]

# Every way to be refused: text, code, and the numbers and names for the sentence.
REFUSED: list[tuple[str | bytes, str, dict[str, Any]]] = [
    ("", "empty", {}),
    (" " * 2_000_001, "csv_too_long", {"high": 2}),
    ("\n \t\n;;\n", "empty", {}),
    ("x1,x2,class\n", "empty", {}),
    ("1,2,0", "too_few_rows", {"value": 1, "low": 2}),
    ("1,2,0\n" * 1001, "too_many_rows", {"value": 1001, "high": 1000}),
    ("1,2,0\n3,4\n", "columns", {"row": 2, "value": 2, "expected": 3}),
    ("x1,x2,class\n\n1,2,0,9\n1,2,1", "columns", {"row": 3, "value": 4, "expected": 3}),
    ("1 2 0\n3 4 1", "columns", {"row": 1, "value": 1, "expected": 3}),
    (f"1,2,{'a' * 200_000}\n3,4,1", "columns", {"row": 1, "value": 1, "expected": 3}),
    ("1,2,0\n3,,1", "missing", {"row": 2, "column": "x2"}),
    ("1,2,0\n3,4, ", "missing", {"row": 2, "column": "class"}),
    ("1,2,0\n3,four,1", "not_a_number", {"row": 2, "column": "x2", "value": "four"}),
    ("1,2,0\nnan,4,1", "not_a_number", {"row": 2, "column": "x1", "value": "nan"}),
    ("1,2,0\n1_0,4,1", "not_a_number", {"row": 2, "column": "x1", "value": "1_0"}),
    ("1,2,0\n٣,4,1", "not_a_number", {"row": 2, "column": "x1", "value": "٣"}),
    (f"1,2,0\n{'long ' * 9},4,1", "not_a_number", {"row": 2, "column": "x1", "value": "long long long long "}),
    ("1,2,0\n3,6.001,1", "outside", {"row": 2, "column": "x2", "value": "6.001", "low": -6, "high": 6}),
    ("1,2,0\n-1e999,4,1", "outside", {"row": 2, "column": "x1", "value": "-1e999", "low": -6, "high": 6}),
    ("1,2,0\n3,4,1\n5,6,5", "outside", {"row": 3, "column": "class", "value": "5", "low": 0, "high": 4}),
    ("1,2,0\n3,4,1\n5,6,0.5", "outside", {"row": 3, "column": "class", "value": "0.5", "low": 0, "high": 4}),
    ("1,2,a\n3,4,b\n5,6,c", "too_many_labels", {"row": 3, "value": "c", "high": 2}),
    ("1,2,0\n3,4,1\n5,6,c", "too_many_labels", {"row": 3, "value": "c", "high": 2}),
    ("1,2,red\n3,4,red", "one_class", {"value": "red"}),
    ("1,2,1\n3,4,1.0", "one_class", {"value": "1"}),
    (b"\x89PNG\r\n\x1a\n\x00\x00", "binary", {}),
    ("1,2,0\n3,4,1".encode("utf-16"), "binary", {}),
    (b"1,2,caf\xe9\n3,4,1", "binary", {}),
    ("1,2,0\n3,4,\0", "binary", {}),
]


def refusal(text: str | bytes) -> DataError:
    """The error that this text raises."""
    with pytest.raises(DataError) as caught:
        parse_points(text)
    return caught.value


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("separator", [",", ";", "\t", " , "])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\n\n"])
def test_tables_are_understood(header, separator, ending):
    lines = ROWS if header is None else [header, *ROWS]
    text = ending.join(line.replace(",", separator) for line in lines)
    assert parse_points(text) == parse_points(text + ending) == POINTS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_bytes_are_understood(encoding):
    """Also what a Chinese Excel saves, labels included."""
    text = "横坐标,纵坐标,类别\r\n1.5,-2,红\r\n-3,0.25,蓝\r\n"
    assert parse_points(text.encode(encoding)) == ((1.5, -2.0, 0), (-3.0, 0.25, 1))


def test_a_byte_order_mark_is_no_part_of_the_first_number():
    assert parse_points("\ufeff" + "\n".join(ROWS)) == POINTS
    assert parse_points("\n".join(ROWS).encode("utf-8-sig")) == POINTS


@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_decimal_comma_is_understood_where_it_separates_nothing(separator):
    text = "\n".join(row.replace(",", separator).replace(".", ",") for row in ROWS)
    assert parse_points(text) == POINTS


def test_quotes_spaces_and_exponents():
    assert parse_points('"1.5", "-2", "0"\n-30e-1 ,+.25,1\n0, 6. ,2') == POINTS


def test_coordinates_are_rounded_to_three_decimals_without_a_minus_zero():
    found = parse_points("0.12349,-0.0001,0\n1,2,1")
    assert found[0] == (0.123, 0.0, 0)
    assert str(found[0][1]) == "0.0"


@pytest.mark.parametrize(
    ("labels", "classes"),
    [
        (("-1", "1", "-1"), (0, 1, 0)),
        (("1", "-1", "1.0"), (0, 1, 0)),
        (("red", "blue", "red"), (0, 1, 0)),
        (("红", "蓝", "蓝"), (0, 1, 1)),
        (("0", "blue", "0"), (0, 1, 0)),
        (("1", "2", "1"), (1, 2, 1)),
        (("0.0", "4", "3"), (0, 4, 3)),
    ],
)
def test_classes(labels, classes):
    """Whole numbers 0 to 4 stand for themselves; any other two labels are 0 and 1 by first appearance."""
    text = "\n".join(f"1,2,{label}" for label in labels)
    assert tuple(label for _, _, label in parse_points(text)) == classes


def test_the_limits_themselves_are_allowed():
    assert len(parse_points("1,2,0\n-6,6,1")) == MIN_ROWS
    assert len(parse_points("x,y,z\n" + "1,2,0\n3,4,4\n" * (MAX_ROWS // 2))) == MAX_ROWS


@pytest.mark.parametrize(("text", "code", "values"), REFUSED, ids=[code for _, code, _ in REFUSED])
def test_what_is_refused_and_why(text, code, values):
    error = refusal(text)
    assert (error.code, error.values) == (code, values)


def test_every_error_in_the_source_is_tried_above():
    called = [node for node in ast.walk(ast.parse(inspect.getsource(module))) if isinstance(node, ast.Call)]
    codes = {ast.literal_eval(call.args[0]) for call in called if getattr(call.func, "id", "") == "DataError"}
    assert codes == {code for _, code, _ in REFUSED}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("text", "code", "values"), REFUSED, ids=[code for _, code, _ in REFUSED])
def test_every_error_has_its_sentence(text, code, values, language):
    """Its placeholders are among the values; row, column and what was found are named."""
    labels = read_labels(language)
    placeholders = {name for _, name, _, _ in string.Formatter().parse(labels[f"error_{code}"]) if name}
    assert placeholders <= set(values)
    assert {"row", "column", "value"} & set(values) <= placeholders
    sentence = labels.sentence(refusal(text))
    assert "{" not in sentence
    assert "row" not in values or str(values["row"]) in sentence


TABLES = st.lists(
    st.lists(st.sampled_from(["1", "-2.5", "7", "0", "4", "a", "红", "", '"', " ", "1e5", "-", "x1"]), max_size=4),
    max_size=6,
)
SEPARATED = st.builds(
    lambda rows, mark, end: end.join(mark.join(row) for row in rows),
    TABLES,
    st.sampled_from(",;\t ，"),
    st.sampled_from(["\n", "\r\n", "\r", "\u2028"]),
)
ANY_TEXT = st.text(st.characters(), max_size=60) | st.text("0123456789.,;+-eE \t\n\r\"'x\ufeff\0", max_size=60)
ENCODED = st.builds(str.encode, SEPARATED, st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]))


@settings(max_examples=500, deadline=None)
@given(SEPARATED | ANY_TEXT | ENCODED | st.binary(max_size=60))
def test_anything_is_points_or_a_data_error_with_a_sentence(text):
    found = parse_or_refuse(text)
    if isinstance(found, DataError):
        assert all(len(value) <= 20 for value in found.values.values() if isinstance(value, str))
        assert all(read_labels(language).sentence(found) for language in LANGUAGES)
    else:
        assert MIN_ROWS <= len(found) <= MAX_ROWS
        assert len({label for _, _, label in found}) > 1
        for x1, x2, label in found:
            assert (type(x1), type(x2), type(label)) == (float, float, int)
            assert max(abs(x1), abs(x2)) <= DOMAIN
            assert label in range(MAX_CLASS + 1)


def parse_or_refuse(text: str | bytes) -> tuple[tuple[float, float, int], ...] | DataError:
    try:
        return parse_points(text)
    except DataError as error:
        return error


COORDINATE = st.integers(-6000, 6000).map(lambda thousandths: thousandths / 1000)


@settings(max_examples=100, deadline=None)
@given(
    rows=st.lists(st.tuples(COORDINATE, COORDINATE, st.integers(0, 4)), min_size=2, max_size=30),
    separator=st.sampled_from(",;\t"),
    header=st.booleans(),
)
def test_whatever_is_written_is_read_back(rows, separator, header):
    rows = [(0.0, 0.0, 0), (0.0, 0.0, 1), *rows]
    lines = [("x1", "x2", "class")] * header + rows
    text = "\n".join(separator.join(map(str, line)) for line in lines)
    assert parse_points(text) == parse_points(text.encode()) == tuple(rows)
