"""The copy task: Neural Turing Machines and LSTMs learn to say again what they were told, word by word.

Letters in shapes: S seeds, B sequences, L words of K bits, T = 2L + 1 steps, I inputs, N slots of M numbers.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
import torch.nn.functional as F

from dlcore.data.copying import LONGEST, N_BITS, N_INPUTS, as_inputs, make_words, n_steps_of
from dlcore.experiments.playground import band
from dlcore.models.flat_optimizers import make_buffers, update
from dlcore.models.recurrent import Recurrent, clip, flatten
from dlcore.models.turing import Moment, StackedTuring

N_TEST, N_LONGER = 16, 32  # sequences of each trained length, and of twice the longest
RECENT = 0.02  # weight of the newest batch in the running mean of the loss
FLOOR = float(np.log(2))  # loss of a machine that has no idea, in nats a bit
RUN = 10  # lengths that are tested in one batch
N_EACH = 20  # sequences of each length for the curve over the lengths
TRAINING, TEST, SHOWN, LENGTHS = range(4)  # streams of random words
LEAST = 1e-4  # of an error that others are divided by


class CopyTask:
    """Every update is on one length for all machines; the words are those of the seed and the update."""

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        self.seeds = tuple(spec.seed + i for i in range(spec.n_seeds))
        self.lanes = {name: Lane(open_machines(name, spec, self.seeds), spec.n_seeds) for name in spec.machines}
        generator = np.random.default_rng([spec.data_seed, TEST])
        self.trained = [make_words(length, N_TEST, generator) for length in range(1, spec.max_length + 1)]
        self.longer = [make_words(2 * spec.max_length, N_LONGER, generator)]

    def step(self) -> None:
        """One update of Adam of every machine, on new sequences of one length."""
        spec = self.spec
        place = (spec.data_seed, TRAINING, self.steps_done)
        length = int(np.random.default_rng(place).integers(1, spec.max_length + 1))
        generators = [np.random.default_rng((*place, 1 + seed)) for seed in self.seeds]
        words = np.stack([make_words(length, spec.batch_size, generator) for generator in generators])
        self.steps_done += 1
        for lane in self.lanes.values():
            lane.step(words, self.steps_done, spec.learning_rate, spec.clip_norm)

    def observe(self) -> dict[str, Any]:
        """By machine: loss on the last batches, errors on new words; what the first seed says to one sequence."""
        observed: dict[str, Any] = {"floor": FLOOR}
        shown, n_steps = self.longer[0][0], n_steps_of(2 * self.spec.max_length)
        for name, lane in self.lanes.items():
            moments: list[Moment] = []
            short = lane.answer(self.trained, n_steps_of(self.spec.max_length))
            long = lane.answer(self.longer, n_steps, moments)
            observed |= spread(f"loss_{name}", lane.recent)
            observed |= spread(f"error_trained_{name}", errors(self.trained, short).mean(0))
            observed |= spread(f"error_longer_{name}", errors(self.longer, long).mean(0))
            observed[f"said_{name}"] = bytes_of(answers_to(shown[None], long[0, :1])[0].T)  # (K, 2L)
            if moments:
                observed["written"], observed["read"] = (
                    bytes_of(np.stack([moment.weights[0, head].numpy() for moment in moments], 1)) for head in (1, 0)
                )  # (N, T) each
        if len(self.lanes) == 2:
            observed["error_ratio"] = observed["error_longer_ntm"] / max(observed["error_longer_lstm"], LEAST)
        if self.steps_done == 0:
            observed["wanted"] = 255 * shown.T  # (K, 2L)
        return observed

    def state(self) -> dict[str, Any]:
        """All that an update changes; the words follow from seeds and step alone."""
        return {f"{name}.{key}": value for name, lane in self.lanes.items() for key, value in lane.state().items()}

    def weights(self) -> dict[str, Any]:
        """After the machine and the seed, the paper's parts of an NTM, torch.nn's names of an LSTM."""
        return {
            f"{name}.{seed}.{key}": block[place]
            for name, lane in self.lanes.items()
            for key, block in lane.machines.parameters().items()
            for place, seed in enumerate(self.seeds)
        }

    def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        """`{"length": L, "number": n, "place": s}`: the n-th sequence of L words through the machines of one seed, see
        `follow`; `{"lengths": longest}`: errors (longest, S) by machine."""
        if "lengths" in question:
            return self.errors_by_length(min(int(question["lengths"]), LONGEST))
        length = max(1, min(int(question["length"]), LONGEST))
        generator = np.random.default_rng([self.spec.data_seed, SHOWN, length, int(question["number"])])
        return self.follow(make_words(length, 1, generator), min(int(question["place"]), len(self.seeds) - 1))

    def follow(self, words: np.ndarray, place: int) -> dict[str, Any]:
        """What one seed's machines make of words (1, L, K).

        `words` (L, K); `said_<machine>` (L, K) probabilities; of an NTM every part of `Moment`, heads first: `key`
        (T, 2, M), `weights` (T, 2, N) and so on, `memory` (T, N, M), and before the first step `start` (N, M) and
        `start_weights` (2, N).
        """
        answer: dict[str, Any] = {"step": self.steps_done, "words": words[0]}
        for name, lane in self.lanes.items():
            moments: list[Moment] = []
            logits = lane.answer([words], n_steps_of(words.shape[1]), moments)
            answer[f"said_{name}"] = answers_to(words, logits[place])[0]
            for part in Moment._fields if moments else ():
                answer[part] = np.stack([getattr(moment, part)[place].numpy() for moment in moments])
            if moments:
                answer["start"] = lane.machines.start[place, 0].numpy()
                answer["start_weights"] = lane.machines.first_weights(1)[0].numpy()
        return answer

    def errors_by_length(self, longest: int) -> dict[str, Any]:
        """(longest, S) by machine: the share of wrong bits in sequences of 1, 2, … words."""
        generator = np.random.default_rng([self.spec.data_seed, LENGTHS])
        words = [make_words(length, N_EACH, generator) for length in range(1, longest + 1)]
        found: dict[str, Any] = {"step": self.steps_done}
        for name, lane in self.lanes.items():
            runs = [words[start : start + RUN] for start in range(0, longest, RUN)]
            parts = [errors(run, lane.answer(run, n_steps_of(run[-1].shape[1]))) for run in runs]
            found[name] = np.concatenate(parts)
        return found


class StackedLstm:
    """An LSTM of torch.nn for each seed, to be used like `StackedTuring`."""

    def __init__(self, n_units: int, seeds: tuple[int, ...]) -> None:
        self.nets = [Recurrent("lstm", N_INPUTS, n_units, N_BITS, seed, forget_bias=1.0) for seed in seeds]
        self.flat, self.grad = flatten(self.nets)

    def __call__(self, x: torch.Tensor, moments: list[Moment] | None = None) -> torch.Tensor:
        """Logits (S, B, T, K) for inputs (S, B, T, I); there is no memory to look into."""
        return torch.stack([net(one)[0] for net, one in zip(self.nets, x, strict=True)])

    def parameters(self) -> dict[str, torch.Tensor]:
        """Stacked, (S, …), by torch.nn's names."""
        names = [name for name, _ in self.nets[0].named_parameters()]
        return {name: torch.stack([net.get_parameter(name) for net in self.nets]) for name in names}


