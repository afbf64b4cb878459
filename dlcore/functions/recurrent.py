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


def unroll(cell: str, weights: Mapping[str, np.ndarray], x: np.ndarray) -> dict[str, np.ndarray]:
    """(T, H) each: gates, states and the sums before every gate, for inputs (T, I) and a first state of zeros.

    Sums are called after their gate: `sum_i`; those of the GRU's candidate are `sum_n`, and `recurrent_n` the part that
    its reset gate multiplies. Hochreiter & Schmidhuber 1997 with the forget gate of Gers et al. 2000; Cho et al. 2014.
    """
    n_units = weights["weight_hh"].shape[1]
    state = {"h": np.zeros(n_units), "c": np.zeros(n_units)}
    rows = []
    for x_t in x:
        state = STEPS[cell](weights, x_t, state)
        rows.append(state)
    return {name: np.stack([row[name] for row in rows]) for name in rows[0]}


def rnn_step(weights: Mapping[str, np.ndarray], x: np.ndarray, before: Mapping[str, np.ndarray]) -> dict:
    """h = tanh(W x + b + U h + b′) (Elman 1990)."""
    total = _from_input(weights, x) + _from_state(weights, before["h"])
    return {"sum_h": total, "h": np.tanh(total)}


def irnn_step(weights: Mapping[str, np.ndarray], x: np.ndarray, before: Mapping[str, np.ndarray]) -> dict:
    """h = max(0, W x + b + U h + b′) (Le et al. 2015)."""
    total = _from_input(weights, x) + _from_state(weights, before["h"])
    return {"sum_h": total, "h": np.maximum(0, total)}


def lstm_step(weights: Mapping[str, np.ndarray], x: np.ndarray, before: Mapping[str, np.ndarray]) -> dict:
    """c = f c + i g, h = o tanh(c)."""
    sums = np.split(_from_input(weights, x) + _from_state(weights, before["h"]), 4)
    i, f, o = (sigmoid(sums[gate]) for gate in (0, 1, 3))
    g = np.tanh(sums[2])
    c = f * before["c"] + i * g
    named = {f"sum_{gate}": total for gate, total in zip(GATES["lstm"], sums, strict=True)}
    return named | {"i": i, "f": f, "o": o, "g": g, "c": c, "h": o * np.tanh(c)}


def gru_step(weights: Mapping[str, np.ndarray], x: np.ndarray, before: Mapping[str, np.ndarray]) -> dict:
    """h = (1 − z) n + z h, and the reset gate multiplies U h + b′, not h."""
    given, recurrent = np.split(_from_input(weights, x), 3), np.split(_from_state(weights, before["h"]), 3)
    sums = {"sum_r": given[0] + recurrent[0], "sum_z": given[1] + recurrent[1]}
    r, z = sigmoid(sums["sum_r"]), sigmoid(sums["sum_z"])
    total = given[2] + r * recurrent[2]
    n = np.tanh(total)
    named = sums | {"sum_n": total, "given_n": given[2], "recurrent_n": recurrent[2]}
    return named | {"r": r, "z": z, "n": n, "h": (1 - z) * n + z * before["h"]}


STEPS = {"rnn": rnn_step, "irnn": irnn_step, "lstm": lstm_step, "gru": gru_step}


def sigmoid(z: np.ndarray) -> np.ndarray:
    """1 / (1 + e⁻ᶻ), without overflow."""
    return (1 + np.tanh(z / 2)) / 2


def _from_input(weights: Mapping[str, np.ndarray], x: np.ndarray) -> np.ndarray:
    return weights["weight_ih"] @ x + weights["bias_ih"]


def _from_state(weights: Mapping[str, np.ndarray], h: np.ndarray) -> np.ndarray:
    return weights["weight_hh"] @ h + weights["bias_hh"]
