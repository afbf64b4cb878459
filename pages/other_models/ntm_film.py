"""A test sequence as a film: a frame a time step, with the memory, both heads and their four stages in numbers.

Letters in shapes: T steps, two heads (reading, writing), N slots of M numbers, L words of K bits.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from dlcore.data.copying import N_BITS, as_inputs
from dlcore.functions import addressing

HEADS = ("reader", "writer")  # as the machine numbers them
NUMBERS = ("strength", "gate", "back", "stay", "on", "power")
SCALE = 1000  # what 1 is written as in int16
HEARS, IS_TOLD, SPEAKS = range(3)  # what the machine does at a step

Frame = dict[str, Any]


def make_film(answer: dict[str, Any]) -> list[Frame]:
    """Frames of `CopyTask.follow`'s answer; what stays the same is in the first one alone."""
    n_words, n_steps = len(answer["words"]), len(answer["key"])
    arrays, numbers = head_arrays(answer), head_numbers(answer)
    memory = as_int16(answer["memory"])
    frames: list[Frame] = []
    for t in range(n_steps):
        phase = HEARS if t < n_words else IS_TOLD if t == n_words else SPEAKS
        frame: Frame = {"t": t + 1, "phase": phase, "word": (t if t < n_words else t - n_words - 1) + 1, "of": n_words}
        for place, head in enumerate(HEADS):
            frame |= {f"{head}_{name}": values[t, place] for name, values in arrays.items()}
            told = {name: float(values[t, place]) for name, values in numbers.items()}
            frame |= {f"{head}_{name}": value for name, value in told.items()}
            frame[f"{head}_numbers"] = np.array(list(told.values()))
        frames.append(frame | {"memory": memory[t]})
    frames[0] |= still_arrays(answer)
    return frames


def head_arrays(answer: dict[str, Any]) -> dict[str, np.ndarray]:
    """(T, 2, N) by name: every stage, what it is made of, and for the shift the neighbours' weights."""
    previous = np.concatenate([answer["start_weights"][None], answer["weights"][:-1]])
    memory = np.concatenate([answer["start"][None], answer["memory"][:-1]])[:, None]  # (T, 1, N, M)
    memory = np.broadcast_to(memory, (len(previous), 2, *memory.shape[2:]))
    strength, gate, power = (answer[name][..., 0] for name in ("strength", "gate", "power"))
    stages = addressing.address(answer["key"], strength, gate, answer["kernel"], power, previous, memory)
    return {
        "previous": previous,
        "cosine": addressing.cosine(answer["key"], memory),
        "content": stages.content,
        "gated": stages.gated,
        "behind": np.roll(stages.gated, 1, -1),
        "ahead": np.roll(stages.gated, -1, -1),
        "shifted": stages.shifted,
        "weights": stages.weights,
    }


def head_numbers(answer: dict[str, Any]) -> dict[str, np.ndarray]:
    """(T, 2) by name: β, g, the three shares of the shift, γ."""
    kernel = np.moveaxis(answer["kernel"], -1, 0)
    found = (answer["strength"][..., 0], answer["gate"][..., 0], *kernel, answer["power"][..., 0])
    return dict(zip(NUMBERS, found, strict=True))


def still_arrays(answer: dict[str, Any]) -> dict[str, np.ndarray]:
    """What goes in, what is wanted and what is said, (…, T), from −1 (a bit 0) to 1; how far a bit is off, from 0 to 1;
    and all weights (N, T)."""
    words, n_steps = answer["words"], len(answer["key"])
    silence = np.zeros((n_steps - len(words), N_BITS))
    wanted, said = (np.concatenate([silence, 2.0 * bits - 1]) for bits in (words, answer["said_ntm"]))
    heads = np.moveaxis(answer["weights"], 0, -1)  # (2, N, T)
    return {
        "heard": as_int16(as_inputs(words[None])[0].T),
        "wanted": as_int16(wanted.T),
        "said": as_int16(said.T),
        "wrong": as_int16(np.abs(said - wanted).T / 2),
        "reader_path": as_int16(heads[0]),
        "writer_path": as_int16(heads[1]),
    }


def as_int16(values: np.ndarray) -> np.ndarray:
    return np.clip(np.round(values * SCALE), -32767, 32767).astype(np.int16)
