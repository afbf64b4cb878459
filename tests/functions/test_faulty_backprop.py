"""Five ways to write the backward pass of a 2-2-1 net: one is right, the numeric check betrays the others."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
import torch

from dlcore.functions.faulty_backprop import (
    BIASES,
    FAULTS,
    NAMES,
    central_differences,
    coded_change,
    coded_gradient,
    draw_case,
    loss,
)

CASES = range(1, 101)
NOTHING = np.zeros(len(NAMES))


def autograd(parameters: np.ndarray, x: np.ndarray, t: np.ndarray) -> np.ndarray:
    theta = torch.tensor(parameters, requires_grad=True)
    h = torch.tanh(torch.tensor(x) @ theta[:4].reshape(2, 2).T + theta[4:6])
    ((h @ theta[6:8] + theta[8] - torch.tensor(t)) ** 2).sum().backward()
    return theta.grad.numpy()


@pytest.mark.parametrize("case", [1, 2, 3])
def test_the_correct_code_agrees_with_autograd_and_differences(case):
    _, parameters, x, t = draw_case(case)
    gradient = coded_gradient("none", parameters, x, t, NOTHING)
    np.testing.assert_allclose(gradient, autograd(parameters, x, t), rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(gradient, central_differences(parameters, x, t), rtol=1e-6, atol=1e-6)


def test_every_block_of_five_cases_holds_every_fault_once():
    found = [draw_case(case)[0] for case in CASES]
    assert Counter(found) == dict.fromkeys(FAULTS, len(CASES) // len(FAULTS))
    assert all(set(found[start : start + 5]) == set(FAULTS) for start in range(0, len(found), 5))


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_leaves_its_own_trace(fault):
    """Which parameters' numbers differ visibly (by 1 % of the largest), at the first and at the second step."""
    for case in CASES:
        _, parameters, x, t = draw_case(case)
        right = central_differences(parameters, x, t)
        coded = coded_gradient(fault, parameters, x, t, NOTHING)
        change = coded_change(fault, coded, 0.1)
        moved = parameters + change
        wrong = differing(coded, right)
        later = differing(coded_gradient(fault, moved, x, t, coded), central_differences(moved, x, t))
        updates = differing(change / -0.1, coded)
        if fault == "none":
            assert not wrong | later | updates
        elif fault == "no_accumulation":
            assert len(wrong) > 2
        elif fault == "stale_gradient":
            assert not wrong
            assert later
        elif fault == "wrong_transpose":
            assert wrong == {1, 2}
        else:
            assert not wrong
            assert updates <= set(BIASES)
            assert updates


def differing(first: np.ndarray, second: np.ndarray) -> set[int]:
    return set(np.flatnonzero(np.abs(first - second) > 1e-4 * max(1, np.abs(second).max())).tolist())


def test_the_loss_is_the_sum_of_squared_errors():
    """All weights 0: every output is c."""
    parameters = np.array([0.0] * 8 + [0.5])
    assert loss(parameters, np.ones((3, 2)), np.array([0.0, 0.5, 1.0])) == pytest.approx(0.25 + 0 + 0.25)
