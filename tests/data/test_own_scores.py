"""A reader's own labels and scores: what is understood, what is refused with which words, and the link."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcore.data.own_scores import MAX_ROWS, OwnScores, from_link, parse_scores, to_link
from dlcore.errors import DataError

WANTED = OwnScores((1, 0, 1), (0.9, 0.2, 0.5), ("0", "1"))


@pytest.mark.parametrize(
    "text",
    [
        "label,score\n1,0.9\n0,0.2\n1,0.5",
        "1,0.9\n0,0.2\n1,0.5\n",
        "score\ty\n0.9\t1\n0.2\t0\n0.5\t1",
        "1;0,9\n0;0,2\n\n1;0,5",
        "1，0.9\n0，0.2\n1，0.5",
        "1,0.9,,\n0,0.2,,\n1,0.5,,",
        b"\xef\xbb\xbf1,0.9\n0,0.2\n1,0.5",
    ],
)
def test_columns_separators_and_headers_are_found(text):
    assert parse_scores(text) == WANTED


@pytest.mark.parametrize(
    ("labels", "names"),
    [
        (("1", "-1", "1"), ("-1", "1")),
        (("spam", "ham", "spam"), ("spam", "ham")),
        (("True", "False", "true"), ("False", "True")),
        (("阳性", "阴性", "阳性"), ("阴性", "阳性")),
        (("2", "1.0", "2.0"), ("2", "1.0")),
        (("7", "3", "7"), ("3", "7")),
    ],
)
def test_the_positive_label_is_the_one_that_says_so(labels, names):
    own = parse_scores("\n".join(f"{label},{score}" for label, score in zip(labels, (0.9, 0.2, 0.5), strict=True)))
    assert own.names == names
    assert own.labels == ((1, 0, 1) if labels[0].lower() == names[1].lower() else (0, 1, 0))


def test_gb18030_is_read():
    assert parse_scores("标签,分数\n是,0.9\n否,0.1".encode("gb18030")).names == ("否", "是")


def test_one_label_alone_is_allowed():
    assert parse_scores("1,0.9\n1,0.2").labels == (1, 1)
    assert parse_scores("0,0.9\n0,0.2").labels == (0, 0)
    assert parse_scores("no,0.9\nno,0.2").labels == (0, 0)


def test_swapping_turns_labels_and_names():
    assert WANTED.swapped() == OwnScores((0, 1, 0), (0.9, 0.2, 0.5), ("1", "0"))


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ("", "scores_empty", None),
        (" ;,\n\n", "scores_empty", None),
        ("label,score", "scores_too_few", None),
        ("1,0.5", "scores_too_few", None),
        ("1,0.5\n0", "scores_columns", 2),
        ("1,0.5,3\n0,0.5,3", "scores_columns", 1),
        ("1,0.5\n0,\n1,2", "scores_missing", 2),
        ("a,b\nc,d\n1,0.5\n0,x", "scores_no_number", 2),
        ("1,0.5\n0,0.2\n2,0.4", "scores_labels", 3),
        ("1,0.5\n0,nan", "scores_no_number", 2),
        ("1,1e400\n0,2", "scores_no_number", 1),
        ("1,0.5\n" * (MAX_ROWS + 1), "scores_too_many", None),
        (b"\x00\x01\x02PNG", "binary", None),
        (b"1,0.5\n" * 400_000, "csv_too_long", None),
    ],
)
def test_what_is_wrong_is_said_with_the_line(text, code, row):
    with pytest.raises(DataError) as caught:
        parse_scores(text)
    assert caught.value.code == code
    assert caught.value.values.get("row") == row


@given(st.lists(st.tuples(st.integers(0, 1), st.floats(-1e6, 1e6)), min_size=2, max_size=50))
def test_a_link_holds_the_same_scores(rows):
    own = parse_scores("\n".join(f"{label},{score!r}" for label, score in rows))
    again = from_link(to_link(own), own.names)
    assert sorted(zip(again.labels, again.scores, strict=True)) == sorted(zip(own.labels, own.scores, strict=True))


@pytest.mark.parametrize(
    "text", ["", ";", "1,2", "1;2;3", "a;b", "1,,2;3", "nan;1", "1," * 700 + "1;2", "1" * 20_000 + ";2"]
)
def test_a_broken_link_is_refused(text):
    with pytest.raises(DataError) as caught:
        from_link(text)
    assert caught.value.code == "scores_link"


def test_too_many_rows_are_not_put_into_a_link():
    own = OwnScores((0, 1) * 400, (0.123456789,) * 800, ("", ""))
    assert to_link(own) == ""
