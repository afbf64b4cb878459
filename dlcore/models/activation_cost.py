"""How long an activation takes on this machine: a stopwatch, whose answer differs from one time to the next."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

import torch

from dlcore.models.stacked_mlp import ACTIVATIONS, PRELU_SLOPE

N_ROUNDS = 15  # measurements of each activation, taken in turn so that a busy moment hits them all
MIN_ELEMENTS, MAX_CALLS = 200_000, 200  # a measurement repeats a small array for so many elements or calls
LARGEST = 1_000_000


def measure_cost(n_elements: int, n_rounds: int = N_ROUNDS) -> list[dict[str, Any]]:
    """Nanoseconds an element of a float32 array: `forward`, `backward` (gradient alone), with `_low` and `_high`.

    The middle is the median of the rounds, low and high are their quartiles. One thread, no gradient tape in `forward`.
    """
    n_elements = max(1, min(n_elements, LARGEST))
    x = torch.randn(n_elements, generator=torch.Generator().manual_seed(0))
    functions = {**ACTIVATIONS, "prelu": _prelu}
    times: dict[str, dict[str, list[float]]] = {name: {"forward": [], "backward": []} for name in functions}
    for _ in range(n_rounds):
        for name, function in functions.items():
            times[name]["forward"].append(_forward(function, x))
            times[name]["backward"].append(_backward(function, x))
    return [
        {
            "activation": name,
            "rounds": n_rounds,
            **_quartiles("forward", measured["forward"]),
            **_quartiles("backward", measured["backward"]),
        }
        for name, measured in times.items()
    ]


def _prelu(z: torch.Tensor) -> torch.Tensor:
    return torch.nn.functional.prelu(z, torch.full((1,), PRELU_SLOPE))


def _forward(function: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor) -> float:
    """Nanoseconds an element."""
    n_times = _n_calls(x)
    with torch.no_grad():
        started = time.perf_counter()
        for _ in range(n_times):
            function(x)
        return (time.perf_counter() - started) * 1e9 / (n_times * x.numel())


def _backward(function: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor) -> float:
    """Nanoseconds an element of the way back alone."""
    n_times = _n_calls(x)
    leaf = x.clone().requires_grad_()
    value, upstream = function(leaf), torch.ones_like(x)
    started = time.perf_counter()
    for _ in range(n_times):
        torch.autograd.grad(value, leaf, upstream, retain_graph=True, allow_unused=True)
    return (time.perf_counter() - started) * 1e9 / (n_times * x.numel())


def _n_calls(x: torch.Tensor) -> int:
    return min(MAX_CALLS, max(1, MIN_ELEMENTS // x.numel()))


def _quartiles(name: str, times: list[float]) -> dict[str, float]:
    low, middle, high = statistics.quantiles(times, n=4)
    return {name: middle, f"{name}_low": low, f"{name}_high": high}
