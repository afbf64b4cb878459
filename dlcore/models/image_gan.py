"""Small convolutional networks for 8×8 images: a DCGAN's generator and critic, and BEGAN's autoencoder.

Letters in shapes: B images, Z latent numbers, C channels of the layer next to the image.
"""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

SLOPE = 0.2  # of the leaky ReLU (Radford et al. 2016, section 3)


class ToImage(nn.ConvTranspose2d):
    """A transposed convolution with one output channel, (B, C, 4, 4) → (B, 1, 8, 8), four times as fast.

    What every place adds to its window is one matrix product, and `fold` sums where windows overlap.
    """

    def __init__(self, width: int) -> None:
        super().__init__(width, 1, 4, stride=2, padding=1)

    def forward(self, h: torch.Tensor) -> torch.Tensor:  # type: ignore[override]
        windows = self.weight.flatten(1).T @ h.flatten(2)  # (B, 16 pixels of a window, 16 places)
        return F.fold(windows, (8, 8), 4, padding=1, stride=2) + self.bias  # type: ignore[operator]


class Generator(nn.Module):
    """z (B, Z) → images (B, 1, 8, 8) in −1…1: two transposed convolutions double the side, 2 → 4 → 8.

    ReLU inside, tanh at the end, batch norm (with `norm`) everywhere but at the image (Radford et al. 2016).
    """

    def __init__(self, n_inputs: int, width: int, norm: bool) -> None:
        super().__init__()
        self.width = width
        self.project = nn.Linear(n_inputs, 2 * width * 2 * 2)
        self.norm1 = nn.BatchNorm2d(2 * width) if norm else nn.Identity()
        self.up1 = nn.ConvTranspose2d(2 * width, width, 4, stride=2, padding=1)
        self.norm2 = nn.BatchNorm2d(width) if norm else nn.Identity()
        self.up2 = ToImage(width)

    def forward(self, z: torch.Tensor) -> torch.Tensor:
        h = F.relu(self.norm1(self.project(z).view(-1, 2 * self.width, 2, 2)))
        h = F.relu(self.norm2(self.up1(h)))  # (B, C, 4, 4)
        return torch.tanh(self.up2(h))


class Critic(nn.Module):
    """Images (B, 1, 8, 8) → one raw number each (B,): strided convolutions instead of pooling, leaky ReLU.

    With `norm` batch norm after the second convolution, never at the image (Radford et al. 2016).
    """

    def __init__(self, width: int, norm: bool) -> None:
        super().__init__()
        self.down1 = nn.Conv2d(1, width, 4, stride=2, padding=1)
        self.down2 = nn.Conv2d(width, 2 * width, 4, stride=2, padding=1)
        self.norm = nn.BatchNorm2d(2 * width) if norm else nn.Identity()
        self.readout = nn.Linear(2 * width * 2 * 2, 1)

    def features(self, x: torch.Tensor) -> torch.Tensor:
        """(B, 8C) what the readout sees."""
        h = F.leaky_relu(self.down1(x), SLOPE)  # (B, C, 4, 4)
        return F.leaky_relu(self.norm(self.down2(h)), SLOPE).flatten(1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.readout(self.features(x)).squeeze(1)


class Autoencoder(nn.Module):
    """Images (B, 1, 8, 8) → how badly each is rebuilt (B,), the mean |x̂ − x| over its pixels (Berthelot et al. 2017).

    The encoder is a critic's body with `n_code` outputs, the decoder a generator; no batch norm, as in the paper.
    """

    def __init__(self, n_code: int, width: int) -> None:
        super().__init__()
        self.body = Critic(width, norm=False)
        self.body.readout = nn.Linear(2 * width * 2 * 2, n_code)
        self.decode = Generator(n_code, width, norm=False)

    def rebuild(self, x: torch.Tensor) -> torch.Tensor:
        """x̂ (B, 1, 8, 8)."""
        return self.decode(self.body.readout(self.body.features(x)))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return (self.rebuild(x) - x).abs().mean((1, 2, 3))


@torch.no_grad()
def draw_weights(module: nn.Module, generator: np.random.Generator) -> None:
    """Weights of convolutions and linear layers from N(0, 1/n_in), biases 0; batch norm begins as the identity.

    n_in counts the numbers that a weight's layer adds up for one output; of a transposed convolution with stride 2
    that is a quarter of its input channels times its window.
    """
    for part in module.modules():
        if isinstance(part, nn.Linear | nn.Conv2d | nn.ConvTranspose2d):
            shape = tuple(part.weight.shape)
            n_in = shape[0] * 16 / 4 if isinstance(part, nn.ConvTranspose2d) else np.prod(shape[1:])
            part.weight.copy_(torch.from_numpy(generator.standard_normal(shape) / n_in**0.5))
            part.bias.zero_()  # type: ignore[union-attr]


def running_stats(module: nn.Module) -> dict[str, torch.Tensor]:
    """Batch norm's running means and variances by name: they change with training, though no optimiser touches them."""
    return {name: value for name, value in module.named_buffers() if "running" in name}
