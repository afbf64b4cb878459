"""Characters: the surprise is torch's cross-entropy, writing goes on from itself, a small corpus is learnt by heart."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from dlcore.advance import advance, ask
from dlcore.data.texts import read_corpus
from dlcore.experiments.characters import STREAM, WARM_UP, Characters, cut_streams
from dlcore.frames import unpack
from dlcore.models.character_model import CharacterModel, draw
from dlcore.specs import CharactersSpec

SMALL = CharactersSpec(corpus="names", n_units=16, batch_size=8, stretch=16, n_steps=20)


def test_bits_are_torchs_cross_entropy_on_held_back_text():
    experiment = Characters(SMALL)
    streams = torch.from_numpy(cut_streams(experiment.corpus.test))
    with torch.no_grad():
        logits = experiment.models[0](streams)[0]
    nats = torch.nn.functional.cross_entropy(logits[:, WARM_UP - 1 : -1].transpose(1, 2), streams[:, WARM_UP:])
    assert experiment.observe()["test_bits"] == pytest.approx(float(nats) / math.log(2), rel=1e-5)
    assert experiment.observe()["test_bits"] == pytest.approx(math.log2(len(experiment.corpus.alphabet)), abs=0.2)


def test_streams_are_the_beginning_of_the_held_back_text():
    text = read_corpus("chinese").test
    streams = cut_streams(text)
    assert streams.shape == (len(text) // STREAM, STREAM)
    np.testing.assert_array_equal(streams.ravel(), text[: streams.size])


def test_writing_does_not_depend_on_how_it_is_cut():
    chunk = advance(SMALL, None, 20)
    question = {"temperature": 0.7, "seed": 5}
    whole = ask(SMALL, chunk.state, {"write": 1, "text": "it Ma", **question})
    again = ask(SMALL, chunk.state, {"write": 1, "text": "it Ma", **question})
    other = ask(SMALL, chunk.state, {"write": 40, "text": "it Ma", **question})
    assert whole == again
    assert len(other) == 40
    assert other[0] == whole


@pytest.mark.parametrize("text", ["", "龙", "\n"])
def test_a_start_that_is_empty_or_unknown_begins_a_line(text):
    answer = ask(SMALL, None, {"write": 5, "text": text, "temperature": 0.0, "seed": 0})
    assert answer == ask(SMALL, None, {"write": 5, "text": "\n", "temperature": 0.0, "seed": 0})


def test_what_a_unit_does_is_read_from_the_trained_weights():
    chunk = advance(SMALL, None, 20)
    answer = ask(SMALL, chunk.state, {"read": "it Ma龙rio"})
    assert answer["text"] == "it Mario"
    assert answer["states"].shape == (8, 16)
    assert np.isnan(answer["surprise"][0])
    assert (answer["surprise"][1:] > 0).all()
    before = ask(SMALL, None, {"read": "it Mario"})
    assert not np.array_equal(before["states"], answer["states"])


def test_drawing_follows_the_temperature():
    logits, generator = np.log(np.array([[0.5, 0.3, 0.2]])).repeat(20000, 0), np.random.default_rng(0)
    for temperature in (1.0, 0.5):
        expected = np.array([0.5, 0.3, 0.2]) ** (1 / temperature)
        shares = np.bincount(draw(logits, temperature, generator)) / 20000
        np.testing.assert_allclose(shares, expected / expected.sum(), atol=0.015)
    assert (draw(logits, 0.0, generator) == 0).all()


def test_the_gradient_reaches_every_parameter():
    model = CharacterModel("lstm", 7, 5, 0)
    model(torch.arange(6)[None])[0].logsumexp(2).sum().backward()
    assert all(parameter.grad is not None for parameter in model.parameters())


def test_a_small_corpus_is_learnt_by_heart():
    spec = CharactersSpec(corpus="chinese", n_units=64, n_steps=220, learning_rate=0.02, batch_size=16, stretch=24)
    frames = advance(spec, None, spec.n_steps).frames
    first, last = frames[0].scalars, frames[-1].scalars
    assert first["copied"] == 0 < last["copied"]
    assert last["train_bits"] < 4 < last["ngram_bits"] < last["test_bits"]
    written = unpack(frames[-1].blob).arrays["written"]
    assert "。" in read_corpus("chinese").decode(written[0])
