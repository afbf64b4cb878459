"""Whatever is uploaded, pasted, drawn or typed: it is taken, or refused in a sentence of each language."""

from __future__ import annotations

import base64
import io
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from dlcore.data.own_scores import from_link, parse_scores, to_link
from dlcore.data.own_series import parse_series, pick_series
from dlcore.data.pictures import center_digit, read_picture, to_grey
from dlcore.data.places import parse_places
from dlcore.data.points import parse_points
from dlcore.data.regression_problem import make_problem
from dlcore.data.symbol_tasks import read_string
from dlcore.data.tables import choose, parse_table
from dlcore.data.texts import read_corpus
from dlcore.errors import DataError, SpecError, StackError
from dlcore.functions.approximation import make_places, target_values
from dlcore.functions.layer_arithmetic import describe_stack, parse_stack
from dlcore.functions.opinion_flips import flips, is_parsed
from dlcore.functions.opinion_grammar import GRAMMARS, next_words, read_tree
from dlcore.specs import ForecastSpec, GanLabSpec, LinearRegressionSpec, PlaygroundSpec, to_text
from dlcore.specs.forecast import MAX_VALUES, MIN_VALUES
from dlcore.specs.gan_lab import MAX_PLACES, OWN_LIMIT
from dlcore.specs.linear_regression import MAX_CELLS, MAX_ROWS
from pages.other_models.ntm_explorer import FIRST, read_choice
from tests.hostile import ANYTHING, files, fuzzed
from ui.components.draw import SIDE, decode, encode
from ui.components.sketch import read_heights
from ui.text import LANGUAGES, read_labels


def take_points(data: bytes | str) -> None:
    PlaygroundSpec(dataset="own", points=parse_points(data))


def take_places(data: bytes | str) -> None:
    GanLabSpec(dataset="own", points=parse_places(data, OWN_LIMIT, MAX_PLACES))


def take_table(data: bytes | str) -> None:
    """As the page does: any two columns are rows of a spec, and its closed form gives a learning rate."""
    table = parse_table(data)
    chosen = choose(table, table.names[:1], table.names[-1], MAX_ROWS, MAX_CELLS)
    spec = LinearRegressionSpec(table="own", rows=chosen.rows, scaled=True)
    assert make_problem(spec).limit > 0


def take_series(data: bytes | str) -> None:
    """As the page does: what is too large for a spec is repaired, and told."""
    table = parse_series(data)
    for column in table.names:
        values = pick_series(table, column, MIN_VALUES, MAX_VALUES).values
        _, errors = ForecastSpec.repair({"series": "own", "values": to_text(values)})
        check_sentences(errors)


def take_scores(data: bytes | str) -> None:
    own = parse_scores(data)
    if link := to_link(own):
        assert sorted(from_link(link).scores) == sorted(own.scores)


def take_picture(data: bytes | str) -> None:
    picture = read_picture(data if isinstance(data, bytes) else data.encode(errors="replace"))
    assert picture.dtype == np.uint8
    assert max(picture.shape[:2]) <= 256
    assert center_digit(to_grey(picture)).shape == (28, 28)


def check_sentences(errors: list[Any]) -> None:
    for error in errors:
        for language in LANGUAGES:
            assert f"error_{error.code}" in read_labels(language), error
            assert 0 < len(read_labels(language).sentence(error)) < 2000


def check(take: Callable[[Any], object], given: Any) -> bool:
    """Whether it was taken; if not, there is a sentence."""
    try:
        take(given)
    except (DataError, SpecError, StackError) as error:
        check_sentences([error])
        return False
    return True


def picture(format: str, mode: str = "RGB") -> bytes:
    """A dark bar on white."""
    pixels = np.full((30, 24), 255, np.uint8)
    pixels[6:24, 10:14] = 0
    file = io.BytesIO()
    Image.fromarray(pixels).convert(mode).save(file, format)
    return file.getvalue()


ROWS = [(number % 7 - 3, (number * 5) % 11 / 2 - 2.5, number % 2) for number in range(30)]
POINTS = "x1,x2,class\n" + "\n".join(",".join(map(str, row)) for row in ROWS)
PLACES = "\n".join(f"{x1}; {x2}" for x1, x2, _ in ROWS)
TABLE = "size;rooms;price;town\n" + "\n".join(f"{x1},5;{x2};{x1 * 1e7};Bern" for x1, x2, _ in ROWS)
TINY = "a,b\n" + "\n".join(f"{x1}e-324,{x2}" for x1, x2, _ in ROWS)
HUGE = "a,b\n" + "\n".join(f"{x1}e307,{x2}e-9" for x1, x2, _ in ROWS)
SCORES = "label,score\n" + "\n".join(f"{label},{x2}" for _, x2, label in ROWS)
PICTURES = [picture("PNG"), picture("PNG", "P"), picture("PNG", "LA"), picture("JPEG"), picture("WEBP")]
READERS: dict[Callable[[Any], None], list[bytes]] = {
    take_points: [POINTS.encode(), POINTS.replace(",", ";").encode("gb18030")],
    take_places: [PLACES.encode()],
    take_table: [TABLE.encode(), TABLE.encode("utf-16"), TINY.encode(), HUGE.encode()],
    take_series: [TABLE.encode(), TINY.encode(), HUGE.encode()],
    take_scores: [SCORES.encode(), SCORES.replace("0,", "no\t").encode()],
    take_picture: PICTURES,
}


