"""The judge: four small classifiers of real 8×8 digits, trained together once, that say what made images look like."""

from __future__ import annotations

import functools

import numpy as np
import torch
import torch.nn.functional as F

from dlcore.data.digit_split import split_digits
from dlcore.models.flat_optimizers import make_buffers, update
from dlcore.models.stacked_mlp import StackedMLP

MEMBERS, HIDDEN = (0, 1, 2, 3), 64  # the seeds of the four, and their hidden units
EPOCHS, BATCH, RATE, NOISE = 25, 64, 3e-3, 0.15
SURE = 0.9  # a probability from here on is called confident


@functools.lru_cache(maxsize=1)
@torch.enable_grad()
def train_judge() -> StackedMLP:
    """Four MLPs 64-64-10, each from its own start; noise N(0, 0.15²) on the images keeps them from knowing pixels by
    heart. Always the same four, whatever a reader's seed is; about 0.2 s."""
    split = split_digits()
    x, y = torch.from_numpy(split.x_train).flatten(1), torch.from_numpy(split.y_train)
    judge = StackedMLP((64, HIDDEN, 10), "relu", "he", MEMBERS)
    buffers = make_buffers("adam", judge.flat)
    step = 0
    for epoch in range(EPOCHS):
        generator = np.random.default_rng([0, 2, epoch])
        order = torch.from_numpy(generator.permutation(len(x)))
        noise = torch.from_numpy(generator.standard_normal(x.shape, np.float32))
        x_epoch, y_epoch = (x + NOISE * noise)[order], y[order]
        for start in range(0, len(x), BATCH):
            rows = slice(start, start + BATCH)
            step += 1
            judge.grad.zero_()
            logits, _ = judge.forward(x_epoch[rows].expand(len(MEMBERS), -1, -1))
            target = y_epoch[rows].repeat(len(MEMBERS))
            F.cross_entropy(logits.flatten(0, 1), target, reduction="sum").div(len(x_epoch[rows])).backward()
            update("adam", judge.flat, judge.grad, buffers, step, RATE, 0.0)
    return judge


@torch.no_grad()
def judge_digits(images: torch.Tensor) -> torch.Tensor:
    """(N, 10) how probable each digit is, the mean of the four, for images (N, 8, 8) with ink from 0 to 1."""
    x = images.flatten(1).expand(len(MEMBERS), -1, -1)
    return train_judge().forward(x)[0].softmax(2).mean(0)


@functools.lru_cache(maxsize=1)
def judge_record() -> dict[str, float]:
    """What the judge itself is worth on the 500 real digits that it never saw, and on 500 images of pure noise."""
    split = split_digits()
    real = judge_digits(torch.from_numpy(split.x_test))
    noise = np.random.default_rng(0).random(split.x_test.shape, np.float32)
    return {
        "judge_accuracy": float((real.argmax(1) == torch.from_numpy(split.y_test)).float().mean()),
        "real_confident": float((real.amax(1) >= SURE).float().mean()),
        "noise_confident": float((judge_digits(torch.from_numpy(noise)).amax(1) >= SURE).float().mean()),
    }
