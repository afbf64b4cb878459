"""The equations of recurrent cells, one time step after another, in PyTorch's conventions; numpy, forward only.

Letters in shapes: T steps, I inputs, H units. The parameters are those of one layer of torch.nn: `weight_ih` (G·H, I),
`weight_hh` (G·H, H) and the two biases `bias_ih`, `bias_hh` (G·H,) of G gates one below the other.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

GATES = {"rnn": ("h",), "irnn": ("h",), "lstm": ("i", "f", "g", "o"), "gru": ("r", "z", "n")}  # in torch's order
TRACES = {
    "rnn": ("h",),
    "irnn": ("h",),
    "lstm": ("i", "f", "o", "g", "c", "h"),
    "gru": ("r", "z", "n", "h"),
}  # what is worth a picture
SIGNED = ("g", "c", "n", "h")  # the others lie between 0 and 1

State = dict[str, np.ndarray]


def unroll(cell: str, weights: Mapping[str, np.ndarray], x: np.ndarray) -> dict[str, np.ndarray]:
    """Gates and states (T, H) by name, for inputs (T, I) and a first state of zeros."""
    n_units = weights["weight_hh"].shape[1]
    state = {"h": np.zeros(n_units), "c": np.zeros(n_units)}
    rows = []
    for x_t in x:
        given = weights["weight_ih"] @ x_t + weights["bias_ih"]
        recurrent = weights["weight_hh"] @ state["h"] + weights["bias_hh"]
        state = STEPS[cell](given, recurrent, state)
        rows.append(state)
    return {name: np.stack([row[name] for row in rows]) for name in rows[0]}


def rnn_step(given: np.ndarray, recurrent: np.ndarray, before: State) -> State:
    """h = tanh(W x + b + U h + b′) (Elman 1990)."""
    return {"h": np.tanh(given + recurrent)}


def irnn_step(given: np.ndarray, recurrent: np.ndarray, before: State) -> State:
    """h = max(0, W x + b + U h + b′) (Le et al. 2015)."""
    return {"h": np.maximum(0, given + recurrent)}


def lstm_step(given: np.ndarray, recurrent: np.ndarray, before: State) -> State:
    """c = f c + i g, h = o tanh(c) (Hochreiter & Schmidhuber 1997; forget gate: Gers et al. 2000)."""
    total = np.split(given + recurrent, 4)
    i, f, o = (sigmoid(total[gate]) for gate in (0, 1, 3))
    g = np.tanh(total[2])
    c = f * before["c"] + i * g
    return {"i": i, "f": f, "o": o, "g": g, "c": c, "h": o * np.tanh(c)}


def gru_step(given: np.ndarray, recurrent: np.ndarray, before: State) -> State:
    """h = (1 − z) n + z h; the reset gate multiplies U h + b′ (in Cho et al. 2014: h itself)."""
    (given_r, given_z, given_n), (from_r, from_z, from_n) = np.split(given, 3), np.split(recurrent, 3)
    r, z = sigmoid(given_r + from_r), sigmoid(given_z + from_z)
    n = np.tanh(given_n + r * from_n)
    return {"r": r, "z": z, "n": n, "h": (1 - z) * n + z * before["h"]}


def gate_terms(
    cell: str, weights: Mapping[str, np.ndarray], x: np.ndarray, h: np.ndarray
) -> dict[str, dict[str, np.ndarray]]:
    """What each gate's sum is made of, for inputs (T, I) and the states (T, H) that `unroll` found.

    By gate: `given` = W x and `recurrent` = U h₋₁ (T, H), and the biases `b` and `b2` (H,).
    """
    before = np.concatenate([np.zeros_like(h[:1]), h[:-1]])
    columns = {"given": x @ weights["weight_ih"].T, "recurrent": before @ weights["weight_hh"].T}
    columns |= {"b": weights["bias_ih"], "b2": weights["bias_hh"]}
    n_gates = len(GATES[cell])
    split = {name: np.split(value, n_gates, axis=-1) for name, value in columns.items()}
    return {gate: {name: parts[place] for name, parts in split.items()} for place, gate in enumerate(GATES[cell])}


STEPS = {"rnn": rnn_step, "irnn": irnn_step, "lstm": lstm_step, "gru": gru_step}


def sigmoid(z: np.ndarray) -> np.ndarray:
    """1 / (1 + e⁻ᶻ), without overflow."""
    return (1 + np.tanh(z / 2)) / 2