class Lane:
    """The machines of one kind, a seed each, and the optimiser that they share."""

    def __init__(self, machines: Any, n_models: int) -> None:
        self.machines, self.n_models = machines, n_models
        self.buffers = make_buffers("adam", machines.flat)
        self.recent = np.full(n_models, FLOOR)

    def step(self, words: np.ndarray, step: int, learning_rate: float, clip_norm: float) -> None:
        """One update on words (S, B, L, K)."""
        length = words.shape[2]
        x = torch.from_numpy(np.stack([as_inputs(one) for one in words]))
        self.machines.grad.zero_()
        said = self.machines(x)[:, :, length + 1 :]  # (S, B, L, K)
        wanted = torch.from_numpy(words).float()
        losses = F.binary_cross_entropy_with_logits(said, wanted, reduction="none").mean((1, 2, 3))
        losses.sum().backward()
        clip(self.machines.grad, clip_norm, self.n_models)
        update("adam", self.machines.flat, self.machines.grad, self.buffers, step, learning_rate, 0.0)
        self.recent += RECENT * (losses.detach().numpy() - self.recent)

    @torch.no_grad()
    def answer(self, words: list[np.ndarray], n_steps: int, moments: list[Moment] | None = None) -> np.ndarray:
        """Logits (S, B, T, K) for words of several lengths, (n, L, K) each, one after another."""
        x = torch.from_numpy(np.concatenate([as_inputs(one, n_steps) for one in words]))
        return self.machines(x.expand(self.n_models, -1, -1, -1), moments).numpy()

    def state(self) -> dict[str, Any]:
        buffers = {f"buffer{i}": buffer for i, buffer in enumerate(self.buffers)}
        return {"flat": self.machines.flat, "recent": self.recent, **buffers}


def open_machines(name: str, spec: Any, seeds: tuple[int, ...]) -> StackedTuring | StackedLstm:
    if name == "lstm":
        return StackedLstm(spec.n_lstm_units, seeds)
    sizes = (spec.n_controller_units, spec.n_slots, spec.slot_width)
    return StackedTuring(N_INPUTS, N_BITS, *sizes, seeds, spec.memory_init, spec.read_start)


def answers_to(words: np.ndarray, logits: np.ndarray) -> np.ndarray:
    """(…, L, K) how probable each bit is a 1, from logits (…, T, K), in the silence after the L words (…, L, K)."""
    length = words.shape[-2]
    said = logits[..., length + 1 : n_steps_of(length), :]
    return 1 / (1 + np.exp(-said.clip(-50, 50)))


def errors(words: list[np.ndarray], logits: np.ndarray) -> np.ndarray:
    """(lengths, S) the share of wrong bits in each of several (n, L, K), from logits (S, B, T, K) of all of them."""
    parts = np.split(logits, np.cumsum([len(one) for one in words])[:-1], 1)
    wrong = [(answers_to(one, part) > 0.5) != one for one, part in zip(words, parts, strict=True)]
    return np.stack([one.mean((1, 2, 3)) for one in wrong])


def bytes_of(shares: np.ndarray) -> np.ndarray:
    """Numbers from 0 to 1 as uint8, whatever blew up."""
    return np.round(255 * np.nan_to_num(shares)).astype(np.uint8)


def spread(name: str, values: np.ndarray) -> dict[str, float]:
    """One number, or the band of several."""
    return band(name, values) if len(values) > 1 else {name: float(values[0])}
