"""The experiments from the command line: `python -m dlcore list | run | record | warm | ready | evidence | fetch`."""

from __future__ import annotations

import argparse
import os
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path

from dlcore import evidence, export
from dlcore.data.fetched_images import fetch_images, keep_images
from dlcore.errors import DLCoreError
from dlcore.execution import InlineExecutor, make_executor
from dlcore.lessons import read_lesson
from dlcore.pool import ONE_THREAD
from dlcore.run import FOREVER, Phase, Run
from dlcore.runs import RunStore
from dlcore.settings import Settings
from dlcore.specs import SPECS, Spec, to_text
from dlcore.specs.image_sets import IMAGE_SETS
from dlcore.store import RECORDED, open_disk, write_run


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns the exit status: 0, 1 when a run did not finish, 2 for a setting out of its bounds."""
    os.environ.update(ONE_THREAD)  # torch is not loaded yet
    parser = argparse.ArgumentParser(prog="python -m dlcore", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list", help="every kind of experiment with its fields")
    for command, purpose in (
        ("run", "train one spec here and print its last values"),
        ("record", "do the same and keep the run with the code: pages open it at once"),
    ):
        kinds = commands.add_parser(command, help=purpose).add_subparsers(dest="kind", required=True)
        for kind, spec_class in SPECS.items():
            _add_fields(kinds.add_parser(kind, help=_first_line(spec_class)), spec_class)
    warm = commands.add_parser("warm", help="train what a lesson needs, so that its pages open with finished runs")
    warm.add_argument(
        "lesson",
        nargs="+",
        help="links of pages, and files with a link or KIND field=value … a line; - reads standard input",
    )
    ready = commands.add_parser("ready", help="whether a server has started its workers and rehearsed every kind")
    ready.add_argument("address", nargs="?", default="http://127.0.0.1:8501")
    ready.add_argument("--wait", type=float, default=0.0, metavar="S", help="seconds to wait until it is")
    ready.add_argument("--while", type=int, dest="process", metavar="PID", help="no longer than this process lives")
    rows = commands.add_parser("evidence", help="what the course claims and others have published, with the verdicts")
    rows.add_argument("action", choices=("list", "run"), help="list what is on record, or measure again and record it")
    rows.add_argument(
        "names", nargs="*", metavar="ROW", help="only these; else all (list), or those not recorded (run)"
    )
    fetch = commands.add_parser("fetch", help="fetch a large set of pictures once, into the folder DLCORE_DATA_DIR")
    fetch.add_argument("name", choices=[name for name, about in IMAGE_SETS.items() if about.openml])
    chosen = parser.parse_args(arguments)
    try:
        if chosen.command == "list":
            return _list()
        if chosen.command == "fetch":
            return _fetch(chosen.name)
        if chosen.command == "evidence":
            return _evidence(chosen.action, chosen.names)
        if chosen.command == "ready":
            return _ready(chosen.address, chosen.wait, chosen.process)
        return _warm(chosen.lesson) if chosen.command == "warm" else _run(chosen, keep=chosen.command == "record")
    except DLCoreError as error:
        print(error, file=sys.stderr)
        return 2


def _list() -> int:
    for kind, spec_class in SPECS.items():
        print(f"{kind:<14} {_first_line(spec_class)}")
    return 0


def _fetch(name: str) -> int:
    """Without a network nothing is lost: the pages go on with what ships with the packages."""
    about = IMAGE_SETS[name]
    print(f"{name}: {about.source}, {about.licence}, about {about.megabytes} MB to keep")
    try:
        print(f"written to {keep_images(name, *fetch_images(name))}")
    except OSError as error:
        print(f"{name} could not be fetched ({error}); the pages go on without it.", file=sys.stderr)
        return 1
    return 0


def _evidence(action: str, names: Sequence[str]) -> int:
    if unknown := set(names) - set(evidence.ROWS):
        raise DLCoreError("unknown_row", value=min(unknown), choices=tuple(evidence.ROWS))
    rows = [evidence.ROWS[name] for name in names or evidence.ROWS]
    if action == "run":
        wanted = [row for row in rows if names or evidence.recorded(row) is None]
        executor = make_executor(Settings.from_environment())
        for row in wanted:
            evidence.write(evidence.measure(row, RunStore(executor, Settings())))
        executor.shutdown()
    for row in rows:
        known = evidence.recorded(row)
        said = "  ".join(f"{median:.4g}" for median in known.medians) if known else ""
        print(f"{row.name:<28} {known.verdict if known else 'not_run':<12} {said}")
    return 0


def _run(chosen: argparse.Namespace, keep: bool) -> int:
    spec_class = SPECS[chosen.kind]
    texts = {name: getattr(chosen, name) for name in spec_class.model_fields if getattr(chosen, name) is not None}
    spec = spec_class.from_texts(texts)
    if chosen.script:
        Path(chosen.script).write_text(export.script(spec), encoding="utf-8")
    run = RunStore(InlineExecutor(), Settings()).get(spec, live=True)
    run.start("command line", FOREVER)
    if keep and run.status().phase is Phase.FINISHED:
        RECORDED.mkdir(exist_ok=True)
        write_run(RECORDED, run.to_stored(evidence.provenance(run.seconds)))
    rows = run.history()
    if chosen.csv and rows:
        Path(chosen.csv).write_text(export.history_csv(rows), encoding="utf-8")
    for name, value in (rows[-1] if rows else {}).items():
        print(name, value)
    return _report(run)


def _warm(lesson: Sequence[str]) -> int:
    settings = Settings.from_environment()
    disk = open_disk(settings)
    if disk is None:
        raise DLCoreError("bad_setting", field="DLCORE_CACHE_DIR", value="")
    specs = read_lesson(line for part in lesson for line in _lines(part))
    executor = make_executor(settings)
    store = RunStore(executor, settings, disk)
    runs = [store.get(spec) for spec in specs]
    for run in runs:
        run.start("warm", FOREVER)
    for run in runs:
        run.wait()
        print(run.status().phase, run.key)
    disk.flush()
    executor.shutdown()
    return max((_report(run) for run in runs), default=0)


def _lines(part: str) -> list[str]:
    """What an argument of `warm` stands for: a link for itself, a file for its lines."""
    if part.startswith(("http://", "https://")):
        return [part]
    try:
        return (sys.stdin.read() if part == "-" else Path(part).read_text(encoding="utf-8")).splitlines()
    except (OSError, UnicodeDecodeError):
        raise DLCoreError("no_lesson", value=part) from None


def _ready(address: str, seconds: float, process: int | None) -> int:
    """What the server at this address says, once it is ready, `seconds` are over or its process has ended."""
    end = time.monotonic() + seconds
    while True:
        said = _ask(f"{address.rstrip('/')}/ready")
        if said == "ready" or time.monotonic() >= end or _has_ended(process):
            print(said)
            return 0 if said == "ready" else 1
        time.sleep(0.2)


def _has_ended(process: int | None) -> bool:
    if process is None:
        return False
    try:
        os.kill(process, 0)
    except OSError as error:  # that of another user lives as well
        return isinstance(error, ProcessLookupError)
    return False


def _ask(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.read().decode()
    except urllib.error.HTTPError as error:
        return f"not ready: {error.read().decode()}"
    except OSError as error:
        return f"no answer: {error}"


def _report(run: Run) -> int:
    if run.error is not None:
        print(run.error, file=sys.stderr)
    return 0 if run.status().phase is Phase.FINISHED else 1


def _add_fields(parser: argparse.ArgumentParser, spec_class: type[Spec]) -> None:
    parser.add_argument("--csv", metavar="F", help="write the scalars of every recorded step")
    parser.add_argument("--script", metavar="F", help="write the self-contained script of this spec")
    described = {field.name: field for field in spec_class.describe()}
    for name, info in spec_class.model_fields.items():
        field = described.get(name)
        bounds = f", {field.low:g} to {field.high:g}" if field and field.low is not None else ""
        bounds = f", one of {' '.join(field.choices)}" if field and field.choices else bounds
        parser.add_argument(f"--{name}", metavar="X", help=f"default {to_text(info.default) or 'none'}{bounds}")


def _first_line(spec_class: type[Spec]) -> str:
    return (spec_class.__doc__ or "").strip().splitlines()[0]


if __name__ == "__main__":
    sys.exit(main())
