"""Stacked autoencoders: a seed alone, a plain loop beside it, batches that use every picture."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from dlcore.models.stacked_autoencoder import Batches, StackedAutoencoder, falling_rate, normal_numbers


def make(seeds: tuple[int, ...]) -> StackedAutoencoder:
    return StackedAutoencoder(6, (5,), 2, "tanh", seeds)


def test_a_seed_does_not_depend_on_its_neighbours() -> None:
    x = torch.rand(4, 6, generator=torch.Generator().manual_seed(0))
    several, alone = make((3, 4)), make((4,))
    assert torch.allclose(
        several.decode(several.encode(x.expand(2, -1, -1)))[1], alone.decode(alone.encode(x[None]))[0]
    )


def test_it_is_encoder_then_decoder_of_linear_layers_trained_by_adam() -> None:
    model = make((0,))
    parts = [part.detach()[0].clone().requires_grad_() for part in model.weights().values()]
    w1, w2, b1, b2, w3, w4, b3, b4 = (parts[i] for i in order(model))
    optimizer = torch.optim.Adam(parts, lr=0.01)
    for step in range(1, 4):
        x = torch.from_numpy(np.random.default_rng(step).random((4, 6), np.float32))
        optimizer.zero_grad()
        hidden = torch.tanh((torch.tanh(x @ w1 + b1) @ w2 + b2) @ w3 + b3)
        ((hidden @ w4 + b4) - x).square().sum().backward()
        optimizer.step()
        model.descend((model.decode(model.encode(x[None])) - x).square().sum(), step, 0.01)
    for ours, plain in zip(model.weights().values(), parts, strict=True):
        torch.testing.assert_close(ours[0], plain, rtol=1e-4, atol=1e-6)


def order(model: StackedAutoencoder) -> list[int]:
    """Where both weights, then both biases of each part lie among the named ones."""
    names = list(model.weights())
    return [
        names.index(f"{part}.layer{i}.{kind}")
        for part in ("encoder", "decoder")
        for kind in ("weight", "bias")
        for i in range(2)
    ]


def test_every_parameter_has_a_name() -> None:
    model = StackedAutoencoder(6, (5, 4), 2, "prelu", (0, 1), n_statistics=2)
    named = sum(value.numel() for value in model.weights().values())
    assert named == sum(part.flat.numel() for part in model.parts.values())


def test_an_epoch_uses_no_picture_twice_and_seeds_have_orders_of_their_own() -> None:
    batches = Batches(20, 6, (0, 1))
    rows = torch.cat([batches.rows(step) for step in range(3)], 1)
    assert rows.shape == (2, 18)
    assert all(len(set(one.tolist())) == 18 for one in rows)
    assert not torch.equal(rows[0], rows[1])
    assert not torch.equal(batches.rows(3), rows[:, :6])
    assert torch.equal(batches.rows(0), rows[:, :6])


def test_a_batch_is_never_larger_than_the_data() -> None:
    assert Batches(5, 100, (0,)).rows(7).shape == (1, 5)


def test_noise_is_each_seeds_own() -> None:
    assert torch.equal(normal_numbers((4, 5), 9, (3,))[1], normal_numbers((5,), 9, (3,))[0])


@pytest.mark.parametrize(("step", "share"), [(0, 1.0), (50, 0.5), (100, 0.0)])
def test_the_rate_falls_along_half_a_cosine(step: int, share: float) -> None:
    assert falling_rate(0.2, step, 100) == pytest.approx(0.2 * share, abs=1e-12)
