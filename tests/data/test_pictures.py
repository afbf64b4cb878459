"""Readers' pictures: every kind of file becomes an array or a DataError; digits become what MNIST has."""

from __future__ import annotations

import io
import struct
import tracemalloc
import warnings
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from dlcore.data.images import read_mnist_sample
from dlcore.data.pictures import center_digit, find_ink, read_picture, to_grey
from dlcore.errors import DataError

FORMATS = ("PNG", "JPEG", "WEBP")
SOME = read_mnist_sample()[0][7::250]  # two of each digit


def save(image: Image.Image, format: str, **options) -> bytes:
    file = io.BytesIO()
    image.save(file, format, **options)
    return file.getvalue()


def checkered(width: int = 64, height: int = 48) -> Image.Image:
    """Red above, green below left, blue below right."""
    pixels = np.zeros((height, width, 3), np.uint8)
    pixels[: height // 2, :, 0] = 255
    pixels[height // 2 :, : width // 2, 1] = 255
    pixels[height // 2 :, width // 2 :, 2] = 255
    return Image.fromarray(pixels)


@pytest.mark.parametrize("format", FORMATS)
def test_the_three_formats(format):
    found = read_picture(save(checkered(), format))
    assert found.shape == (48, 64, 3)
    assert found.dtype == np.uint8
    np.testing.assert_allclose(found[[8, 40, 40], [32, 8, 56]], np.eye(3) * 255, atol=6)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("format", FORMATS)
def test_a_picture_is_turned_as_it_says(format, orientation):
    """However the camera was held, red is above and green at the left below."""
    turns = {1: (), 2: (0,), 3: (3,), 4: (1,), 5: (5,), 6: (2,), 7: (6,), 8: (4,)}
    stored = checkered()
    for turn in turns[orientation]:
        stored = stored.transpose(Image.Transpose(turn))
    exif = Image.Exif()
    exif[0x0112] = orientation
    found = read_picture(save(stored, format, exif=exif, **({"lossless": True} if format == "WEBP" else {})))
    assert found.shape == (48, 64, 3)
    np.testing.assert_allclose(found[[8, 40, 40], [32, 8, 56]], np.eye(3) * 255, atol=6)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_is_white(mode):
    image = Image.new("RGBA", (6, 4), (0, 0, 0, 0))
    image.putpixel((2, 1), (0, 0, 0, 255))
    found = read_picture(save(image.convert(mode), "PNG"))
    assert found[1, 2].max() == 0
    assert found.sum(axis=(0, 1)).tolist() == [255 * 23] * 3


def test_half_transparent_is_mixed_with_white():
    found = read_picture(save(Image.new("RGBA", (3, 3), (0, 0, 0, 51)), "PNG"))
    np.testing.assert_allclose(found, 204, atol=1)


def test_other_pixels():
    deep = Image.fromarray(np.full((3, 3), 0x80FF, np.uint16))
    assert read_picture(save(deep, "PNG")).tolist() == [[[128] * 3] * 3] * 3
    assert read_picture(save(Image.new("1", (3, 3), 1), "PNG")).min() == 255
    ink = read_picture(save(Image.new("CMYK", (3, 3), (0, 0, 0, 255)), "JPEG"))
    assert ink.max() < 10


def test_one_pixel_and_one_row():
    assert read_picture(save(Image.new("RGB", (1, 1), "white"), "PNG")).tolist() == [[[255] * 3]]
    assert read_picture(save(Image.new("RGB", (9000, 1)), "PNG"), side=64).shape == (1, 64, 3)


@pytest.mark.parametrize("format", FORMATS)
def test_a_large_picture_is_averaged_down(format):
    noise = np.random.default_rng(0).integers(0, 256, (600, 900, 3)).astype(np.uint8)
    found = read_picture(save(Image.fromarray(noise), format), side=90)
    assert found.shape == (60, 90, 3)
    assert found.std() < 30
    assert abs(found.mean() - 127.5) < 5


def png_header(width: int, height: int) -> bytes:
    """The beginning of a PNG, which promises more pixels than there are."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(d)) + kind + d + struct.pack(">I", zlib.crc32(kind + d)) for kind, d in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize(("width", "height"), [(20_000, 20_000), (2**31 - 1, 2**31 - 1), (5001, 5000)])
def test_a_size_that_is_too_large_is_refused_before_decoding(width, height):
    tracemalloc.start()
    with pytest.raises(DataError) as caught:
        read_picture(png_header(width, height))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert caught.value.code == "picture_too_large"
    assert caught.value.values == {"width": width, "height": height, "high": 25}
    assert peak < 1_000_000


def test_thirty_megabytes():
    heavy = save(checkered(), "PNG") + bytes(30 * 2**20)
    with pytest.raises(DataError, match="picture_too_heavy"):
        read_picture(heavy)
    assert read_picture(heavy[: 30 * 2**20]).shape == (48, 64, 3)  # what follows a picture's end is left alone


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "picture_empty"),
        (b"hello", "picture_unknown"),
        (bytes(range(256)) * 50, "picture_unknown"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "picture_unknown"),
        (save(checkered(), "GIF"), "picture_unknown"),
        (save(checkered(), "BMP"), "picture_unknown"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "picture_unknown"),
        (png_header(9, 9)[:20], "picture_broken"),
        (png_header(90, 90), "picture_broken"),
        *((save(checkered(400, 300), format)[:-400], "picture_broken") for format in FORMATS),
        *((save(checkered(), format)[:30], "picture_broken") for format in FORMATS),
    ],
)
def test_what_is_no_picture_is_said(data, code):
    with pytest.raises(DataError) as caught:
        read_picture(data)
    assert caught.value.code == code


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(FORMATS), st.integers(0, 10**6), st.binary(min_size=1, max_size=8))
def test_a_damaged_file_is_a_picture_or_an_error(format, at, damage):
    data = bytearray(save(checkered(), format))
    at %= len(data)
    data[at : at + len(damage)] = damage
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = read_picture(bytes(data))
    except DataError:
        return
    assert found.ndim == 3
    assert found.dtype == np.uint8


def test_grey_is_how_bright_it_is():
    np.testing.assert_allclose(to_grey(np.array([[[255] * 3, [0] * 3, [255, 0, 0]]], np.uint8)), [[1, 0, 0.299]], 1e-6)


def enlarge(digit: np.ndarray, scale: int, place: tuple[int, int], is_smooth: bool = True) -> np.ndarray:
    """The digit, `scale` times as large, somewhere on a dark sheet (300, 300)."""
    side = 28 * scale
    filter = Image.Resampling.BICUBIC if is_smooth else Image.Resampling.NEAREST
    sheet = np.zeros((300, 300), np.float32)
    large = np.asarray(Image.fromarray(digit).resize((side, side), filter))
    sheet[place[0] : place[0] + side, place[1] : place[1] + side] = np.clip(large, 0, 1)
    return sheet


def likeness(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.corrcoef(one.ravel(), other.ravel())[0, 1])


def neighbours(digit: np.ndarray) -> list[np.ndarray]:
    """The digit moved by one pixel, to all eight sides."""
    moves = [(down, right) for down in (-1, 0, 1) for right in (-1, 0, 1) if down or right]
    return [np.roll(digit, move, axis=(0, 1)) for move in moves]


@pytest.mark.parametrize("place", [(0, 0), (40, 110), (132, 20)])
@pytest.mark.parametrize("is_inverted", [False, True])
def test_a_moved_enlarged_digit_becomes_the_original(place, is_inverted):
    for digit in SOME:
        sheet = enlarge(digit, 6, place, is_smooth=False)
        found = center_digit(1 - sheet if is_inverted else sheet)
        assert found.shape == (28, 28)
        assert found.dtype == np.float32
        assert likeness(found, digit) > 0.995


def test_a_smoothly_enlarged_digit_is_nearer_to_the_original_than_by_a_pixel():
    """Where the centre of mass lies between two pixels, MNIST's own rounding may have gone the other way."""
    for digit in SOME:
        found = center_digit(enlarge(digit, 6, (40, 110)))
        best = max(likeness(one, digit) for one in (found, *neighbours(found)))
        assert best > np.mean([likeness(one, digit) for one in neighbours(digit)])


def test_a_digit_of_mnist_stays_as_it_is():
    for digit in SOME:
        np.testing.assert_allclose(center_digit(digit), digit / digit.max(), atol=0.11)


def test_the_proportions_and_the_middle_are_those_of_mnist():
    for size in ((4, 120), (120, 4), (60, 90), (7, 5)):
        sheet = np.zeros((200, 200), np.float32)
        sheet[10 : 10 + size[0], 50 : 50 + size[1]] = 1
        found = center_digit(sheet)
        sides = [int(np.ptp(np.nonzero(found.max(axis=axis))[0])) + 1 for axis in (1, 0)]
        assert sides == [max(1, round(20 * length / max(size))) for length in size]
        mass = [(found.sum(axis=axis) @ np.arange(28)) / found.sum() for axis in (1, 0)]
        np.testing.assert_allclose(mass, 14, atol=0.5)


def test_noise_of_paper_is_no_ink():
    sheet = 0.8 - 0.6 * enlarge(SOME[4], 6, (60, 60))
    noisy = sheet + np.random.default_rng(1).normal(0, 0.02, sheet.shape)
    assert likeness(center_digit(noisy), center_digit(sheet)) > 0.97


@pytest.mark.parametrize(
    "blank", [np.zeros((9, 9)), np.full((5, 7), 0.4), np.ones((1, 1)), np.full((9, 9), 255, np.uint8)]
)
def test_an_empty_sheet_is_said(blank):
    with pytest.raises(DataError, match="picture_blank"):
        center_digit(blank)


def test_bytes_and_shares_are_the_same():
    sheet = enlarge(SOME[0], 4, (9, 9))
    np.testing.assert_allclose(find_ink(np.round(sheet * 255).astype(np.uint8)), find_ink(sheet), atol=0.01)
