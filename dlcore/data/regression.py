"""Tables to learn a number from: a generated line, Anscombe's quartet, penguins, diabetes, a reader's own rows.

The packages' own files are read directly, so that neither scikit-learn nor pandas is imported.
"""

from __future__ import annotations

import csv
import functools
import gzip
import importlib.util
import io
from pathlib import Path
from typing import NamedTuple

import numpy as np

N_TEST = 200  # test points of a sample
INTERCEPT, SLOPE = 2.0, 1.0  # of the generated line
SPECIES = ("Adelie", "Chinstrap", "Gentoo")
DIABETES = ("age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6")
ANSCOMBE_X = (10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5)
ANSCOMBE_Y = (
    (8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68),
    (9.14, 8.14, 8.74, 8.77, 9.26, 8.10, 6.13, 3.10, 9.13, 7.26, 4.74),
    (7.46, 6.77, 12.74, 7.11, 7.81, 8.84, 6.08, 5.39, 8.15, 6.42, 5.73),
)
ANSCOMBE_4 = (
    (8, 8, 8, 8, 8, 8, 8, 19, 8, 8, 8),
    (6.58, 5.76, 7.71, 8.84, 8.47, 7.04, 5.25, 12.50, 5.56, 7.91, 6.89),
)


class Penguins(NamedTuple):
    """The 342 penguins whose bill was measured: lengths in mm, mass in kg, species as a number into SPECIES; (342,)."""

    bill_length: np.ndarray
    bill_depth: np.ndarray
    body_mass: np.ndarray
    species: np.ndarray


def make_line(n: int, x_mean: float, x_spread: float, noise: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """x (n, 1) normal with *exactly* this mean and standard deviation, y = 2 + x + normal noise (n,); no unit."""
    generator = np.random.default_rng([seed, 0])
    u = generator.standard_normal(n)
    u = (u - u.mean()) / u.std()
    x = x_mean + x_spread * u
    return x[:, None], INTERCEPT + SLOPE * x + noise * generator.standard_normal(n)


def read_anscombe(number: int) -> tuple[np.ndarray, np.ndarray]:
    """x (11, 1) and y (11,) of set 1 to 4 (Anscombe 1973, Graphs in statistical analysis, table 1); no unit."""
    x, y = ANSCOMBE_4 if number == 4 else (ANSCOMBE_X, ANSCOMBE_Y[number - 1])
    return np.array(x, dtype=float)[:, None], np.array(y)


@functools.lru_cache(maxsize=1)
def read_penguins() -> Penguins:
    """Palmer Archipelago penguins (Gorman, Williams & Fraser 2014; Horst, Hill & Gorman 2020, CC0)."""
    with _open_package("palmerpenguins", "data/penguins.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["bill_length_mm"] not in ("", "NA")]
    columns = ("bill_length_mm", "bill_depth_mm", "body_mass_g")
    length, depth, mass = (np.array([float(row[name]) for row in rows]) for name in columns)
    species = np.array([SPECIES.index(row["species"]) for row in rows], dtype=np.uint8)
    return Penguins(length, depth, mass / 1000, species)


@functools.lru_cache(maxsize=1)
def read_diabetes() -> tuple[np.ndarray, np.ndarray]:
    """x (442, 10) raw, columns as in DIABETES, and y (442,), a measure of disease progression one year later.

    Efron, Hastie, Johnstone & Tibshirani 2004, Least angle regression; the file is scikit-learn's (BSD-3). age in
    years, sex 1 or 2, bmi in kg/m², bp (mean blood pressure) in mmHg, s1…s6 blood serum measurements; y has no unit.
    """
    x, y = (
        np.loadtxt(io.StringIO(gzip.decompress(path.read_bytes()).decode()))
        for path in (_diabetes_file("data_raw"), _diabetes_file("target"))
    )
    return x, y


def sine(x: np.ndarray) -> np.ndarray:
    """The curve that the points come from: sin πx."""
    return np.sin(np.pi * x)


@functools.lru_cache(maxsize=64)
def make_sample(n_train: int, noise: float, seed: int) -> tuple[tuple[np.ndarray, ...], tuple[np.ndarray, ...]]:
    """x and y, each for training and test: uniform in −1…1, sin πx plus normal noise; no unit."""
    generator = np.random.default_rng([seed, 0])
    x = tuple(generator.uniform(-1, 1, n) for n in (n_train, N_TEST))
    return x, tuple(sine(part) + noise * generator.standard_normal(len(part)) for part in x)


def make_table(
    spec_table: str, rows: tuple, line: tuple[int, float, float, float, int]
) -> tuple[np.ndarray, np.ndarray]:
    """Inputs x (N, D) and target y (N,) of a table by name; `rows` are the reader's own, the target last.

    Args:
        line: what `make_line` takes.
    """
    if spec_table == "own":
        table = np.array(rows, dtype=float)
        return table[:, :-1], table[:, -1]
    if spec_table.startswith("anscombe"):
        return read_anscombe(int(spec_table[-1]))
    if spec_table == "penguins":
        penguins = read_penguins()
        return penguins.bill_length[:, None], penguins.bill_depth
    if spec_table == "diabetes":
        return read_diabetes()
    return make_line(*line)


def _diabetes_file(part: str) -> Path:
    return _open_package("sklearn", f"datasets/data/diabetes_{part}.csv.gz")


def _open_package(package: str, path: str) -> Path:
    """A file of an installed package, found without importing it."""
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError(package)
    return Path(found.submodule_search_locations[0]) / path
