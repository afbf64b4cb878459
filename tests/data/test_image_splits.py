"""Cuts into training and test, fetched sets, and drawn digits in the 8×8 grid."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from dlcore.data import fetched_images
from dlcore.data.fetched_images import keep_images, load_fetched
from dlcore.data.handwriting import to_digits_grid
from dlcore.data.image_splits import make_image_split
from dlcore.data.images import read_digits
from dlcore.errors import SpecError
from dlcore.functions.signal_picture import HEIGHT, draw_signal
from dlcore.specs import CnnSpec
from dlcore.specs.image_sets import IMAGE_SETS


@pytest.mark.parametrize("name", ["digits", "mnist", "mnist1d"])
def test_a_split_has_the_set_s_shape_and_no_picture_twice(name: str) -> None:
    about = IMAGE_SETS[name]
    x_train, y_train, x_test, y_test = make_image_split(name, 56000, 1000, 0)
    assert x_train.shape[1:] == x_test.shape[1:] == about.shape
    assert len(x_train) + about.n_samples // 5 == about.n_samples
    assert set(y_train) == set(y_test) == set(range(10))
    rows = {picture.tobytes() for picture in x_train}
    twice = sum(picture.tobytes() in rows for picture in x_test)
    assert twice <= 1  # the sets themselves hold hardly any picture twice
    if about.top is not None:
        assert (x_train.min(), x_train.max()) == (0, about.top)


def test_the_seed_draws_the_split() -> None:
    first, other = (make_image_split("digits", 100, 50, seed)[2] for seed in (0, 1))
    assert not np.array_equal(first, other)
    assert np.array_equal(make_image_split("digits", 100, 20, 0)[2], first[:20])


def test_a_fetched_set_comes_back_from_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SpecError, match="data_not_here"):
        CnnSpec(image_set="fashion_mnist")
    monkeypatch.setenv("DLCORE_DATA_DIR", str(tmp_path / "data"))
    x, y = np.full((30, 1, 28, 28), 7, np.uint8), np.arange(30) % 10
    keep_images("fashion_mnist", x, y)
    load_fetched.cache_clear()
    found_x, found_y = load_fetched("fashion_mnist")
    load_fetched.cache_clear()
    assert np.array_equal(found_x, x)
    assert np.array_equal(found_y, y)
    assert CnnSpec(image_set="fashion_mnist").image_set == "fashion_mnist"


def test_without_folder_and_network_there_is_an_os_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(name: str) -> None:
        raise OSError(name)

    monkeypatch.delenv("DLCORE_DATA_DIR", raising=False)
    monkeypatch.setattr(fetched_images, "fetch_images", fail)
    load_fetched.cache_clear()
    with pytest.raises(OSError, match="mnist_full"):
        load_fetched("mnist_full")
    with pytest.raises(OSError, match="DLCORE_DATA_DIR"):
        keep_images("mnist_full", np.zeros((1, 1, 28, 28), np.uint8), np.zeros(1))


def test_an_enlarged_digit_comes_back_as_its_8_by_8_grid() -> None:
    """Each cell becomes a 4×4 block with as many black pixels as it counts; shrinking again counts the same."""
    x, _ = read_digits()
    for picture in x[[0, 10, 20, 30]]:
        blocks = np.arange(16).reshape(4, 4) / 16 < picture[:, :, None, None]  # (8, 8, 4, 4)
        page = np.zeros((60, 50), np.uint8)
        page[10:42, 5:37] = blocks.transpose(0, 2, 1, 3).reshape(32, 32) * np.uint8(255)
        assert np.abs(to_digits_grid(page) - picture).mean() < 0.12


def test_an_empty_sheet_and_a_dot_stay_in_bounds() -> None:
    assert to_digits_grid(np.zeros((28, 28), np.uint8)).max() == 0
    dot = np.zeros((28, 28), np.uint8)
    dot[3, 25] = 255
    assert to_digits_grid(dot).shape == (8, 8)
    line = np.zeros((28, 28), np.uint8)
    line[2:26, 14] = 255
    grid = to_digits_grid(line)
    assert grid.max(1).min() > 0
    assert grid[:, [0, 1, 6, 7]].max() == 0


def test_a_signal_is_drawn_without_gaps() -> None:
    picture = draw_signal(np.array([0.0, 3.9, -3.9, 9.0]))
    assert picture.shape == (HEIGHT, 4)
    assert picture.max(0).tolist() == [255] * 4
    assert picture[:, 2].sum() > 20 * 255
    assert picture[0, 3] == 255
