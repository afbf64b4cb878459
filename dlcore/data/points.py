"""A reader's own points of the plane, from pasted or uploaded text."""

from __future__ import annotations

import contextlib
import csv
import re

from dlcore.data.toy2d import DOMAIN
from dlcore.errors import DataError
from dlcore.settings import Settings

MIN_ROWS, MAX_ROWS = 2, 1000
MAX_CLASS = 4
COLUMNS = ("x1", "x2", "class")
MAX_BYTES = 2_000_000
# each sign has one place only: otherwise a long row of digits would be tried in all ways
NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
FULL_WIDTH = {ord("，"): ",", ord("；"): ";"}  # as a Chinese keyboard types them
_BLANK = ' \t;,"'

Row = tuple[int, list[str]]  # line number, counted from 1, and cells


def parse_points(text: str | bytes) -> tuple[tuple[float, float, int], ...]:
    """Points (x1, x2, class) from a table with columns x1, x2, class and perhaps a header; 2 to 1000 rows.

    Cells are separated by commas, semicolons or tabs; with the latter two a decimal comma is understood. Bytes are read
    as UTF-8, with or without a byte order mark, else as GB 18030, in which a Chinese Excel saves. Lines without content
    are skipped. The first line is a header if neither of its first two cells is a number. Coordinates have no unit, are
    not scaled, and are rounded to three decimals.

    Classes are whole numbers 0..4. Any other two labels, words or numbers such as −1 and 1, become 0 and 1 in the order
    in which they appear.

    Raises DataError; `row` is the line in the text, counted from 1, `column` is x1, x2 or class, and a `value` taken
    from the text is cut to 20 characters:

    - csv_too_long (high, in MB); binary: not text; empty: no rows
    - too_few_rows (value, low); too_many_rows (value, high)
    - columns (row, value, expected): so many cells instead of three; missing (row, column): an empty cell
    - not_a_number (row, column, value): a coordinate
    - outside (row, column, value, low, high): a coordinate beyond ±6, or a class beyond 0..4 where all are numbers
    - too_many_labels (row, value, high): the third label, where not all are numbers
    - one_class (value): all rows have the same
    """
    lines = [(row, line) for row, line in enumerate(decode(text, MAX_BYTES).splitlines(), 1) if line.strip(_BLANK)]
    if not lines:
        raise DataError("empty")
    delimiter = _delimiter(lines[0][1])
    if _is_header(_split(*lines[0], delimiter)):
        del lines[0]
    _check_size(len(lines))
    rows = [_split(row, line, delimiter) for row, line in lines]
    coordinates = [(_coordinate(row, 0), _coordinate(row, 1)) for row in rows]
    classes = _classes([(row, cells[2]) for row, cells in rows])
    return tuple((x1, x2, label) for (x1, x2), label in zip(coordinates, classes, strict=True))


def decode(text: str | bytes, max_bytes: int) -> str:
    """Text without byte order mark, full-width separators made plain; bytes are UTF-8 or GB 18030.

    Raises DataError: csv_too_long (high, in MB); binary.
    """
    most = min(max_bytes, Settings.from_environment().upload_bytes)
    if len(text) > most:
        raise DataError("csv_too_long", high=most / 1_000_000)
    decoded = _decode_bytes(text) if isinstance(text, bytes) else text
    if _CONTROL.search(decoded):
        raise DataError("binary")
    return decoded.removeprefix("\ufeff").translate(FULL_WIDTH)


def _decode_bytes(text: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):  # most text in another encoding is not valid UTF-8
        with contextlib.suppress(UnicodeDecodeError):
            return text.decode(encoding)
    raise DataError("binary")


def _delimiter(line: str) -> str:
    """The separator that makes three cells of the first line, else the most frequent one."""
    candidates = "\t;,"
    return next((mark for mark in candidates if line.count(mark) == 2), max(candidates, key=line.count))


def _split(row: int, line: str, delimiter: str) -> Row:
    """The three cells of a line, in numbers a decimal point."""
    try:
        cells = [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter, skipinitialspace=True))]
    except csv.Error:  # a cell of more than 128 KiB
        raise DataError("columns", row=row, value=1, expected=len(COLUMNS)) from None
    if len(cells) != len(COLUMNS):
        raise DataError("columns", row=row, value=len(cells), expected=len(COLUMNS))
    for column, cell in zip(COLUMNS, cells, strict=True):
        if not cell:
            raise DataError("missing", row=row, column=column)
    return row, cells if delimiter == "," else [decimal_point(cell) for cell in cells]


def decimal_point(cell: str) -> str:
    """A number with its decimal comma made a point; other cells as they are."""
    replaced = cell.replace(",", ".")
    return replaced if NUMBER.fullmatch(replaced) else cell


def _is_header(row: Row) -> bool:
    return not any(NUMBER.fullmatch(cell) for cell in row[1][:2])


def _check_size(n_rows: int) -> None:
    if n_rows == 0:
        raise DataError("empty")
    if n_rows < MIN_ROWS:
        raise DataError("too_few_rows", value=n_rows, low=MIN_ROWS)
    if n_rows > MAX_ROWS:
        raise DataError("too_many_rows", value=n_rows, high=MAX_ROWS)


def _coordinate(row: Row, column: int) -> float:
    number, cells = row
    where = {"row": number, "column": COLUMNS[column], "value": _short(cells[column])}
    if not NUMBER.fullmatch(cells[column]):
        raise DataError("not_a_number", **where)
    value = float(cells[column])
    if not abs(value) <= DOMAIN:
        raise DataError("outside", **where, low=-DOMAIN, high=DOMAIN)
    return round(value, 3) + 0.0  # −0 becomes 0


def _classes(labels: list[tuple[int, str]]) -> list[int]:
    """Classes from (row, label)."""
    keys = [float(label) if NUMBER.fullmatch(label) else label for _, label in labels]  # 1 and 1.0 are one class
    distinct = list(dict.fromkeys(keys))
    if len(distinct) == 1:
        raise DataError("one_class", value=_short(labels[0][1]))
    wrong = next((i for i, key in enumerate(keys) if key not in range(MAX_CLASS + 1)), None)
    if wrong is None:
        return [int(key) for key in keys]
    if len(distinct) == 2:
        return [distinct.index(key) for key in keys]
    if any(isinstance(key, str) for key in keys):
        row, label = labels[keys.index(distinct[2])]
        raise DataError("too_many_labels", row=row, value=_short(label), high=2)
    row, label = labels[wrong]
    raise DataError("outside", row=row, column=COLUMNS[2], value=_short(label), low=0, high=MAX_CLASS)


def _short(text: str) -> str:
    return text[:20]
