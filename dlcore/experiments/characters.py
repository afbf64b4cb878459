"""Characters: a recurrent network learns a text by saying the next character; it writes while it learns."""

from __future__ import annotations

import functools
import math
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from dlcore.data.texts import MOST_BITS, read_corpus, share_of_copies
from dlcore.functions.bands import spread
from dlcore.functions.counts import ngram_bits, unigram_bits
from dlcore.models.character_model import CharacterModel
from dlcore.models.ensemble import Ensemble

N_STREAMS, STREAM, WARM_UP = 32, 64, 14  # held-out stretches, their characters, the first of them that are not judged
N_SHOWN = 4  # stretches whose surprises are drawn
N_WRITTEN, LENGTH = 6, 48  # stretches written for each frame
TEMPERATURE = 0.8  # of those
ORDER = 4  # of the counting model: it knows the last three characters


class Characters:
    """One network a seed on the same text; letters in shapes: B batch, T stretch, V alphabet, S seeds."""

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        self.corpus = read_corpus(spec.corpus)
        seeds = range(spec.seed, spec.seed + spec.n_seeds)
        n_characters = len(self.corpus.alphabet)
        self.models = [CharacterModel(spec.cell, n_characters, spec.n_units, seed) for seed in seeds]
        self.ensemble = Ensemble(self.models, seeds)
        self.train = torch.from_numpy(self.corpus.train).unfold(0, spec.stretch + 1, 1)  # (N − T, T + 1)
        self.streams = torch.from_numpy(cut_streams(self.corpus.test))

    def step(self) -> None:
        """One update of every network."""
        self.steps_done += 1
        self.ensemble.step(self.loss, self.steps_done, self.spec.learning_rate)

    def loss(self, number: int, model: nn.Module) -> torch.Tensor:
        """Cross-entropy of every next character in B stretches of the text."""
        generator = np.random.default_rng([self.ensemble.seeds[number], 2, self.steps_done])
        rows = self.train[torch.from_numpy(generator.integers(len(self.train), size=self.spec.batch_size))]
        logits = model(rows[:, :-1])[0]
        return F.cross_entropy(logits.flatten(0, 1), rows[:, 1:].flatten())

    def observe(self) -> dict[str, Any]:
        """Bits a character on held-out text beside the counting models'; what the first network writes and expects."""
        surprises = [self.surprise(model, self.streams) for model in self.models]
        judged = [float(surprise[:, WARM_UP - 1 :].mean()) for surprise in surprises]
        observed: dict[str, Any] = {
            "case": self.steps_done > 0,
            "train_bits": float(self.ensemble.losses.median()) / math.log(2),
            **spread("test_bits", judged),
        }
        written = self.write()
        observed |= count_baselines(self.spec.corpus) | {"copied": share_of_copies(self.spec.corpus, written)}
        shown = np.clip(surprises[0][:N_SHOWN] / MOST_BITS * 255, 0, 255)
        observed |= {"written": written.astype(np.int16), "surprise": shown.astype(np.uint8)}
        if self.steps_done == 0:
            observed["shown"] = self.streams[:N_SHOWN, 1:].numpy().astype(np.int16)
        return observed

    def state(self) -> dict[str, Any]:
        return self.ensemble.state()

    def weights(self) -> dict[str, Any]:
        return self.ensemble.weights()

    def ask(self, question: dict[str, Any]) -> Any:
        """Something of the first network.

        `{"write": n, "text": before, "temperature": t, "seed": s}`: the next n characters (a text). `{"read": text}`:
        the text as far as its characters are known, the units' states after each (T, H), −127 to 127, and how
        surprising each was in bits (T,), the first one NaN.
        """
        if "write" in question:
            return self.go_on(question)
        numbers = self.corpus.encode(question["read"])
        rows = torch.from_numpy(numbers)[None]
        with torch.no_grad():
            hidden = self.models[0](rows)[1][0].numpy()
        surprise = np.concatenate([[np.nan], self.surprise(self.models[0], rows)[0]])
        return {
            "text": self.corpus.decode(numbers),
            "states": np.round(127 * np.clip(hidden, -1, 1)).astype(np.int8),
            "surprise": surprise.astype(np.float32),
        }

    def go_on(self, question: dict[str, Any]) -> str:
        """The continuation of a text; what is drawn depends on how long that is, not on how it was come by."""
        before = self.corpus.encode(question["text"] or "\n")
        if len(before) == 0:
            before = self.corpus.encode("\n")
        generator = np.random.default_rng([question["seed"], 6, len(before)])
        start = torch.from_numpy(before)[None]
        written = self.models[0].write(start, question["write"], question["temperature"], generator)
        return self.corpus.decode(written[0])

    def write(self) -> np.ndarray:
        """What the first network writes after a line's end (N_WRITTEN, LENGTH); always the same lots are drawn."""
        start = torch.full((N_WRITTEN, 1), int(self.corpus.encode("\n")[0]))
        return self.models[0].write(start, LENGTH, TEMPERATURE, np.random.default_rng([self.spec.seed, 5]))

    @torch.no_grad()
    def surprise(self, model: CharacterModel, rows: torch.Tensor) -> np.ndarray:
        """−log₂ p of every character but the first of rows (B, T), (B, T − 1)."""
        logits = model(rows[:, :-1])[0]
        nats = F.cross_entropy(logits.flatten(0, 1), rows[:, 1:].flatten(), reduction="none")
        return nats.view(len(rows), -1).numpy() / math.log(2)


def cut_streams(text: np.ndarray) -> np.ndarray:
    """The first stretches of a text, one below the other (N_STREAMS or fewer, STREAM)."""
    n_streams = min(N_STREAMS, len(text) // STREAM)
    return text[: n_streams * STREAM].reshape(n_streams, STREAM)


@functools.lru_cache(maxsize=3)
def count_baselines(name: str) -> dict[str, float]:
    """What counting alone reaches on the characters that the network is judged by, and how much of the held-out text
    stands in the other part by itself."""
    corpus = read_corpus(name)
    streams = cut_streams(corpus.test)
    found = {"unigram_bits": unigram_bits(corpus.train, streams[:, WARM_UP:].ravel(), len(corpus.alphabet))}
    for label, order in (("bigram_bits", 2), ("ngram_bits", ORDER)):
        found[label] = ngram_bits(corpus.train, streams, len(corpus.alphabet), order, WARM_UP)
    return found | {"copied_test": share_of_copies(name, corpus.test[None])}
