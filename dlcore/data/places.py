"""A reader's own places on the plane, without classes, from pasted text."""

from __future__ import annotations

import re

from dlcore.data.points import MAX_BYTES, NUMBER, decimal_point, decode
from dlcore.errors import DataError

COLUMNS = ("x1", "x2")


def parse_places(text: str | bytes, limit: float, max_rows: int) -> tuple[tuple[float, float], ...]:
    """Places (x1, x2) from two columns and perhaps a header; 1 to `max_rows` rows, rounded to two decimals.

    Cells are separated by semicolons, tabs, commas or blanks; with the first two a decimal comma is understood.

    Raises DataError, `row` being the line, counted from 1: csv_too_long (high, in MB); binary; empty;
    too_many_rows (value, high); two_columns (row, value); not_a_number (row, column, value); outside (row, column,
    value, low, high), beyond ±limit.
    """
    lines = [(row, _split(line)) for row, line in enumerate(decode(text, MAX_BYTES).splitlines(), 1) if line.strip()]
    if lines and not any(NUMBER.fullmatch(cell) for cell in lines[0][1]):
        del lines[0]
    if not lines:
        raise DataError("empty")
    if len(lines) > max_rows:
        raise DataError("too_many_rows", value=len(lines), high=max_rows)
    return tuple(_place(row, cells, limit) for row, cells in lines)


def _split(line: str) -> list[str]:
    if re.search(r"[;\t]", line):
        return [decimal_point(cell.strip()) for cell in re.split(r"[;\t]", line.strip())]
    return re.split(r"\s*,\s*|\s+", line.strip())


def _place(row: int, cells: list[str], limit: float) -> tuple[float, float]:
    if len(cells) != len(COLUMNS):
        raise DataError("two_columns", row=row, value=len(cells))
    x1, x2 = (_coordinate(row, *named, limit) for named in zip(COLUMNS, cells, strict=True))
    return x1, x2


def _coordinate(row: int, column: str, cell: str, limit: float) -> float:
    where = {"row": row, "column": column, "value": cell[:20]}
    if not NUMBER.fullmatch(cell):
        raise DataError("not_a_number", **where)
    if not abs(float(cell)) <= limit:
        raise DataError("outside", **where, low=-limit, high=limit)
    return round(float(cell), 2) + 0.0  # −0 becomes 0
