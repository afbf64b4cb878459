"""What all tests share: one torch thread, as in a worker, and other processes to compare with."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import hypothesis
import pytest

hypothesis.settings.load_profile("ci")  # the same examples every time; --hypothesis-profile=default looks for others
os.environ["OMP_NUM_THREADS"] = "1"  # with more, small networks train many times slower

# A process without dlcore that runs program after program, each a list of cells in a namespace of its own, as Jupyter
# would. Each line in is a JSON list of cells, each line out what they printed, or why they failed.
DRIVER = """
import contextlib, importlib.util, io, json, sys, traceback

assert importlib.util.find_spec("dlcore") is None, sys.path
for line in sys.stdin:
    printed, namespace = io.StringIO(), {"__name__": "__main__"}
    try:
        with contextlib.redirect_stdout(printed):
            for cell in json.loads(line):
                exec(compile(cell, "<cell>", "exec", dont_inherit=True), namespace)
        answer = {"printed": printed.getvalue()}
    except Exception:
        answer = {"failed": traceback.format_exc()}
    print(json.dumps(answer), flush=True)
"""

Elsewhere = Callable[..., dict[str, float]]


@pytest.fixture(scope="session")
def elsewhere(tmp_path_factory) -> Iterator[Elsewhere]:
    """Runs a program, given as its cells, in another process and folder; what it prints as `name value` lines."""
    command = [sys.executable, "-I", "-W", "error", "-c", DRIVER]  # -I: neither PYTHONPATH nor the folder is searched
    folder = tmp_path_factory.mktemp("elsewhere")
    with subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:

        def run(*cells: str) -> dict[str, float]:
            process.stdin.write(json.dumps(cells) + "\n")
            process.stdin.flush()
            answer = json.loads(process.stdout.readline())
            assert "failed" not in answer, answer["failed"]
            return {name: float(value) for name, value in map(str.split, answer["printed"].splitlines())}

        yield run
        process.stdin.close()


@pytest.fixture(scope="session")
def other_process() -> Iterator[ProcessPoolExecutor]:
    """An executor whose one worker is a fresh Python process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as executor:
        yield executor
