"""The cell, opened: a small recurrent network trains on strings of symbols; its gates over one string are recorded."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
import torch.nn.functional as F

from dlcore.data.symbol_tasks import TASKS, encode, make_strings, read_string
from dlcore.functions.recurrent import TRACES, gate_terms, unroll
from dlcore.models.flat_optimizers import make_buffers, update
from dlcore.models.recurrent import Recurrent, clip, flatten

BATCH, N_TEST = 32, 100
CLIP = 1.0
SCALE = 1000  # what 1 is written as


class RecurrentCell:
    """Letters in shapes: B strings, T symbols, I letters of the alphabet, H units, K answers."""

    def __init__(self, spec: Any) -> None:
        self.spec = spec
        self.steps_done = 0
        task = TASKS[spec.symbol_task]
        self.net = Recurrent(spec.cell, len(task.symbols), spec.n_units, len(task.answers), spec.seed)
        self.flat, self.grad = flatten([self.net])
        self.buffers = make_buffers("adam", self.flat)
        symbols, self.y_test = make_strings(spec.symbol_task, N_TEST, np.random.default_rng([spec.seed, 3]))
        self.x_test = torch.from_numpy(encode(spec.symbol_task, symbols))

    def step(self) -> None:
        """One update of Adam on new strings."""
        generator = np.random.default_rng([self.spec.seed, 2, self.steps_done])
        symbols, y = make_strings(self.spec.symbol_task, BATCH, generator)
        self.grad.zero_()
        outputs = self.net(torch.from_numpy(encode(self.spec.symbol_task, symbols)))[0]  # (B, T, K)
        loss_of(outputs, y).backward()
        clip(self.grad, CLIP)
        self.steps_done += 1
        update("adam", self.flat, self.grad, self.buffers, self.steps_done, self.spec.learning_rate, 0.0)

    @torch.no_grad()
    def observe(self) -> dict[str, Any]:
        """Loss and share of right answers on new strings; every gate and state over the string that is shown."""
        outputs = self.net(self.x_test)[0]
        asked = self.y_test >= 0
        right = outputs.argmax(2).numpy()[asked] == self.y_test[asked]
        measured = {"loss": float(loss_of(outputs, self.y_test)), "accuracy": float(right.mean())}
        answer = self.ask({"string": TASKS[self.spec.symbol_task].shown})
        pictures = {f"trace_{name}": paint(trace) for name, trace in answer["traces"].items()}
        return measured | pictures | {"answers": paint(answer["answers"])}

    def state(self) -> dict[str, Any]:
        return {"flat": self.flat} | {f"buffer{i}": buffer for i, buffer in enumerate(self.buffers)}

    def weights(self) -> dict[str, Any]:
        """torch.nn's names: gates one below the other."""
        return dict(self.net.named_parameters())

    @torch.no_grad()
    def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        """`{"string": text}`: the cell over that string, computed by hand with the present weights.

        Gates and states `traces` (T, H) by name, what the gates' sums are made of (`terms`), the probabilities of the
        answers (T, K), the wanted ones (T,), −1 where none is, and the step at which the weights are taken.
        """
        symbols = read_string(self.spec.symbol_task, str(question["string"]))
        x = encode(self.spec.symbol_task, symbols).astype(np.float64)
        weights = {name.removesuffix("_l0"): p.double().numpy() for name, p in self.net.layer.named_parameters()}
        traces = unroll(self.spec.cell, weights, x)
        outputs = self.net.readout(torch.from_numpy(traces["h"].astype(np.float32)))
        return {
            "step": self.steps_done,
            "symbols": symbols,
            "traces": {name: traces[name] for name in TRACES[self.spec.cell]},
            "terms": gate_terms(self.spec.cell, weights, x, traces["h"]),
            "answers": outputs.softmax(1).double().numpy(),
        }


def loss_of(outputs: torch.Tensor, y: np.ndarray) -> torch.Tensor:
    """Cross-entropy of outputs (B, T, K), the mean over all places (B, T) where something is asked."""
    return F.cross_entropy(outputs.flatten(0, 1), torch.from_numpy(y).flatten(), ignore_index=-1)


def paint(trace: np.ndarray) -> np.ndarray:
    """(H, T) as int16, in thousandths."""
    return np.clip(np.round(trace.T * SCALE), -32767, 32767).astype(np.int16)
