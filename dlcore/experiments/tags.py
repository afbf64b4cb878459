"""Tags: two recurrent networks learn the parts of speech of generated sentences; one sees only what came before."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pack_padded_sequence

from dlcore.data.tagged import (
    LONGEST_CHAIN,
    TAGS,
    UNSURE,
    VOCABULARY,
    Sentences,
    choose_shown,
    make_sentences,
    make_test,
)
from dlcore.functions.bands import spread
from dlcore.functions.tagging import fit_linear, make_windows, most_frequent, predict_linear
from dlcore.models.ensemble import Ensemble
from dlcore.models.recurrent import Recurrent

LANES = ("forward", "both")


class TagModel(nn.Module):
    """A vector for each word, a `Recurrent` that reads one way or both, logits of K tags."""

    def __init__(self, cell: str, n_units: int, reads_both: bool, seed: int) -> None:
        super().__init__()
        drawn = np.random.default_rng([seed, 4]).standard_normal((len(VOCABULARY), n_units)) / n_units**0.5
        self.vectors = nn.Parameter(torch.from_numpy(drawn).float())
        units = max(1, n_units // 2) if reads_both else n_units
        self.net = Recurrent(cell, n_units, units, len(TAGS), seed, bidirectional=reads_both)

    def forward(self, words: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
        """Logits (M, K) of all words of sentences (B, T), as they lie in `packed`."""
        vectors = F.embedding(words.clamp_min(0), self.vectors)
        return self.net.readout(self.net.layer(packed(vectors, lengths))[0].data)


def packed(padded: torch.Tensor, lengths: torch.Tensor) -> Any:
    """Sentences (B, T, …), the longest first, without what lies after their ends."""
    return pack_padded_sequence(padded, lengths, batch_first=True)


class Tags:
    """For each seed a network a lane; letters in shapes: B sentences, T words, K tags, M words in all."""

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        self.seeds = range(spec.seed, spec.seed + spec.n_seeds)
        self.train = make_sentences(spec.n_sentences, spec.data_seed)
        self.test = make_test(spec.data_seed)
        self.lanes = {
            lane: Ensemble([TagModel(spec.cell, spec.n_units, lane == "both", seed) for seed in self.seeds], self.seeds)
            for lane in LANES
        }

    def step(self) -> None:
        """Adam on the cross-entropy of every word's tag, in both lanes on the same sentences."""
        n, batch_size = len(self.train.lengths), min(self.spec.batch_size, len(self.train.lengths))
        batches = [
            take(self.train, np.random.default_rng([seed, 2, self.steps_done]).permutation(n)[:batch_size])
            for seed in self.seeds
        ]
        self.steps_done += 1

        def loss(number: int, model: nn.Module) -> torch.Tensor:
            words, tags, lengths = batches[number]
            return F.cross_entropy(model(words, lengths), packed(tags, lengths).data)

        for ensemble in self.lanes.values():
            ensemble.step(loss, self.steps_done, self.spec.learning_rate)

    def observe(self) -> dict[str, Any]:
        """Shares of right tags on test sentences: of all words, of ambiguous ones, by the distance of what decides."""
        observed: dict[str, Any] = dict(self.baselines["scalars"])
        for lane, ensemble in self.lanes.items():
            said = [self.predict(model) for model in ensemble.models]
            right = [each == self.test.tags for each in said]
            observed |= spread(f"accuracy_{lane}", [share(each, self.test.words >= 0) for each in right])
            observed |= spread(f"unsure_{lane}", [share(each, is_unsure(self.test)) for each in right])
            observed[f"by_distance_{lane}"] = np.mean([by_distance(each, self.test) for each in right], axis=0)
            observed[f"tags_{lane}"] = said[0][choose_shown(self.test)].astype(np.int8)
        return observed if self.steps_done else observed | self._static()

    def state(self) -> dict[str, Any]:
        """Weights and Adam's means of both lanes."""
        named: dict[str, Any] = {}
        for lane, ensemble in self.lanes.items():
            named |= ensemble.state(f"{lane}.")
        return named

    def weights(self) -> dict[str, Any]:
        """Every network's parameters, each name after its lane and seed."""
        named: dict[str, Any] = {}
        for lane, ensemble in self.lanes.items():
            named |= ensemble.weights(f"{lane}.")
        return named

    @torch.no_grad()
    def predict(self, model: nn.Module) -> np.ndarray:
        """The tags of the test sentences (N, T), −1 after their ends."""
        rows = np.argsort(-self.test.lengths, kind="stable")
        words, _, lengths = take(self.test, rows)
        flat = model(words, lengths).argmax(1)
        places = packed(torch.arange(words.numel()).view_as(words), lengths).data
        tags = torch.full((words.numel(),), -1)
        tags[places] = flat
        found = np.full(self.test.tags.shape, -1)
        found[rows, : words.shape[1]] = tags.view_as(words).numpy()
        return found

    @functools.cached_property
    def baselines(self) -> dict[str, Any]:
        """What needs no network: scalars and curves by name."""
        return measure_baselines(self.spec.n_sentences, self.spec.data_seed, self.spec.reach)

    def _static(self) -> dict[str, Any]:
        return dict(self.baselines["arrays"]) | {"tags_true": self.test.tags[choose_shown(self.test)].astype(np.int8)}


