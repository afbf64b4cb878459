"""Prints a table with bar, figure and verdict a row; `python -m tests.bench [--rounds N]`.

Every ratio comes from rounds in which the contestants take turns, so that a slow moment of the machine hits all of
them; the figure is the median over the rounds. Times are CPU times of this process unless a row says otherwise.
"""

from __future__ import annotations

import argparse
import platform
import sys

from tests.bench import engine, gan_images, training
from tests.bench.table import Row, print_table

GROUPS = {"training": training.measure, "images": gan_images.measure, "engine": engine.measure}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--group", choices=GROUPS, action="append")
    chosen = parser.parse_args()
    rows: list[Row] = []
    for group in chosen.group or GROUPS:
        rows += GROUPS[group](chosen.rounds)
    print(f"{platform.processor() or platform.machine()}, Python {platform.python_version()}, {chosen.rounds} rounds")
    print_table(rows)
    return 0 if all(row.holds for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
