"""What a trained stack saw in one picture: its slope in every pixel, and where its last convolution answered."""

from __future__ import annotations

import torch
import torch.nn.functional as F

from dlcore.functions.stack_parts import answer_of, conv_numbers
from dlcore.models.conv_stack import ConvStack


def explain(model: ConvStack, x: torch.Tensor, label: int | None = None) -> dict[str, torch.Tensor]:
    """Probabilities, every layer's output, saliency and Grad-CAM of one prepared picture (1, C, H, W).

    Both explain the score of `label`, or of the predicted class: `saliency` (H, W) is |∂z/∂x| with the largest of the
    channels (Simonyan et al. 2014); `cam` (H, W) is ReLU(Σₖ αₖ Aₖ), αₖ the mean of ∂z/∂Aₖ over the places, for the maps
    A that follow the last convolution (Selvaraju et al. 2017, eqs. 1 and 2), enlarged to the picture. A stack without
    a convolution has no `cam`.
    """
    x = x.detach().requires_grad_()
    outputs = model.forward(x)
    scores = outputs[-1][0]  # (K,)
    chosen = int(scores.argmax()) if label is None else label
    maps = last_maps(model, outputs)
    wanted = [x] if maps is None else [x, maps]
    slopes = torch.autograd.grad(scores[chosen], wanted, allow_unused=True)
    found = {"p": scores.detach().softmax(0), "saliency": torch.zeros_like(x[0, 0])}
    if slopes[0] is not None:
        found["saliency"] = slopes[0][0].abs().amax(0)
    if maps is not None:
        alpha = torch.zeros_like(maps) if slopes[1] is None else slopes[1]
        cam = (alpha.mean((2, 3), keepdim=True) * maps.detach()).sum(1, keepdim=True).relu()
        found["cam"] = F.interpolate(cam, x.shape[2:], mode="bilinear", align_corners=False)[0, 0]
    return found | {f"layer{number}": output.detach()[0] for number, output in enumerate(outputs)}


def last_maps(model: ConvStack, outputs: list[torch.Tensor]) -> torch.Tensor | None:
    """The last convolution's output, after its batch norm and activation if they follow at once."""
    convs = conv_numbers(model.layers)
    return outputs[answer_of(model.layers, convs[-1])] if convs else None
