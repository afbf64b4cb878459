"""A lesson as lines, one for each run that is to be there: `KIND field=value field=value …`, or the link of a page."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Iterable

from dlcore.errors import DLCoreError
from dlcore.specs import SPECS, Spec

LINKS = ("http://", "https://", "/")  # how a link begins


def to_line(spec: Spec) -> str:
    """The inverse of `from_line`."""
    pairs = [f"{name}={text}" for name, text in spec.to_texts().items()]
    return shlex.join([spec.kind, *pairs])


def from_line(line: str) -> Spec:
    """Raises DLCoreError for an unknown kind, SpecError for a field that breaks a rule."""
    kind, *pairs = shlex.split(line)
    if kind not in SPECS:
        raise DLCoreError("unknown_kind", value=kind, choices=tuple(SPECS))
    return SPECS[kind].from_texts(dict(pair.partition("=")[::2] for pair in pairs))


def read_lesson(lines: Iterable[str]) -> list[Spec]:
    """The specs of a lesson, each once; empty lines and those that begin with # say nothing.

    What a link opens only its page knows. Pages need Streamlit, which this package does without: another process looks.
    """
    said = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
    links = [line for line in said if line.startswith(LINKS)]
    opened = _open(links) if links else []
    return list(dict.fromkeys(from_line(line) for line in [*opened, *(line for line in said if line not in links)]))


def _open(links: list[str]) -> list[str]:
    command = [sys.executable, "-W", "ignore", "-m", "ui.opened", *links]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise DLCoreError("bad_link", reason=(done.stderr.strip().splitlines() or ["no answer"])[-1])
    return done.stdout.splitlines()
