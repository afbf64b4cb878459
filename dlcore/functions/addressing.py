"""How a head of a Neural Turing Machine finds its place: the four stages of Graves, Wayne & Danihelka (2014, 3.3).

Letters in shapes: … any number of axes, N slots of the memory, M numbers a slot. All are closed forms in numpy.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

TINY = 1e-6  # added to lengths of vectors, so that an empty slot has a direction
FAINT = 1e-8  # added to weights before the logarithm, so that a weight of 0 has one


class Stages(NamedTuple):
    """Weights over the slots, each (…, N), stage by stage; `weights` is where the head ends up."""

    content: np.ndarray
    gated: np.ndarray
    shifted: np.ndarray
    weights: np.ndarray


def cosine(key: np.ndarray, memory: np.ndarray) -> np.ndarray:
    """(…, N) how much each slot of (…, N, M) points where the key (…, M) points, −1 … 1 (equation 6)."""
    dots = (memory @ key[..., None])[..., 0]
    lengths = (np.linalg.norm(memory, axis=-1) + TINY) * (np.linalg.norm(key, axis=-1, keepdims=True) + TINY)
    return dots / lengths


def softmax(scores: np.ndarray) -> np.ndarray:
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    return raised / raised.sum(-1, keepdims=True)


def address_by_content(key: np.ndarray, strength: np.ndarray, memory: np.ndarray) -> np.ndarray:
    """(…, N) softmax of `strength` β (…,) times the cosines (equation 5)."""
    return softmax(np.asarray(strength)[..., None] * cosine(key, memory))


def interpolate(previous: np.ndarray, content: np.ndarray, gate: np.ndarray) -> np.ndarray:
    """(…, N) `gate` g (…,) of the content's weights, the rest of where the head was (equation 7)."""
    g = np.asarray(gate)[..., None]
    return g * content + (1 - g) * previous


def shift(weights: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """(…, N) moved around the ring of slots: `kernel` (…, 3) is the share one slot back, of staying, one slot on
    (equation 8)."""
    back, stay, on = (kernel[..., place, None] for place in range(3))
    return back * np.roll(weights, -1, -1) + stay * weights + on * np.roll(weights, 1, -1)


def sharpen(weights: np.ndarray, power: np.ndarray) -> np.ndarray:
    """(…, N) raised to the `power` γ (…,) and made to sum to 1 again (equation 9)."""
    return softmax(np.asarray(power)[..., None] * np.log(weights + FAINT))


def address(
    key: np.ndarray,
    strength: np.ndarray,
    gate: np.ndarray,
    kernel: np.ndarray,
    power: np.ndarray,
    previous: np.ndarray,
    memory: np.ndarray,
) -> Stages:
    """All four stages, from where the head was to where it is."""
    content = address_by_content(key, strength, memory)
    gated = interpolate(previous, content, gate)
    shifted = shift(gated, kernel)
    return Stages(content, gated, shifted, sharpen(shifted, power))


def write(memory: np.ndarray, weights: np.ndarray, erase: np.ndarray, add: np.ndarray) -> np.ndarray:
    """(…, N, M) the memory after the head at `weights` (…, N) erased and added (…, M) (equations 3 and 4)."""
    at = weights[..., None]
    return memory * (1 - at * erase[..., None, :]) + at * add[..., None, :]


def read(memory: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """(…, M) the slots' mean, weighted (equation 2)."""
    return (weights[..., None, :] @ memory)[..., 0, :]
