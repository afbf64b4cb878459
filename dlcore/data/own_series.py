"""A reader's own series: one column of a table, in the order of its rows."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from dlcore.data.tables import Table, parse_table
from dlcore.errors import DataError

EXAMPLE = "month,visitors\n2023-01,812\n2023-02,905\n2023-03,1034"


class OwnSeries(NamedTuple):
    """Values as the rows of a spec; how many gaps were filled, and how many values the column has."""

    values: tuple[tuple[float], ...]
    n_filled: int
    n_all: int


def parse_series(text: str | bytes) -> Table:
    """A table with at least one column of numbers; raises DataError as `parse_table` does."""
    return parse_table(text, n_numeric=1, newest=True)


def pick_series(table: Table, column: str, least: int, most: int) -> OwnSeries:
    """The newest values of a column, at most `most`, to six digits; a gap repeats the value before it.

    So no value is made from a later one. What lies before the first number is left out.

    Raises DataError: series_too_short (value, low).
    """
    numbers = table.numbers[:, table.names.index(column)]
    known = np.flatnonzero(~np.isnan(numbers))
    numbers = numbers[known[0] :] if len(known) else numbers[:0]
    if len(numbers) < least:
        raise DataError("series_too_short", value=len(numbers), low=least)
    last_known = np.maximum.accumulate(np.where(np.isnan(numbers), 0, np.arange(len(numbers))))
    filled = numbers[last_known][-most:]
    values = tuple((float(f"{value:.6g}"),) for value in filled)
    return OwnSeries(values, int(np.isnan(numbers[-most:]).sum()), len(numbers))
