"""A reader's own picture, read with care, and made into what a network trained on MNIST expects."""

from __future__ import annotations

import io
import struct
import threading
import zlib
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike
from PIL import Image, ImageFile, ImageOps
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from dlcore.errors import DataError
from dlcore.settings import Settings

READERS: dict[bytes, Callable[[io.BytesIO], ImageFile.ImageFile]] = {
    b"\x89PNG\r\n\x1a\n": PngImageFile,
    b"\xff\xd8\xff": JpegImageFile,
    b"RIFF": WebPImageFile,
}
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    OverflowError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
)
LUMA = (0.299, 0.587, 0.114)  # ITU-R BT.601
FAINTEST = 0.05  # of the way from black to white: less contrast is no drawing
EDGE_OF_INK = 0.1  # of the darkest ink: what is fainter lies outside the digit's box
BOX, SIDE, MIDDLE = 20, 28, 14  # MNIST: digits fit into 20×20, their centre of mass lies at pixel (14, 14) of 28×28

_one_at_a_time = threading.Lock()  # a large picture takes up to 200 MB while it is decoded


def read_picture(data: bytes, side: int = 256) -> np.ndarray:
    """A PNG, JPEG or WebP as (H, W, 3) uint8, neither side longer than `side`, each pixel the mean of those it covers.

    It is turned as its EXIF orientation says; what is transparent is laid on white; of several frames it is the first.

    Raises DataError: picture_empty; picture_too_heavy (value, high, in MB); picture_unknown: none of the three formats;
    picture_too_large (width, height, high, in megapixels), from the header, before anything is decoded;
    picture_broken: cut short or damaged.
    """
    if not data:
        raise DataError("picture_empty")
    most = Settings.from_environment().upload_bytes
    if len(data) > most:
        raise DataError("picture_too_heavy", value=round(len(data) / 2**20), high=most // 2**20)
    try:
        with _one_at_a_time, _open(data) as image:
            return _decode(image, side)
    except BROKEN:
        raise DataError("picture_broken") from None


def to_grey(picture: np.ndarray) -> np.ndarray:
    """The brightness of (H, W, 3) uint8 as (H, W) float32 from 0 black to 1 white."""
    return (picture @ np.array(LUMA, np.float32) / np.float32(255)).astype(np.float32)


def center_digit(grey: ArrayLike) -> np.ndarray:
    """A digit (H, W), bright on dark or dark on bright, as MNIST has them: (28, 28) float32, ink from 0 to 1.

    The border is taken for the background and what differs from it for ink. The ink's box is scaled into 20×20 with its
    proportions kept, each pixel the mean of those it covers, and its centre of mass is put into the middle of 28×28
    (LeCun, Bottou, Bengio & Haffner 1998, section III.A).

    Raises DataError: picture_blank.
    """
    ink = find_ink(grey)
    rows, columns = (np.nonzero(ink.max(axis=axis) > EDGE_OF_INK)[0] for axis in (1, 0))
    box = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    scaled = _fit(box)
    return _place(scaled / scaled.max())


def find_ink(grey: ArrayLike) -> np.ndarray:
    """What differs from the border of a picture (H, W) of 0…1 or uint8: 0 background, 1 strongest ink, float32.

    Differences as large as those within the border itself are taken for noise. Raises DataError: picture_blank.
    """
    grey = np.asarray(grey)
    grey = (grey / 255 if grey.dtype == np.uint8 else grey).astype(np.float32)
    border = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    background = np.median(border)
    noise = np.quantile(np.abs(border - background), 0.75)
    is_dark_on_bright = background - grey.min() > grey.max() - background
    ink = np.clip((background - grey if is_dark_on_bright else grey - background) - 2 * noise, 0, None)
    if ink.max() < FAINTEST:
        raise DataError("picture_blank")
    return ink / ink.max()


def _open(data: bytes) -> ImageFile.ImageFile:
    """The picture's header, by the signature that the data begin with; the size is checked before the pixels."""
    reader = next((reader for mark, reader in READERS.items() if data.startswith(mark)), None)
    if reader is None or (reader is WebPImageFile and data[8:12] != b"WEBP"):
        raise DataError("picture_unknown")
    image = reader(io.BytesIO(data))
    width, height = image.size
    most = Settings.from_environment().upload_pixels
    if width * height > most:
        raise DataError("picture_too_large", width=width, height=height, high=most / 1_000_000)
    return image


def _decode(image: Image.Image, side: int) -> np.ndarray:
    image.draft("RGB", (side, side))  # a JPEG is decoded at a fraction of its size; others do nothing
    if image.mode.startswith("I"):  # 16 bits a pixel
        image = Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    image = _on_white(ImageOps.exif_transpose(image))
    image.thumbnail((side, side), Image.Resampling.BOX)
    return np.asarray(image)


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    white = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(white, image.convert("RGBA")).convert("RGB")


def _fit(box: np.ndarray) -> np.ndarray:
    """Scaled so that the longer side is 20; a small one is interpolated, a large one averaged."""
    height, width = box.shape
    scale = BOX / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    filter = Image.Resampling.BICUBIC if scale > 1 else Image.Resampling.BOX
    return np.clip(np.asarray(Image.fromarray(box).resize(size, filter)), 0, None)


def _place(digit: np.ndarray) -> np.ndarray:
    """On 28×28 with its centre of mass in the middle, as far as it fits."""
    placed = np.zeros((SIDE, SIDE), np.float32)
    corner = []
    for axis, length in enumerate(digit.shape):
        weight = digit.sum(axis=1 - axis)
        mass = float(weight @ np.arange(length) / weight.sum())
        corner.append(min(max(round(MIDDLE - mass), 0), SIDE - length))
    (top, left), (height, width) = corner, digit.shape
    placed[top : top + height, left : left + width] = digit
    return placed