@pytest.mark.parametrize("take", READERS, ids=lambda take: take.__name__)
def test_any_file_is_taken_or_refused(take: Callable[[bytes], None]) -> None:
    assert check(take, READERS[take][0])

    @settings(fuzzed, max_examples=250)
    @given(data=files(*READERS[take]))
    def any_file(data: bytes) -> None:
        check(take, data)

    any_file()
    for text in ANYTHING:
        check(take, text)
        check(take, f"a,b\n{text},1\n2,{text}\n3,4\n5,6")


@pytest.mark.parametrize("take", READERS, ids=lambda take: take.__name__)
def test_a_long_row_of_digits_is_no_trap(take: Callable[[str], None]) -> None:
    """A pattern that could read digits in two ways would try all: hours for these."""
    started, digits = time.process_time(), "1" * 100_000 + "x"
    for text in (f"{digits},{digits}\n" * 4, f"{digits},1,0\n{digits},2,1\n3,3,0\n4,4,1"):
        check(take, text)
    assert time.process_time() - started < 10


def take_stack(text: str) -> None:
    describe_stack(parse_stack(text), (1, 28, 28))


def take_formula(text: str) -> None:
    target_values("formula", text, (), 1.0, make_places(1.0, 65))


def take_symbols(text: str) -> None:
    read_string("latch", text)
    read_string("depth", text)


def take_choice(text: str) -> dict[str, int]:
    return read_choice({"length": (1, 20), "number": (0, 9999), "place": (1, 3)}, text)


def take_opinion(text: str) -> None:
    for grammar in GRAMMARS.values():
        tree = read_tree(text, grammar)
        if is_parsed(tree, grammar):
            flips(tree, grammar)


def take_characters(text: str) -> None:
    for name in ("english", "chinese", "names"):
        corpus = read_corpus(name)
        corpus.decode(corpus.encode(text))


TYPED: dict[Callable[[Any], None], tuple[str, ...]] = {
    take_stack: ("conv 8 5 s1 p2-relu-maxpool 2-flatten-linear 10", "dropout 0.5;batchnorm"),
    take_formula: ("sin(3x) + 0.5 sin(9x)", "max(x, 1)^-2/abs(x-1)", "((x²−1)·π)"),
    take_symbols: ("a....?..b?.?", "(.()..((..)))"),
    take_opinion: ("((the film) (was (not good)))", "the film was not very good"),
    take_characters: ("It was a cold night", "床前明月光"),
    from_link: ("0.1,0.4;0.35,0.8",),
    take_choice: ("5,0,2",),
}


@pytest.mark.parametrize("take", TYPED, ids=lambda take: take.__name__)
def test_any_typed_text_is_taken_or_refused(take: Callable[[str], object]) -> None:
    valid = [text.encode() for text in TYPED[take]]

    @settings(fuzzed, max_examples=150)
    @given(data=files(*valid))
    def any_text(data: bytes) -> None:
        check(take, data.decode("utf-8", "replace"))

    any_text()
    for text in ANYTHING:
        check(take, text)


@settings(fuzzed, max_examples=200)
@given(data=files(base64.b64encode(bytes(range(256)) * 49), b"1,2,-3,40,0"))
def test_any_word_of_a_drawing_pad_is_a_drawing_or_none(data: bytes) -> None:
    said = data.decode("utf-8", "replace")
    drawing, heights = decode(said), read_heights(said, 5, 50)
    assert drawing is None or drawing.shape == (SIDE, SIDE)
    assert heights is None or (len(heights) == 5 and max(map(abs, heights)) <= 50)


def test_drawings_come_through() -> None:
    ink = np.arange(SIDE * SIDE, dtype=np.uint8).reshape(SIDE, SIDE)
    np.testing.assert_array_equal(decode(encode(ink)), ink)
    assert read_heights("1,2,-3,400,0", 5, 50) == (1, 2, -3, 50, 0)
    assert take_choice("9" * 5000) == FIRST


@settings(fuzzed, max_examples=60)
@given(words=st.lists(st.sampled_from((*GRAMMARS["english"].vocabulary, *GRAMMARS["chinese"].vocabulary)), max_size=8))
def test_any_words_have_followers_or_none(words: list[str]) -> None:
    for grammar in GRAMMARS.values():
        assert set(next_words(words, grammar)) <= set(grammar.vocabulary)
