"""The flat updates against torch.optim, step by step."""

from __future__ import annotations

import pytest
import torch

from dlcore.models.flat_optimizers import make_buffers, update

TORCH = {
    "sgd": lambda parameters: torch.optim.SGD(parameters, lr=0.1),
    "momentum": lambda parameters: torch.optim.SGD(parameters, lr=0.1, momentum=0.7),
    "rmsprop": lambda parameters: torch.optim.RMSprop(parameters, lr=0.1),
    "adam": lambda parameters: torch.optim.Adam(parameters, lr=0.1),
    "adam of a GAN": lambda parameters: torch.optim.Adam(parameters, lr=0.1, betas=(0.0, 0.9)),
}
BETAS = {"adam of a GAN": {"betas": (0.0, 0.9)}}


@pytest.mark.parametrize("name", TORCH)
def test_fifty_steps_are_torchs(name):
    start = torch.linspace(-2, 3, 6, dtype=torch.float64)
    theirs = start.clone().requires_grad_()
    rule = name.split()[0]
    ours, buffers = start.clone(), make_buffers(rule, start)
    optimizer = TORCH[name]([theirs])
    for step in range(1, 51):
        optimizer.zero_grad()
        (theirs**4 / 4 - theirs**2).sum().backward()
        optimizer.step()
        update(rule, ours, ours**3 - 2 * ours, buffers, step, 0.1, 0.7, **BETAS.get(name, {}))
        torch.testing.assert_close(ours, theirs.detach(), rtol=1e-9, atol=1e-12)
