"""A row of the bench and how it is printed."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """What was measured, the figure, the bar and on which side of it is good; `aid` says it in absolute terms."""

    what: str
    figure: float
    bar: float
    at_most: bool = True
    aid: str = ""

    @property
    def holds(self) -> bool:
        return self.figure <= self.bar if self.at_most else self.figure >= self.bar


def print_table(rows: Sequence[Row]) -> None:
    width = max(len(row.what) for row in rows)
    for row in rows:
        sign, verdict = "≤" if row.at_most else "≥", "holds" if row.holds else "short"
        print(f"{row.what:<{width}}  {sign} {row.bar:<7.4g} {row.figure:>8.3g}  {verdict}  {row.aid}")


def alternate(rounds: int, contestants: Mapping[str, Callable[[], float]]) -> dict[str, list[float]]:
    """Let every contestant measure itself once a round, in turns, after one round that does not count."""
    figures: dict[str, list[float]] = {name: [] for name in contestants}
    for number in range(rounds + 1):
        for name, measure in contestants.items():
            figure = measure()
            if number:
                figures[name].append(figure)
    return figures


def ratio(figures: Mapping[str, list[float]], over: str, under: str) -> float:
    """The median over the rounds of one contestant's figure divided by another's in the same round."""
    return statistics.median(a / b for a, b in zip(figures[over], figures[under], strict=True))


def cpu_microseconds(work: Callable[[], None], repeats: int) -> float:
    """CPU time of one call, averaged over `repeats` calls."""
    started = time.process_time()
    for _ in range(repeats):
        work()
    return (time.process_time() - started) / repeats * 1e6


def median(values: Sequence[float]) -> float:
    return statistics.median(values)
