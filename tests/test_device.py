"""The device follows from the work, the setting and the machine."""

from __future__ import annotations

import pytest
import torch

from dlcore.device import WORTH_IT, choose_device


@pytest.mark.parametrize(
    ("wanted", "has_gpu", "work", "device"),
    [
        ("auto", False, 1e12, "cpu"),
        ("auto", True, WORTH_IT / 2, "cpu"),
        ("auto", True, WORTH_IT, "cuda"),
        ("cpu", True, 1e12, "cpu"),
        ("cuda", True, 1, "cuda"),
        ("cuda", False, 1e12, "cpu"),
    ],
)
def test_choice(monkeypatch: pytest.MonkeyPatch, wanted: str, has_gpu: bool, work: float, device: str) -> None:
    monkeypatch.setenv("DLCORE_DEVICE", wanted)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: has_gpu)
    assert choose_device(work).type == device
