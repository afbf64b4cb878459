"""The recorded outcomes: measured by `python -m dlcore evidence run`, kept here as `recorded/<page>.json`."""

from __future__ import annotations

import datetime as dt
import functools
import json
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from dlcore.evidence.rows import Claim, Outcome, Published
from dlcore.run import FOREVER, Phase, Run
from dlcore.runs import RunStore

FOLDER = Path(__file__).with_name("recorded")
LIBRARIES = ("torch", "numpy", "scikit-learn")


def measure(row: Claim | Published, store: RunStore) -> Outcome:
    """Train everything that the row compares and read off the numbers."""
    runs = [store.get(spec, live=True) for _, _, spec in row.runs]
    for run in runs:
        run.start("evidence", FOREVER)
    for run in runs:
        run.wait()
    return outcome(row, runs)


def outcome(row: Claim | Published, runs: list[Run]) -> Outcome:
    """What ended runs say, in the order of `row.runs`."""
    values: list[list[float]] = [[] for _ in row.sides]
    for (number, side, _), run in zip(row.runs, runs, strict=True):
        has_ended_well = run.status().phase is Phase.FINISHED
        values[number].append(side.value(run.history()) if has_ended_well else row.lost)
    return Outcome(row, tuple(map(tuple, values)), provenance(sum(run.seconds for run in runs)))


def provenance(seconds: float) -> dict[str, str | float]:
    """What a record says of its making: the day, the libraries, the seconds of computing."""
    versions = {name: version(name) for name in LIBRARIES}
    return {**versions, "date": f"{dt.datetime.now(dt.UTC):%Y-%m-%d}", "seconds": round(seconds, 1)}


def recorded(row: Claim | Published) -> Outcome | None:
    """The outcome on record; None when there is none of what the row now declares."""
    entry = _read(row.page).get(row.name)
    if entry is None or entry["digest"] != row.digest:
        return None
    return Outcome(row, tuple(map(tuple, entry["values"])), entry["made"])


def write(outcome: Outcome) -> None:
    """Put an outcome on record; all others stay."""
    row = outcome.row
    entry = {"digest": row.digest, "verdict": outcome.verdict, "values": outcome.values, "made": dict(outcome.made)}
    table = dict(sorted({**_read(row.page), row.name: entry}.items()))
    FOLDER.mkdir(exist_ok=True)
    rows = ",\n".join(f"  {json.dumps(name)}: {json.dumps(said)}" for name, said in table.items())
    _path(row.page).write_text(f"{{\n{rows}\n}}\n", encoding="utf-8")
    _read.cache_clear()


@functools.cache
def _read(page: str) -> Mapping[str, Any]:
    path = _path(page)
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _path(page: str) -> Path:
    return FOLDER / f"{page}.json"
