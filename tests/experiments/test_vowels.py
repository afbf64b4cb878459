"""Vowels: the convolution cannot tell when, the listener's last thought is its answer, all three learn."""

from __future__ import annotations

import numpy as np
import torch

from dlcore.advance import advance
from dlcore.data.vowels import N_TEST, VOWELS
from dlcore.experiments.vowels import Convolution, Listener, Vowels
from dlcore.frames import unpack
from dlcore.specs import VowelsSpec


def test_the_convolution_is_torchs_and_does_not_mind_a_shift():
    model = Convolution(6, 0)
    x = torch.zeros(1, 37, 24)
    x[0, 12:18] = torch.rand(6, 24, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        torch.testing.assert_close(model(x), model(x.roll(7, 1)))
        layer = torch.nn.Conv1d(24, 6, 5)
        layer.weight.copy_(model.first)
        layer.bias.copy_(model.first_bias)
        first = torch.relu(layer(x.transpose(1, 2)))
    assert first.shape == (1, 6, 33)


def test_the_last_thought_is_the_answer():
    model, x = Listener("gru", 5, 0), torch.rand(3, 37, 24, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        torch.testing.assert_close(model.follow(x)[:, -1], model(x).softmax(1))
        torch.testing.assert_close(model.follow(x[:, :20])[:, -1], model.follow(x)[:, 19])  # nothing of what follows


def test_confusions_count_every_test_sound_once():
    observed = Vowels(VowelsSpec(n_steps=1)).observe()
    for lane in ("rnn", "cnn", "linear"):
        counts = observed[f"confusion_{lane}"]
        assert counts.sum(dtype=int) == N_TEST
        assert np.trace(counts.astype(int)) == round(N_TEST * observed[f"heard_{lane}"])
    assert observed["belief_0"].shape == (len(VOWELS), 37)


def test_the_convolution_and_the_linear_model_soon_recognise_most():
    spec = VowelsSpec(n_steps=120)
    frames = advance(spec, None, spec.n_steps).frames
    last = frames[-1].scalars
    assert last["heard_cnn"] > 0.85
    assert last["heard_linear"] > 0.7
    assert last["heard_cnn"] > last["heard_rnn"] > 0.25 > frames[0].scalars["heard_rnn"]
    assert unpack(frames[-1].blob).arrays["belief_3"].dtype == np.uint8
