"""The Arena's verdict follows from the two ranges by one rule."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from dlcore.run import Phase
from pages.concepts.arena import verdict
from ui.text import read_labels


def side(low: float, high: float, loss: str = "mse", phase: Phase = Phase.FINISHED, accuracy: Any = (0.5, 0.6)) -> Any:
    row = {"test_loss": (low + high) / 2, "test_loss_low": low, "test_loss_high": high}
    if accuracy:
        row |= {"test_accuracy": sum(accuracy) / 2, "test_accuracy_low": accuracy[0], "test_accuracy_high": accuracy[1]}
    status = SimpleNamespace(phase=phase)
    return SimpleNamespace(history=lambda: [row], status=lambda: status, spec=SimpleNamespace(loss=loss))


PAGE: Any = SimpleNamespace(labels=read_labels("en"))


@pytest.mark.parametrize(
    ("a", "b", "said"),
    [
        (side(0.1, 0.2), side(0.3, 0.4), "“A” does better"),
        (side(0.3, 0.4), side(0.1, 0.2), "“B” does better"),
        (side(0.1, 0.3), side(0.2, 0.4), "No clear difference"),
        (side(0.1, 0.2), side(0.2, 0.4), "No clear difference"),
        (side(0.1, 0.2, "huber"), side(0.3, 0.4), "No clear difference. Test accuracy"),
        (side(0.1, 0.2, "huber", accuracy=(0.9, 1.0)), side(0.3, 0.4), "“A” does better here. Test accuracy"),
        (side(0.1, 0.2, "huber", accuracy=None), side(0.3, 0.4, accuracy=None), "different losses"),
        (side(0.1, 0.2), side(0.3, 0.4, phase=Phase.DIVERGED), "B diverged"),
    ],
)
def test_verdict(a: Any, b: Any, said: str) -> None:
    assert said in verdict(PAGE, a, b)
