"""Which unit of a recurrent network follows which property of a text; numpy."""

from __future__ import annotations

import numpy as np


def correlate(text: str, states: np.ndarray) -> dict[str, tuple[int, float]]:
    """For each property of a text that is not the same everywhere: the unit whose state follows it best, and r."""
    found = {}
    for name, values in properties(text).items():
        if np.ptp(values) == 0:
            continue
        centred = states - states.mean(axis=0)
        size = np.sqrt((centred**2).sum(axis=0) * ((values - values.mean()) ** 2).sum())
        r = np.where(size > 0, (centred * (values - values.mean())[:, None]).sum(axis=0) / np.maximum(size, 1e-9), 0.0)
        best = int(np.abs(r).argmax())
        found[name] = (best, float(r[best]))
    return found


def properties(text: str) -> dict[str, np.ndarray]:
    """What can be said of each character of a text (T,)."""
    starts = np.cumsum([character == "\n" for character in text])
    begun = {line: place for place, line in reversed(list(enumerate(starts.tolist())))}
    return {
        "line": np.array([at - begun[line] for at, line in enumerate(starts.tolist())], dtype=float),
        "space": np.array([character.isspace() for character in text], dtype=float),
        "mark": np.array([not (character.isalnum() or character.isspace()) for character in text], dtype=float),
        "capital": np.array([character.isupper() for character in text], dtype=float),
        "quote": np.cumsum([character == '"' for character in text]) % 2 * 1.0,
    }
