"""Before any network: one digit squeezed through 0 to 64 numbers by PCA, which has a closed form."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import streamlit as st

from dlcore.data.digit_split import split_digits
from dlcore.functions.principal_components import Principal, principal_components, squared_error
from ui.components import stage
from ui.page import Page
from ui.still import show_still

SIZES = (0, 1, 2, 4, 8, 16, 32, 64)
N_DIRECTIONS = 8


def show_pca(page: Page) -> None:
    """A digit to choose, its rebuilt pictures by k with their errors, and the first principal directions."""
    label = page.labels
    page.text("ae_pca")
    key, _ = page.keep("ae.digit", "digit", 3, range(10))
    digit = st.segmented_control(label["ae_digit"], range(10), key=key, required=True, wrap=True)
    shown = rebuilt_by_size(int(digit))
    panels = [
        stage.tiles(
            label["ae_by_size"],
            "rebuilt",
            alt=label["ae_by_size_alt"],
            columns=len(SIZES) + 1,
            names=(label["ae_original"], *(f"k={k}" for k in SIZES)),
            caption=label["ae_by_size_caption"],
            values={"error": "errors"},
            width=1.0,
        ),
        stage.tiles(
            label["ae_directions"],
            "directions",
            alt=label["ae_directions"],
            columns=N_DIRECTIONS,
            names=[str(number + 1) for number in range(N_DIRECTIONS)],
            help=label["ae_directions_help"],
            width=1.0,
        ),
    ]
    show_still(f"{page.slug}.ae.pca", panels, shown, label)


@functools.lru_cache(maxsize=10)
def rebuilt_by_size(digit: int) -> dict[str, Any]:
    """The first test digit of this kind, then rebuilt from k principal components for each k of `SIZES`."""
    split, pca = split_digits(), all_components()
    x = split.x_test[np.flatnonzero(split.y_test == digit)[0]].reshape(1, 64).astype(float)
    rebuilt = [Principal(pca.mean, pca.directions[:k]).rebuild(x) for k in SIZES]
    directions = pca.directions[:N_DIRECTIONS]
    return {
        "rebuilt": as_bytes(np.concatenate([x, *rebuilt])),
        "errors": np.array([squared_error(x, y).round(2) for y in (x, *rebuilt)], np.float32),
        "directions": np.round(127 * directions / np.abs(directions).max()).astype(np.int8).reshape(-1, 8, 8),
    }


@functools.lru_cache(maxsize=1)
def all_components() -> Principal:
    """Every principal direction of the digits to learn from."""
    x = split_digits().x_train
    return principal_components(x.reshape(len(x), 64).astype(float), 64)


def as_bytes(ink: np.ndarray) -> np.ndarray:
    """Ink (N, 64), cut off at 0 and 1, as pictures (N, 8, 8) uint8."""
    return np.round(255 * np.clip(ink, 0, 1)).astype(np.uint8).reshape(-1, 8, 8)
