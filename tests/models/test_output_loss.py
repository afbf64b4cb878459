"""Losses against torch.nn.functional, their closed-form gradients against autograd."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F

from dlcore.models.output_loss import output_gradient, output_loss


def make_case(name: str, n_outputs: int) -> tuple[torch.Tensor, torch.Tensor]:
    generator = torch.Generator().manual_seed(3)
    outputs = 3 * torch.randn(4, 9, n_outputs, generator=generator, dtype=torch.float64)
    labels = torch.randint(0, max(2, n_outputs), (4, 9), generator=generator)
    columns = F.one_hot(labels, n_outputs).double() if n_outputs > 1 else labels[:, :, None].double()
    return outputs.requires_grad_(), columns if name == "cross_entropy" else 2 * columns - 1


@pytest.mark.parametrize("n_outputs", [1, 3])
@pytest.mark.parametrize("name", ["cross_entropy", "mse", "huber", "hinge"])
def test_gradient_is_autograds(name, n_outputs):
    outputs, target = make_case(name, n_outputs)
    (expected,) = torch.autograd.grad(output_loss(name, outputs, target).sum(), outputs)
    torch.testing.assert_close(output_gradient(name, outputs, target), expected, rtol=1e-12, atol=1e-15)


def test_losses_are_torchs():
    outputs, target = make_case("cross_entropy", 3)
    expected = [F.cross_entropy(model, labels.argmax(1)) for model, labels in zip(outputs, target, strict=True)]
    torch.testing.assert_close(output_loss("cross_entropy", outputs, target), torch.stack(expected))
    outputs, target = make_case("cross_entropy", 1)
    assert output_loss("cross_entropy", outputs, target)[2] == F.binary_cross_entropy_with_logits(outputs[2], target[2])
    outputs, target = make_case("mse", 3)
    assert output_loss("mse", outputs, target)[1] == F.mse_loss(outputs[1], target[1])
    assert output_loss("huber", outputs, target)[1] == F.huber_loss(outputs[1], target[1])


def test_one_target_serves_all_models():
    outputs, target = make_case("mse", 1)
    assert output_loss("mse", outputs, target[:1]).shape == (4,)
    assert output_gradient("mse", outputs, target[:1]).shape == outputs.shape
