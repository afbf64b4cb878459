"""A frame is what a page draws of one training step: named numbers and small arrays, packed once in the worker.

Wire format of a packed frame (little endian), zlib-compressed as a whole:
`u32` length of the header, the header (UTF-8 JSON `{"step", "scalars", "arrays": [{"name", "dtype", "shape",
XX, each starting at its `offset` (a multiple of 8 counted from
the first buffer). A frame may leave out an array that has not changed since an earlier frame.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

DTYPES = ("uint8", "int8", "int16", "int32", "float32")  # what the browser has typed arrays for
N_FRAMES = 200  # about as many pictures as a run records


@dataclass(frozen=True)
class Frame:
    """What was observed at `step`: `scalars` (finite floats by name) and `arrays` (small numpy arrays by name)."""

    step: int
    scalars: dict[str, float]
    arrays: dict[str, np.ndarray]


class PackedFrame(NamedTuple):
    """A frame as it travels: the web process reads `step` and `scalars`, the browser opens `blob`."""

    step: int
    scalars: dict[str, float]
    blob: bytes


def recorded_steps(n_steps: int) -> tuple[int, ...]:
    """The steps at which a run of `n_steps` records a frame: the first few, then evenly spaced, then the last."""
    if n_steps <= N_FRAMES:
        return tuple(range(n_steps + 1))
    dense = N_FRAMES // 5
    even = np.linspace(dense, n_steps, N_FRAMES - dense + 1)
    return (*range(dense), *sorted({round(step) for step in even}))


def pack(step: int, observed: Mapping[str, float | np.ndarray]) -> PackedFrame:
    """Pack what an experiment observed at `step`; float64 arrays become float32, int64 become int32.

    Raises:
        TypeError: an array has a dtype that a browser cannot read.
    """
    scalars = {name: float(value) for name, value in observed.items() if not isinstance(value, np.ndarray)}
    arrays, buffers, offset = [], [], 0
    for name, value in observed.items():
        if not isinstance(value, np.ndarray):
            continue
        value = np.ascontiguousarray(value, dtype=_narrow(value.dtype, name))
        arrays.append({"name": name, "dtype": value.dtype.name, "shape": value.shape, "offset": offset})
        buffers.append(value.tobytes() + bytes(-value.nbytes % 8))
        offset += len(buffers[-1])
    header = json.dumps({"step": step, "scalars": scalars, "arrays": arrays}, separators=(",", ":")).encode()
    head = struct.pack("<I", len(header)) + header
    head += bytes(-len(head) % 8)
    return PackedFrame(step, scalars, zlib.compress(head + b"".join(buffers), 1))


def unpack(blob: bytes) -> Frame:
    """Open a packed frame; the arrays are read-only views."""
    raw = zlib.decompress(blob)
    (length,) = struct.unpack_from("<I", raw)
    header = json.loads(raw[4 : 4 + length])
    start = 4 + length + -(4 + length) % 8
    arrays = {}
    for entry in header["arrays"]:
        count = int(np.prod(entry["shape"], dtype=int))
        flat = np.frombuffer(raw, entry["dtype"], count, start + entry["offset"])
        arrays[entry["name"]] = flat.reshape(entry["shape"])
    return Frame(header["step"], header["scalars"], arrays)


def pack_message(header: Mapping[str, object], frames: Iterable[PackedFrame]) -> bytes:
    """One message to the browser: `u32` header length, JSON header with the frames' `sizes` added, then their blobs."""
    blobs = [frame.blob for frame in frames]
    text = json.dumps({**header, "sizes": [len(blob) for blob in blobs]}, separators=(",", ":")).encode()
    return struct.pack("<I", len(text)) + text + b"".join(blobs)


def unpack_message(message: bytes) -> tuple[dict[str, object], list[bytes]]:
    """Open what `pack_message` made: the header and the packed frames."""
    (length,) = struct.unpack_from("<I", message)
    header = json.loads(message[4 : 4 + length])
    blobs, start = [], 4 + length
    for size in header["sizes"]:
        blobs.append(message[start : start + size])
        start += size
    return header, blobs


def _narrow(dtype: np.dtype, name: str) -> str:
    narrow = {"float64": "float32", "int64": "int32", "bool": "uint8"}.get(dtype.name, dtype.name)
    if narrow not in DTYPES:
        raise TypeError(f"frame array {name!r} has dtype {dtype}, which a browser cannot read")
    return narrow
