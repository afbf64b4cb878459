"""Which device an experiment trains on: the CPU, unless there is a GPU and a few of its own steps are faster there.

All chunks of a run must land on the same kind of device to give the same numbers. So the first worker that needs to
know measures, and writes down what every other one reads: a file for each GPU, kind and size in the cache folder.
Where nothing can be written, and on a cluster, whose machines have no folder in common, the work of a step decides.
"""

from __future__ import annotations

import contextlib
import json
import logging
import math
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch

from dlcore.settings import Settings

log = logging.getLogger(__name__)

# Multiply-adds in one step, below which nothing is measured: 0.1 ms of one CPU core at 10¹⁰ a second. A GPU needs some
# 10 µs for each of a step's dozens of kernels, however small (the launch).
TOO_SMALL = 1e6
# Multiply-adds above which the work decides for the GPU: 5 ms of one CPU core. An estimate, for where none is measured.
WORTH_IT = 5e7
WARM_UP, STEPS = 3, 10  # of a trial: kernels are loaded and memory is reserved; then the clock runs

_trial: list[torch.device] = []  # the device under trial, while there is one


def choose_device(experiment: Any, multiply_adds: float) -> torch.device:
    """The device for an experiment, whose `spec` is set, of so many multiply-adds a step.

    `DLCORE_DEVICE` = cpu or cuda overrules the measurement, and so does by_work, by the rule of `WORTH_IT`.
    """
    wanted = os.environ.get("DLCORE_DEVICE", "auto")
    if _trial:
        return _trial[0]
    if wanted == "cpu" or not torch.cuda.is_available():
        return torch.device("cpu")
    if wanted == "cuda":
        return torch.device("cuda")
    if wanted == "by_work":
        return _by_work(multiply_adds)
    return torch.device("cpu") if multiply_adds < TOO_SMALL else _by_measurement(experiment, multiply_adds)


def seconds_a_step(experiment: Any, device: torch.device) -> float:
    """Of a fresh experiment of the same class and spec, one picture included; infinite where its memory is too small.

    Draws nobody's random numbers.
    """
    with torch.random.fork_rng(), _trying(device), contextlib.suppress(torch.OutOfMemoryError):
        fresh = type(experiment)(experiment.spec)
        for _ in range(WARM_UP):
            fresh.step()
        fresh.observe()
        _wait_for(device)
        started = time.perf_counter()
        for _ in range(STEPS):
            fresh.step()
        fresh.observe()
        _wait_for(device)
        return (time.perf_counter() - started) / STEPS
    return math.inf


def _by_work(multiply_adds: float) -> torch.device:
    return torch.device("cuda" if multiply_adds >= WORTH_IT else "cpu")


def _by_measurement(experiment: Any, multiply_adds: float) -> torch.device:
    """What is written down for this GPU, kind and size (powers of two), or measured now and written down."""
    gpu = "".join(sign if sign.isalnum() else "-" for sign in torch.cuda.get_device_name())
    name = f"{experiment.spec.kind}-2^{round(math.log2(multiply_adds))}.json"
    folder = Settings.from_environment().cache_dir
    file = Path(folder, "devices", gpu, name)
    if not folder:
        return _by_work(multiply_adds)
    try:
        if not file.exists():
            _write_once(file, {device: seconds_a_step(experiment, torch.device(device)) for device in ("cpu", "cuda")})
        return torch.device(_faster(json.loads(file.read_text())))
    except (OSError, ValueError) as error:
        log.warning("device for %s cannot be written down or read (%s): the work of a step decides", name, error)
        return _by_work(multiply_adds)


def _write_once(file: Path, seconds: dict[str, float]) -> None:
    """Whole or not at all; if another worker was first, its measurement stays."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(f".tmp{os.getpid()}")
    draft.write_text(json.dumps(seconds))
    with contextlib.suppress(FileExistsError):
        os.link(draft, file)
        log.info("device for %s: %s, by seconds a step %s", file.stem, _faster(seconds), json.dumps(seconds))
    draft.unlink()


def _faster(seconds: dict[str, float]) -> str:
    return min(seconds, key=seconds.__getitem__)


@contextlib.contextmanager
def _trying(device: torch.device) -> Iterator[None]:
    _trial.append(device)
    try:
        yield
    finally:
        _trial.pop()


def _wait_for(device: torch.device) -> None:
    if device.type == "cuda":
        torch.cuda.synchronize()
