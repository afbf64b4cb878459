"""A reader's own table, from pasted or uploaded text: which columns are numbers, which rows are whole.

A table is cut down in two steps, and both are told: of more than MAX_LINES lines, evenly spaced ones are read; and what
goes into a link is bounded by the spec.
"""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass

import numpy as np

from dlcore.data.points import NUMBER, decimal_point, decode
from dlcore.errors import DataError
from dlcore.settings import Settings

MAX_BYTES = 10_000_000
MAX_LINES = 2000
MAX_COLUMNS = 200
MAX_NAME = 24  # characters of a column's name
MIN_ROWS = 3
SMALLEST_POWER = -300  # 10 to the power of −324 is 0
MISSING = frozenset(("", "na", "n/a", "nan", "null", "none", "-", "–", "—", "?", ".", "缺失", "无"))
SEPARATORS = "\t;,"  # the first of them that the first line has: a comma may also be a decimal comma
UTF16 = (b"\xff\xfe", b"\xfe\xff")  # how such files begin; Excel saves "Unicode text" so


@dataclass(frozen=True, eq=False)
class Table:
    """Columns by name; `numbers` (N, C) holds those whose cells are all numbers or missing (NaN).

    `n_rows` is how many rows the text has, of which N were read. `words` says of each column that is not numeric where
    (line, counted from 1) and with what cell it first is not.
    """

    names: tuple[str, ...]
    numbers: np.ndarray
    words: dict[str, tuple[int, str]]
    n_rows: int

    @property
    def is_sampled(self) -> bool:
        return self.n_rows > len(self.numbers)


@dataclass(frozen=True, eq=False)
class Chosen:
    """Rows for a spec, the target last, and what happened on the way."""

    rows: tuple[tuple[float, ...], ...]
    names: tuple[str, ...]  # of the inputs and the target, with their unit where one was needed
    n_missing: int  # rows left out for an empty cell
    n_left: int  # rows that were whole, before some were drawn


def parse_table(text: str | bytes, n_numeric: int = 2, newest: bool = False) -> Table:
    """Read a table with a header, or with columns called x1, x2, … if the first line has a number in it.

    Separated by commas, semicolons or tabs; with the latter two a decimal comma is understood. Bytes are UTF-8 (or
    UTF-16 with its mark), else GB 18030. Lines without content are skipped; a cell is missing if empty or NA, NaN, ….

    Args:
        n_numeric: how many columns of numbers there must be.
        newest: of too many lines read the last ones, not evenly spaced ones.

    Raises DataError: binary; table_too_long (high, in MB); table_empty; table_one_column (value);
    table_too_many_columns (value, high); table_columns (row, value, expected); table_too_few_rows (value, low);
    table_no_numbers (row, column, value, low): too few columns are numbers, and where the first of the others is not.
    """
    quotas = Settings.from_environment()
    most = min(MAX_BYTES, quotas.upload_bytes)
    if len(text) > most:
        raise DataError("table_too_long", high=most / 1_000_000)
    if isinstance(text, bytes) and text[:2] in UTF16:
        text = text.decode("utf-16", errors="replace")
    lines = [(row, line) for row, line in enumerate(decode(text, MAX_BYTES).splitlines(), 1) if line.strip(' \t;,"')]
    if not lines:
        raise DataError("table_empty")
    separator = next((mark for mark in SEPARATORS if mark in lines[0][1]), ",")
    first = _cells(*lines[0], separator, None)
    if not n_numeric <= len(first) <= MAX_COLUMNS:
        code = "table_one_column" if len(first) < 2 else "table_too_many_columns"
        raise DataError(code, value=_short(lines[0][1]) if len(first) < 2 else len(first), high=MAX_COLUMNS)
    has_header = not any(NUMBER.fullmatch(cell) for cell in first)
    names = _unique(first) if has_header else tuple(f"x{number}" for number in range(1, len(first) + 1))
    body = lines[1:] if has_header else lines
    if len(body) < MIN_ROWS:
        raise DataError("table_too_few_rows", value=len(body), low=MIN_ROWS)
    n_lines = min(MAX_LINES, quotas.upload_rows)
    kept = body[-n_lines:] if newest else _evenly(body, n_lines)
    rows = [(row, _cells(row, line, separator, len(names))) for row, line in kept]
    return _to_table(names, rows, len(body), n_numeric)


