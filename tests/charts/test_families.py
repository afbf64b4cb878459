"""The four families: well-formed drawings with a title, every word in both languages, nothing beyond the edge."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Callable

import numpy as np
import pytest

from dlcore.charts import families
from ui.text import LANGUAGES, Labels, read_labels

DRAWINGS = [families.standard, families.recurrent, families.convolutional, families.autoencoder]
SVG = "{http://www.w3.org/2000/svg}"
WIDE, NARROW = 1.0, 0.55  # width of a Chinese and of a Latin letter, in units of the font size
SHIFT = {"start": 0.0, "middle": -0.5, "end": -1.0}

every_drawing = pytest.mark.parametrize("draw", DRAWINGS, ids=lambda draw: draw.__name__)
every_language = pytest.mark.parametrize("language", LANGUAGES)


class SpyLabels(Labels):
    """Labels that remember which of them were asked for."""

    def __init__(self, labels: Labels) -> None:
        super().__init__(labels)
        self.used: set[str] = set()

    def __getitem__(self, key: str) -> str:
        self.used.add(key)
        return super().__getitem__(key)


def parse(draw: Callable[[Labels], str], language: str) -> ElementTree.Element:
    return ElementTree.fromstring(draw(read_labels(language)))


def extent(text: ElementTree.Element) -> tuple[float, float]:
    """Left and right end of a text, estimated."""
    size = float(text.get("font-size", 0))
    width = sum(size * (WIDE if ord(letter) > 0x2E80 else NARROW) for letter in text.text or "")
    left = float(text.get("x", 0)) + SHIFT[text.get("text-anchor", "start")] * width
    return left, left + width


@every_drawing
@every_language
def test_it_is_a_picture_with_a_title_in_the_readers_language(draw, language):
    svg = parse(draw, language)
    title = read_labels(language)[f"family_{draw.__name__}_title"]
    assert svg.get("role") == "img"
    assert svg.get("aria-label") == svg.findtext(f"{SVG}title") == title


@every_drawing
@every_language
def test_every_word_is_there(draw, language):
    labels = SpyLabels(read_labels(language))
    draw(labels)
    assert labels.used <= set(read_labels(language))
    assert len(labels.used) >= 4


@every_drawing
@every_language
def test_no_text_leaves_the_picture(draw, language):
    svg = parse(draw, language)
    _, _, width, height = map(float, svg.get("viewBox", "").split())
    for text in svg.iter(f"{SVG}text"):
        left, right = extent(text)
        assert left >= 0, text.text
        assert right <= width, text.text
        assert 0 < float(text.get("y", 0)) < height, text.text


@every_drawing
def test_markdown_finds_nothing_to_change_in_it(draw):
    svg = draw(read_labels("en"))
    assert svg.split("\n")[0].endswith(">")
    assert "\n\n" not in svg


def test_labels_are_text_and_not_markup():
    labels = Labels({**read_labels("en"), "family_code": "<b>&", "family_autoencoder_title": '"<'})
    svg = ElementTree.fromstring(families.autoencoder(labels))
    assert "<b>&" in [text.text for text in svg.iter(f"{SVG}text")]


def test_the_fully_connected_network_has_as_many_lines_as_weights():
    lines = parse(families.standard, "en").findall(f"{SVG}line")
    assert len(lines) - 1 == 3 * 4 + 4 * 4 + 4 * 2  # one line belongs to the legend


def test_the_feature_map_is_the_one_that_numpy_computes():
    windows = np.lib.stride_tricks.sliding_window_view(np.array(families.IMAGE), (3, 3))
    features = (windows * np.array(families.FILTER)).sum(axis=(2, 3))
    np.testing.assert_array_equal(families._slide(families.IMAGE, families.FILTER), features)
    np.testing.assert_array_equal(families._pool(features.tolist()), features.reshape(2, 2, 2, 2).max(axis=(1, 3)))
