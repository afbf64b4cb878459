"""Which device an experiment trains on: the CPU, unless there is a GPU and one step is enough work for it.

The choice follows from the spec and the machine alone, never from a stopwatch: all chunks of a run must land on
the same kind of device to give the same numbers.
"""

from __future__ import annotations

import os

import torch

# Multiply-adds in one step above which the GPU is used: 5 ms of one CPU core at 10¹⁰ a second, where a GPU needs less
# than 1 ms (some 60 kernels at about 10 µs each). An estimate: no GPU was at hand to measure it.
WORTH_IT = 5e7


def choose_device(multiply_adds: float) -> torch.device:
    """The device for a training of so many multiply-adds a step; `DLCORE_DEVICE` = cpu or cuda overrules the rule."""
    wanted = os.environ.get("DLCORE_DEVICE", "auto")
    pays = wanted == "cuda" or (wanted == "auto" and multiply_adds >= WORTH_IT)
    return torch.device("cuda" if pays and torch.cuda.is_available() else "cpu")
