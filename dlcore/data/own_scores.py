"""A reader's own labels and scores, from pasted or uploaded text; the same rows can travel in a link."""

from __future__ import annotations

import csv
import math
from typing import NamedTuple

from dlcore.data.points import MAX_BYTES, NUMBER, decimal_point, decode
from dlcore.errors import DataError
from dlcore.settings import Settings

MIN_ROWS, MAX_ROWS = 2, 5000
LINK_ROWS, LINK_LENGTH = 600, 10_000  # of a link: as many rows, as many characters
DIGITS = 9  # significant ones of a score
SEPARATORS = "\t;,"  # the first of them that the first line has: a comma may also be a decimal comma
YES = frozenset(("1", "true", "t", "yes", "y", "positive", "pos", "+", "是", "真", "阳性", "正", "正类"))
_BLANK = ' \t;,"'

Row = tuple[int, str, str]  # line number, counted from 1, label and score


class OwnScores(NamedTuple):
    """Labels of 0 and 1 and scores, row by row, and what the negatives and the positives are called ("" for none)."""

    labels: tuple[int, ...]
    scores: tuple[float, ...]
    names: tuple[str, str]

    def swapped(self) -> OwnScores:
        """The other label as the positive one."""
        return OwnScores(tuple(1 - label for label in self.labels), self.scores, self.names[::-1])


def parse_scores(text: str | bytes) -> OwnScores:
    """Rows of a label and a score, in either order, with or without a header; 2 to 5000 rows.

    Cells are separated by commas, semicolons or tabs; with the latter two a decimal comma is understood. Bytes are
    UTF-8, else GB 18030. Lines without content are skipped. The labels are in the first column, unless only the
    second one has words or at most two distinct values. The first line is a header if neither of its cells is a
    number. Scores keep nine digits.

    Of two labels the positive one is that which says so (1, true, yes, positive, 是, …), else the larger number, else
    the one that comes second. One label alone is allowed; what is then undefined is said where it would be shown.

    Raises DataError; `row` is the line in the text, counted from 1, a `value` taken from it is cut to 20 characters:

    - binary; csv_too_long (high, in MB); scores_empty: no rows; scores_columns (row, value): not two cells
    - scores_too_few (value, low); scores_too_many (value, high)
    - scores_missing (row): an empty cell; scores_no_number (row, value): a score
    - scores_labels (row, value): a third label
    """
    lines = [(row, line) for row, line in enumerate(decode(text, MAX_BYTES).splitlines(), 1) if line.strip(_BLANK)]
    if not lines:
        raise DataError("scores_empty")
    separator = next((mark for mark in SEPARATORS if mark in lines[0][1]), ",")
    rows = [_split(row, line, separator) for row, line in lines]
    if not any(_is_number(cell) for cell in rows[0][1:]):
        del rows[0]
    if len(rows) < MIN_ROWS:
        raise DataError("scores_too_few", value=len(rows), low=MIN_ROWS)
    most = min(MAX_ROWS, Settings.from_environment().upload_rows)
    if len(rows) > most:
        raise DataError("scores_too_many", value=len(rows), high=most)
    return _to_scores(_in_order(rows))


def to_link(own: OwnScores) -> str:
    """The scores of the negatives, a semicolon, those of the positives; empty where that would be too long."""
    sides = [[score for score, label in zip(own.scores, own.labels, strict=True) if label == side] for side in (0, 1)]
    text = ";".join(",".join(f"{score:.{DIGITS}g}" for score in side) for side in sides)
    return text if len(own.labels) <= LINK_ROWS and len(text) <= LINK_LENGTH else ""


def from_link(text: str, names: tuple[str, str] = ("", "")) -> OwnScores:
    """The inverse of `to_link`, up to the order of the rows; raises DataError scores_link for anything else."""
    sides = text.split(";")
    cells = [side.split(",") if side else [] for side in sides]
    count = sum(map(len, cells))
    if len(sides) != 2 or len(text) > LINK_LENGTH or not MIN_ROWS <= count <= LINK_ROWS:
        raise DataError("scores_link")
    if not all(_is_number(cell) for side in cells for cell in side):
        raise DataError("scores_link")
    labels = tuple(label for label, side in enumerate(cells) for _ in side)
    return OwnScores(labels, tuple(_to_number(cell) for side in cells for cell in side), names)


def _split(row: int, line: str, separator: str) -> Row:
    try:
        cells = [cell.strip() for cell in next(csv.reader([line], delimiter=separator, skipinitialspace=True))]
    except csv.Error:  # a cell of more than 128 KiB
        raise DataError("scores_columns", row=row, value=1) from None
    while len(cells) > 2 and not cells[-1]:  # separators at the end of a line
        cells.pop()
    if len(cells) != 2:
        raise DataError("scores_columns", row=row, value=len(cells))
    if not all(cells):
        raise DataError("scores_missing", row=row)
    first, second = cells if separator == "," else map(decimal_point, cells)
    return row, first, second


def _in_order(rows: list[Row]) -> list[Row]:
    """The label first."""
    firsts, seconds = {first for _, first, _ in rows}, {second for _, _, second in rows}
    if all(map(_is_number, firsts)) and (not any(map(_is_number, seconds)) or len(seconds) <= 2 < len(firsts)):
        return [(row, second, first) for row, first, second in rows]
    for row, _, score in rows:
        if not _is_number(score):
            raise DataError("scores_no_number", row=row, value=score[:20])
    return rows


def _to_scores(rows: list[Row]) -> OwnScores:
    keys = [float(label) if _is_number(label) else label.lower() for _, label, _ in rows]  # 1 and 1.0 are one label
    distinct = list(dict.fromkeys(keys))
    if len(distinct) > 2:
        row, label, _ = rows[keys.index(distinct[2])]
        raise DataError("scores_labels", row=row, value=label[:20])
    positive = _positive(distinct)
    words = {key: label[:20] for key, (_, label, _) in reversed(list(zip(keys, rows, strict=True)))}
    negative = next((key for key in distinct if key != positive), None)
    names = (words.get(negative, ""), words.get(positive, ""))  # type: ignore[arg-type]
    scores = tuple(_to_number(score) for _, _, score in rows)
    return OwnScores(tuple(int(key == positive) for key in keys), scores, names)


def _positive(distinct: list[float | str]) -> float | str | None:
    """Which label is the positive one; None where the only one is negative."""
    said = [key for key in distinct if (f"{key:g}" if isinstance(key, float) else key) in YES]
    if said:
        return said[0]
    if len(distinct) == 1:
        return None
    return max(distinct) if all(isinstance(key, float) for key in distinct) else distinct[1]


def _is_number(cell: str) -> bool:
    return NUMBER.fullmatch(cell) is not None and math.isfinite(float(cell))


def _to_number(cell: str) -> float:
    return float(f"{float(cell):.{DIGITS}g}") + 0.0  # −0 becomes 0
