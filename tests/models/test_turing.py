"""The stacked machine: its sizes, its start, that seeds don't meet, and that its gradient is one."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from dlcore.models.turing import READ, WRITE, Moment, StackedTuring

SIZES = (5, 4, 6, 7, 3)  # inputs, outputs, units, slots, numbers a slot


def make_inputs(n_models: int = 1) -> torch.Tensor:
    """(S, B, T, I), the same for every machine."""
    return torch.randn(1, 2, 5, 5, generator=torch.Generator().manual_seed(0)).expand(n_models, -1, -1, -1)


def test_parameters_of_the_default_machine():
    """(I + M + 1)·H + (H + 1)·(4M + 12) + (H + M + 1)·K + M."""
    machine = StackedTuring(5, 4, 64, 48, 10, (0,))
    assert machine.flat.numel() == 16 * 64 + 65 * 52 + 75 * 4 + 10


def test_machines_of_several_seeds_answer_as_each_alone():
    both = StackedTuring(*SIZES, (3, 8))(make_inputs(2))
    for place, seed in enumerate((3, 8)):
        assert both[place].detach().numpy() == pytest.approx(
            StackedTuring(*SIZES, (seed,))(make_inputs())[0].detach().numpy(), abs=1e-5
        )


@pytest.mark.parametrize("start", ["even", "first"])
def test_where_the_heads_begin(start):
    weights = StackedTuring(*SIZES, (0,), read_start=start).first_weights(2)
    assert (weights[:, WRITE] == torch.eye(7)[0]).all()
    assert weights[:, READ].sum(1).numpy() == pytest.approx([1, 1])
    assert (weights[0, READ].count_nonzero() == 7) == (start == "even")


def test_moments_tell_of_every_step():
    moments: list[Moment] = []
    machine = StackedTuring(*SIZES, (0,), memory_init="random")
    machine(make_inputs(), moments)
    assert len(moments) == 5
    assert moments[-1].memory.shape == (2, 7, 3)
    assert all(moment.weights.sum(2).detach().numpy() == pytest.approx(np.ones((2, 2)), abs=1e-5) for moment in moments)


def test_gradient_is_the_slope():
    """Along the gradient the sum of the outputs grows by the gradient's length (central difference)."""
    machine = StackedTuring(*SIZES, (0,))
    machine(make_inputs()).sum().backward()
    direction = machine.grad / machine.grad.norm()
    reached = []
    for distance in (1e-2, -1e-2):
        machine.flat.add_(direction, alpha=distance)
        reached.append(machine(make_inputs()).sum().item())
        machine.flat.add_(direction, alpha=-distance)
    assert (reached[0] - reached[1]) / 2e-2 == pytest.approx(machine.grad.norm().item(), rel=0.02)