def choose(table: Table, inputs: tuple[str, ...], target: str, max_rows: int, max_cells: int) -> Chosen:
    """The rows that have all of these columns, at most `max_rows` and `max_cells` cells, drawn evenly over the table.

    A column whose largest number is 1000 or more, or below 0.1, is told in a unit of a power of ten, so that losses and
    learning rates stay readable. Numbers are rounded to six digits.

    Raises DataError: table_too_few_whole (value, low): too few rows without a gap.
    """
    columns = [table.names.index(name) for name in (*inputs, target)]
    numbers = table.numbers[:, columns]
    whole = numbers[~np.isnan(numbers).any(axis=1)]
    if len(whole) < MIN_ROWS:
        raise DataError("table_too_few_whole", value=len(whole), low=MIN_ROWS)
    kept = np.array(_evenly(list(whole), min(max_rows, max_cells // len(columns))))
    powers = [_power(column) for column in kept.T]
    scaled = kept / 10.0 ** np.array(powers)
    rows = tuple(tuple(float(f"{value:.6g}") for value in row) for row in scaled)
    names = tuple(
        f"{name} (10^{power})" if power else name for name, power in zip((*inputs, target), powers, strict=True)
    )
    return Chosen(rows, names, len(numbers) - len(whole), len(whole))


def _cells(row: int, line: str, separator: str, expected: int | None) -> list[str]:
    """The cells of a line, in numbers a decimal point."""
    try:
        cells = [cell.strip() for cell in next(csv.reader([line], delimiter=separator, skipinitialspace=True))]
    except csv.Error:  # a cell of more than 128 KiB
        raise DataError("table_columns", row=row, value=1, expected=expected or 2) from None
    if expected is not None and len(cells) != expected:
        while len(cells) > expected and not cells[-1]:  # separators at the end of a line
            cells.pop()
        if len(cells) != expected:
            raise DataError("table_columns", row=row, value=len(cells), expected=expected)
    return cells if separator == "," else [decimal_point(cell) for cell in cells]


def _to_table(names: tuple[str, ...], rows: list[tuple[int, list[str]]], n_rows: int, n_numeric: int) -> Table:
    numeric, columns, words = [], [], {}
    for number, name in enumerate(names):
        cells = [(row, cells[number]) for row, cells in rows]
        wrong = next(((row, cell) for row, cell in cells if not _is_number(cell)), None)
        if wrong is not None:
            words[name] = (wrong[0], _short(wrong[1]))
            continue
        numeric.append(name)
        columns.append([_to_number(cell) for _, cell in cells])
    if len(numeric) < n_numeric:
        column, (row, value) = next(iter(words.items()))
        raise DataError("table_no_numbers", row=row, column=column, value=value, low=n_numeric)
    return Table(tuple(numeric), np.array(columns).T, words, n_rows)


def _is_number(cell: str) -> bool:
    if cell.lower() in MISSING:
        return True
    return NUMBER.fullmatch(cell) is not None and math.isfinite(float(cell))


def _to_number(cell: str) -> float:
    return math.nan if cell.lower() in MISSING else float(cell)


def _unique(cells: list[str]) -> tuple[str, ...]:
    """Column names: cut, never empty, never twice."""
    names: list[str] = []
    for number, cell in enumerate(cells, 1):
        name = cell[:MAX_NAME] or f"x{number}"
        again = 2
        while name in names:
            name, again = f"{cell[: MAX_NAME - 4]} ({again})", again + 1
        names.append(name)
    return tuple(names)


def _evenly(items: list, most: int) -> list:
    """At most so many items, evenly spaced, the first among them."""
    if len(items) <= most:
        return items
    return [items[at * len(items) // most] for at in range(most)]


def _power(column: np.ndarray) -> int:
    """The power of ten in which a column is told; 0 for numbers of an ordinary size."""
    largest = float(np.abs(column).max())
    return 0 if largest == 0 or 0.1 <= largest < 1000 else max(SMALLEST_POWER, math.floor(math.log10(largest)))


def _short(text: str) -> str:
    return text[:20]