def take(sentences: Sentences, rows: np.ndarray) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Words and tags (B, T) and lengths (B,) of some sentences, the longest first."""
    rows = rows[np.argsort(-sentences.lengths[rows], kind="stable")]
    lengths = torch.from_numpy(sentences.lengths[rows])
    longest = int(lengths[0])
    words, tags = (torch.from_numpy(part[rows, :longest]) for part in (sentences.words, sentences.tags))
    return words, tags, lengths


@functools.lru_cache(maxsize=32)
def measure_baselines(n_sentences: int, data_seed: int, reach: int) -> dict[str, Any]:
    """Shares of right tags by a word's most frequent tag, and by a linear model of it and its neighbours."""
    train, test = make_sentences(n_sentences, data_seed), make_test(data_seed)
    n_words, n_tags = len(VOCABULARY), len(TAGS)
    frequent = most_frequent(train.words, train.tags, n_words, n_tags)[test.words[test.words >= 0]]
    theta = fit_linear(make_windows(train.words, n_words, reach), train.tags[train.words >= 0], n_tags)
    linear = predict_linear(theta, make_windows(test.words, n_words, reach))
    scalars, arrays = {}, {}
    for name, said in (("frequent", frequent), ("linear", linear)):
        right = np.zeros(test.tags.shape, dtype=bool)
        right[test.words >= 0] = said == test.tags[test.words >= 0]
        scalars[f"accuracy_{name}"] = share(right, test.words >= 0)
        scalars[f"unsure_{name}"] = share(right, is_unsure(test))
        arrays[f"by_distance_{name}"] = by_distance(right, test)
    return {"scalars": scalars, "arrays": arrays}


def is_unsure(sentences: Sentences) -> np.ndarray:
    """Which words can have more than one tag (N, T)."""
    return np.isin(sentences.words, sorted(UNSURE))


def share(right: np.ndarray, counted: np.ndarray) -> float:
    return float(right[counted].mean())


def by_distance(right: np.ndarray, sentences: Sentences) -> np.ndarray:
    """Shares of right tags of "her" and "that" by how many words later the deciding one stands (LONGEST_CHAIN + 1,).

    0 where there is none at a distance.
    """
    unsure = np.isin(sentences.words, [VOCABULARY.index(word) for word in ("her", "that")])
    decides = np.isin(sentences.tags, [TAGS.index("NOUN"), TAGS.index("VERB")])
    rows, places = np.nonzero(unsure)
    distance = np.array([int(decides[row, at + 1 :].argmax()) + 1 for row, at in zip(rows, places, strict=True)])
    hits = right[rows, places]
    found = [hits[distance == d] for d in range(1, LONGEST_CHAIN + 2)]
    return np.array([each.mean() if len(each) else 0.0 for each in found])
