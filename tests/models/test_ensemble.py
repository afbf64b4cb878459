"""Networks side by side are the networks alone."""

from __future__ import annotations

import torch

from dlcore.models.ensemble import CLIP, Ensemble
from dlcore.models.recurrent import Recurrent


def train(seeds: range) -> Ensemble:
    ensemble = Ensemble([Recurrent("gru", 2, 3, 1, seed) for seed in seeds], seeds)
    for step in range(1, 6):

        def loss(number: int, model: torch.nn.Module, step: int = step) -> torch.Tensor:
            generator = torch.Generator().manual_seed(100 * seeds[number] + step)
            return (model(torch.randn(4, 5, 2, generator=generator))[0] ** 2).mean()

        ensemble.step(loss, step, 0.01)
    return ensemble


def test_each_network_learns_as_it_would_alone():
    together, alone = train(range(4, 7)), train(range(5, 6))
    torch.testing.assert_close(together.flat.view(3, -1)[1], alone.flat, rtol=0, atol=0)
    assert together.losses[1] == alone.losses[0]


def test_a_step_is_torchs_adam_on_a_clipped_gradient():
    seeds = range(1)
    ours, theirs = (Recurrent("rnn", 2, 3, 1, 0) for _ in range(2))
    x, ensemble = 30 * torch.randn(4, 5, 2, generator=torch.Generator().manual_seed(0)), Ensemble([ours], seeds)
    optimizer = torch.optim.Adam(theirs.parameters(), lr=0.05)
    for step in range(1, 4):
        ensemble.step(lambda _, model: (1e3 * model(x)[0] ** 2).mean(), step, 0.05)
        optimizer.zero_grad()
        (1e3 * theirs(x)[0] ** 2).mean().backward()
        norm = torch.nn.utils.clip_grad_norm_(theirs.parameters(), CLIP)
        assert norm > CLIP
        optimizer.step()
    for mine, other in zip(ours.parameters(), theirs.parameters(), strict=True):
        torch.testing.assert_close(mine.detach(), other.detach(), rtol=1e-4, atol=1e-6)


def test_weights_are_named_after_their_seeds():
    named = train(range(2, 4)).weights("a.")
    assert {name.split(".")[1] for name in named} == {"seed2", "seed3"}
