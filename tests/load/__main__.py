"""Prints how the explainer serves a class: bar, figure and verdict a row; `python -m tests.load --students 1 10`.

Students are simulated on the server's own websocket protocol, on this machine, which so runs the clients as well.
Ratios are to the naive app (tests/load/naive_app.py), in the same run, one after the other.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import sys
import time

import psutil

from tests.bench.table import Row, print_table
from tests.load import figures
from tests.load.scenarios import (
    Lesson,
    hold_lesson,
    leave_early,
    lose_connection,
    share_a_spec,
    train_alone,
    warm,
)
from tests.load.server import NAIVE as NAIVE_APP
from tests.load.server import Server
from tests.load.students import NAIVE, OURS

MOST_ALIKE = 40  # students who train the same spec; the class that its bar is for


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__)
    parser.add_argument("--students", type=int, nargs="+", default=[1, 5, 10, 20, 40, 80], help="class sizes")
    parser.add_argument("--seconds", type=float, default=90.0, help="at most so long for one lesson")
    parser.add_argument("--naive", action=argparse.BooleanOptionalAction, default=True, help="also load the naive app")
    parser.add_argument("--port", type=int, default=0, help="where the servers listen; 0: a free port")
    parser.add_argument("--log", action="store_true", help="show what the explainer's server logged")
    chosen = parser.parse_args()
    started, client, others = time.perf_counter(), psutil.Process().cpu_times(), psutil.cpu_percent(1.0)
    rows = asyncio.run(measure(chosen))
    spent = psutil.Process().cpu_times()
    seconds = time.perf_counter() - started
    clients = (spent.user + spent.system - client.user - client.system) / seconds
    print(
        f"\n{os.cpu_count()} cores, {psutil.virtual_memory().total / 2**30:.0f} GiB, {platform.machine()}, "
        f"Python {platform.python_version()}; {seconds:.0f} s; the clients took {clients:.2f} cores, "
        f"before it the machine was {others:.0f} % and now is {psutil.cpu_percent(1.0):.0f} % busy"
    )
    print_table(rows)
    return 0 if all(row.holds for row in rows) else 1


async def measure(chosen: argparse.Namespace) -> list[Row]:
    rows, first = [], None
    for n in sorted(chosen.students):
        naive = await naive_lesson(chosen, n) if chosen.naive else None
        with Server(port=chosen.port) as server:
            say(f"{n} students on the explainer")
            await warm(server)
            lesson = await hold_lesson(server, OURS, n, chosen.seconds)
            first = first or lesson
            rows += figures.of_lesson(lesson, naive, first)
            if chosen.log:
                say(server.log())
    n = max(chosen.students)
    with Server(port=chosen.port) as server:
        await warm(server)
        n_alike = min(n, MOST_ALIKE)
        say(f"the same spec from {n_alike} students")
        rows += figures.of_sharing(await share_a_spec(server, n_alike, chosen.seconds), n_alike)
        say("a lost connection")
        rows += figures.of_loss(*await lose_connection(server))
        say("everybody leaves")
        rows += figures.of_leaving(*await leave_early(server, n, 3.0), n)
    with Server(port=chosen.port) as server:
        await warm(server)
        rows.append(figures.of_repetition(lesson, [await train_alone(server, seed) for seed in figures.seeds(lesson)]))
    return rows


async def naive_lesson(chosen: argparse.Namespace, n: int) -> Lesson:
    say(f"{n} students on the naive app")
    with Server(NAIVE_APP, port=chosen.port) as server:
        await hold_lesson(server, NAIVE, 1, 10)  # its first visitor waits for torch
        return await hold_lesson(server, NAIVE, n, chosen.seconds)


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
