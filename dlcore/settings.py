"""What the machine's owner decides, read once from `DLCORE_*` environment variables."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from dlcore.errors import DLCoreError

CHOICES = {"executor": ("processes", "inline"), "device": ("auto", "cpu", "cuda", "by_work")}
LEAST = {"workers": 1}  # of every other number: 0


@dataclass(frozen=True)
class Settings:
    """Every field can be set as `DLCORE_<FIELD>`; sizes in bytes, times in seconds."""

    executor: str = "processes"  # of this machine; inline: in the calling thread
    cluster: str = ""  # address of a Dask scheduler, tcp://host:port, to whose workers all chunks go instead
    workers: int = os.cpu_count() or 1  # processes: as many as cores
    nice: int = 19  # how far workers step behind the web process; a machine that is never idle starves them with 19
    rehearse: int = 1  # whether workers load at the start what each kind needs; 0: when the first student asks
    device: str = "auto"  # auto, cpu, cuda or by_work; read by dlcore/device.py in the worker
    chunk_seconds: float = 0.1  # about how long a worker is taken by one run before the next has its turn
    lease_seconds: float = 4.0  # a run stops this long after its last watcher fell silent
    retries: int = 3  # how often a chunk is sent again after its worker died
    session_runs: int = 8  # trainings that one reader (a browser tab) may have going at once
    run_steps: int = 1_000_000  # of one training
    run_seconds: float = 3600.0  # of workers' time for one training
    queue_length: int = 400  # trainings going at once on the whole server
    upload_bytes: int = 30 * 2**20  # .streamlit/config.toml refuses larger files before they are here
    upload_pixels: int = 25_000_000  # of a picture
    upload_rows: int = 5000  # of a table
    memory_bytes: int = 256 * 2**20  # of frames and states in the web process
    cache_dir: str = str(Path(tempfile.gettempdir()) / "dlcore-cache")  # of finished runs; empty: keep none
    cache_bytes: int = 2**30
    data_dir: str = (
        ""  # where `python -m dlcore fetch` keeps large sets of pictures; read by dlcore/specs/image_sets.py
    )
    sign_in: str = ""  # who may come in: addresses and @domains, separated by commas, or *; empty: everybody, unasked
    embed_in: str = ""  # other origins whose pages may show ours in a frame, https://…, separated by commas

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Raises DLCoreError when a variable is not of its field's type or outside its bounds."""
        values = {}
        for field in fields(cls):
            name = f"DLCORE_{field.name.upper()}"
            if name in environment:
                try:
                    values[field.name] = _read(field.name, field.default, environment[name])
                except ValueError:
                    raise DLCoreError("bad_setting", field=name, value=environment[name]) from None
        return cls(**values)


def _read(name: str, default: Any, text: str) -> Any:
    """The text as a value of the default's type; raises ValueError."""
    value = type(default)(text)
    is_bad = value not in CHOICES.get(name, (value,)) if isinstance(value, str) else not value >= LEAST.get(name, 0)
    if is_bad:
        raise ValueError(text)
    return value
