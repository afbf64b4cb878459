"""The networks of the image GAN: shapes, the fast last layer, how weights are drawn."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F

from dlcore.models.image_gan import Autoencoder, Critic, Generator, ToImage, draw_weights, running_stats


def images(n: int) -> torch.Tensor:
    return torch.from_numpy(np.random.default_rng(0).uniform(-1, 1, (n, 1, 8, 8)).astype(np.float32))


def test_the_last_layer_is_a_transposed_convolution() -> None:
    layer = ToImage(5)
    h = torch.randn(3, 5, 4, 4, generator=torch.Generator().manual_seed(0))
    expected = F.conv_transpose2d(h, layer.weight, layer.bias, stride=2, padding=1)
    torch.testing.assert_close(layer(h), expected)


def test_shapes_and_ranges() -> None:
    generator = Generator(7, 4, norm=True)
    made = generator(torch.randn(6, 7, generator=torch.Generator().manual_seed(0)))
    assert made.shape == (6, 1, 8, 8)
    assert made.abs().max() < 1
    assert Critic(4, norm=True)(made).shape == (6,)


def test_the_autoencoder_tells_its_mean_absolute_error() -> None:
    autoencoder, x = Autoencoder(3, 4), images(5)
    expected = F.l1_loss(autoencoder.rebuild(x), x, reduction="none").flatten(1).mean(1)
    torch.testing.assert_close(autoencoder(x), expected)


def test_a_critic_without_norm_judges_each_image_alone() -> None:
    x, other = images(4), images(4).flip(0)
    mixed = torch.cat([x[:1], other[1:]])
    alone, tied = Critic(4, norm=False), Critic(4, norm=True)
    torch.testing.assert_close(alone(x)[0], alone(mixed)[0])
    assert not torch.isclose(tied(x)[0], tied(mixed)[0], atol=1e-4)


def test_drawn_weights_keep_the_size_of_what_they_add_up() -> None:
    """With inputs of variance 1 every layer's outputs have about variance 1, away from the border."""
    generator = Generator(32, 32, norm=False)
    draw_weights(generator, np.random.default_rng(0))
    x = torch.randn(200, 64, 6, 6, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        inside = generator.up1(x)[:, :, 2:-2, 2:-2]
    assert 0.9 < float(inside.var()) < 1.1
    again = Generator(32, 32, norm=False)
    draw_weights(again, np.random.default_rng(0))
    assert all(torch.equal(a, b) for a, b in zip(generator.parameters(), again.parameters(), strict=True))


def test_running_statistics_are_those_of_batch_norm() -> None:
    assert set(running_stats(Critic(4, norm=True))) == {"norm.running_mean", "norm.running_var"}
    assert running_stats(Autoencoder(3, 4)) == {}
