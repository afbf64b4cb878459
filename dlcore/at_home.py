"""What stands in an exported script for what only a server needs; takes the same arguments."""

from __future__ import annotations

from typing import Any

import torch


def choose_device(experiment: Any, multiply_adds: float) -> torch.device:
    """Where the page's own numbers come from; with torch.device("cuda") they differ in the last digits."""
    return torch.device("cpu")
