"""Ended runs on disk: arrays as npz (never pickled), the rest as JSON.

A run is `<key>.npz` (the frames' blobs end to end, their sizes, the state) and `<key>.json`, without which it does not
count. `DiskStore` is a server's own folder, bounded by bytes; `RECORDED` holds runs that came with the code.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import itertools
import json
import logging
import os
import threading
from collections import defaultdict
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

import numpy as np

from dlcore.frames import PackedFrame
from dlcore.settings import Settings
from dlcore.specs import Spec

log = logging.getLogger(__name__)

RECORDED = Path(__file__).with_name("recorded")
HEX = "[0-9a-f]"
FILES = f"{HEX * 12}/*-{HEX * 16}.*"  # <version>/<key>.<ending>: nothing else in the folder is ever touched


@dataclass(frozen=True)
class StoredRun:
    """An ended run: how it ended, its frames in order of steps, and its last state (empty when it diverged).

    `made` says of a recorded run when, with what and in how many seconds it was computed.
    """

    spec: Spec
    phase: str
    step: int
    reason: str
    frames: list[PackedFrame]
    state: bytes
    made: Mapping[str, str | float] = field(default_factory=dict)


def run_files(folder: Path, key: str) -> tuple[Path, Path]:
    """Where a folder keeps a run: what is told about it, and its arrays."""
    return folder / f"{key}.json", folder / f"{key}.npz"


def write_run(folder: Path, run: StoredRun) -> None:
    """Write a run into an existing folder, the arrays first."""
    head, body = run_files(folder, run.spec.key)
    blobs = [frame.blob for frame in run.frames]
    temporary = body.with_suffix(f".tmp{os.getpid()}")  # another server may write the same run
    with temporary.open("wb") as file:
        np.savez(
            file,
            blobs=np.frombuffer(b"".join(blobs), np.uint8),
            sizes=np.array([len(blob) for blob in blobs]),
            state=np.frombuffer(run.state, np.uint8),
        )
    temporary.replace(body)
    about = {
        "spec": json.loads(run.spec.canonical_json),
        "phase": run.phase,
        "step": run.step,
        "reason": run.reason,
        "made": dict(run.made),
        "history": [{"step": frame.step, "scalars": frame.scalars} for frame in run.frames],
    }
    temporary.write_text(json.dumps(about))
    temporary.replace(head)


def read_run(folder: Path, spec: Spec) -> StoredRun:
    """The run of this spec; FileNotFoundError without one, almost any other error when it is damaged."""
    head, body = run_files(folder, spec.key)
    about = json.loads(head.read_text())
    with body.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        blobs = _split(arrays["blobs"].tobytes(), arrays["sizes"].tolist())
        state = arrays["state"].tobytes()
    if about["spec"] != json.loads(spec.canonical_json):
        raise ValueError("another spec under this key")
    rows = about["history"]
    frames = [PackedFrame(row["step"], row["scalars"], blob) for row, blob in zip(rows, blobs, strict=True)]
    return StoredRun(spec, about["phase"], about["step"], about["reason"], frames, state, about.get("made", {}))


class DiskStore:
    """A folder of ended runs, one sub-folder for each version of the code that made them.

    Whatever goes wrong here costs a second training, never a page.
    """

    def __init__(self, folder: str | Path, max_bytes: int) -> None:
        self.folder = Path(folder) / code_version()
        self.max_bytes = max_bytes
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="dlcore-store")
        self._lock = threading.Lock()

    def write_soon(self, run: StoredRun) -> None:
        """Write in the background."""
        self._writer.submit(self.write, run)

    def flush(self) -> None:
        """Wait until everything is written."""
        self._writer.submit(lambda: None).result()

    def write(self, run: StoredRun) -> None:
        try:
            with self._lock:
                self.folder.mkdir(parents=True, exist_ok=True)
                write_run(self.folder, run)
                self._make_room()
        except OSError as error:
            log.warning("run %s not kept on disk: %s", run.spec.key, error)

    def read(self, spec: Spec) -> StoredRun | None:
        """The stored run of this spec, or None; a damaged one is removed."""
        try:
            run = read_run(self.folder, spec)
        except FileNotFoundError:
            return None
        except Exception as error:  # a damaged file can fail in any way inside json, zipfile or numpy
            log.warning("stored run %s is damaged and removed: %s", spec.key, error)
            self._remove(spec)
            return None
        with contextlib.suppress(OSError):  # a folder that can only be read serves too
            os.utime(run_files(self.folder, spec.key)[0])
        return run

    def _make_room(self) -> None:
        """Remove the runs of any version that were used longest ago, leftovers of a killed server included."""
        runs: defaultdict[Path, dict[Path, os.stat_result]] = defaultdict(dict)
        for path in self.folder.parent.glob(FILES):
            with contextlib.suppress(FileNotFoundError):  # another server makes room too
                runs[path.with_suffix("")][path] = path.stat()
        total = 0
        for files in sorted(runs.values(), key=_last_use, reverse=True):
            total += sum(about.st_size for about in files.values())
            if total > self.max_bytes:
                for path in files:
                    path.unlink(missing_ok=True)

    def _remove(self, spec: Spec) -> None:
        for path in run_files(self.folder, spec.key):
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                log.warning("cannot remove %s: %s", path, error)


def open_disk(settings: Settings) -> DiskStore | None:
    """The store that the settings name; None when they name no folder."""
    return DiskStore(settings.cache_dir, settings.cache_bytes) if settings.cache_dir else None


@functools.cache
def code_version() -> str:
    """A digest of all that can change a frame: dlcore's sources and the versions of the libraries they compute with."""
    libraries = [f"{name} {version(name)}" for name in ("torch", "numpy", "scipy", "scikit-learn")]
    digest = hashlib.sha256(" ".join(libraries).encode())
    root = Path(__file__).parent
    folders = ("experiments", "models", "data", "functions", "specs")
    sources = [path for folder in folders for path in sorted((root / folder).rglob("*.py"))]
    for path in (*sources, root / "advance.py", root / "device.py", root / "frames.py"):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _last_use(files: dict[Path, os.stat_result]) -> float:
    return max(about.st_mtime for about in files.values())


def _split(joined: bytes, sizes: list[int]) -> list[bytes]:
    ends = np.cumsum([0, *sizes]).tolist()
    return [joined[start:end] for start, end in itertools.pairwise(ends)]
