"""A browser on a slow line, as nginx's limits see it: many HTTP/2 requests at once, none read to its end.

The window for data is zero until all have been asked. RFC 9113 and RFC 7541, as little of both as nginx needs.
"""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Iterator, Sequence
from typing import Self

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
HEADERS, SETTINGS, PING, WINDOW_UPDATE = 1, 4, 6, 8
END_HEADERS, END_STREAM = 4, 1
INITIAL_WINDOW_SIZE, WIDE = b"\0\4", (2**30).to_bytes(4, "big")
GET_HTTPS, AUTHORITY, PATH = b"\x82\x87", b"\x01", b"\x04"  # of HPACK's static table
OK, OTHER = b"\x88", re.compile(rb"[\x08\x48]\x03(\d{3})")  # a status: 200, and one in three digits


class SlowBrowser:
    """One connection from `address` of this machine; `with SlowBrowser(port, tls) as browser:` closes it."""

    def __init__(self, port: int, tls: ssl.SSLContext, address: str = "127.0.0.1") -> None:
        self._authority = AUTHORITY + _text(f"127.0.0.1:{port}")
        self._n_asked = 0
        self._blocks: list[bytes] = []  # of headers that came
        plain = socket.create_connection(("127.0.0.1", port), timeout=60, source_address=(address, 0))
        self._socket = tls.wrap_socket(plain, server_hostname="127.0.0.1")
        self._socket.sendall(PREFACE + _frame(SETTINGS, INITIAL_WINDOW_SIZE + bytes(4)))
        self._file = self._socket.makefile("rb")
        self._incoming = self._frames()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._socket.close()

    def ask(self, paths: Sequence[str]) -> None:
        """Ask for all of them at once, and wait until the server has taken them up."""
        asked = b""
        for path in paths:
            block = GET_HTTPS + self._authority + PATH + _text(path)
            asked += _frame(HEADERS, block, END_HEADERS | END_STREAM, 2 * self._n_asked + 1)
            self._n_asked += 1
        self._socket.sendall(asked + _frame(PING, bytes(8)))
        next(kind for kind in self._incoming if kind == PING)

    def statuses(self) -> list[int]:
        """Of all answers, in whichever order they come."""
        self._socket.sendall(_frame(SETTINGS, INITIAL_WINDOW_SIZE + WIDE) + _frame(WINDOW_UPDATE, WIDE))
        while len(self._blocks) < self._n_asked:
            next(self._incoming)
        return [_status(block) for block in self._blocks]

    def _frames(self) -> Iterator[int]:
        """The kind of each frame that comes in."""
        while head := self._file.read(9):
            payload = self._file.read(int.from_bytes(head[:3], "big"))
            if head[3] == HEADERS:
                self._blocks.append(payload)
            yield head[3]


def _frame(kind: int, payload: bytes, flags: int = 0, stream: int = 0) -> bytes:
    return len(payload).to_bytes(3, "big") + bytes([kind, flags]) + stream.to_bytes(4, "big") + payload


def _text(value: str) -> bytes:
    return bytes([len(value)]) + value.encode()


def _status(block: bytes) -> int:
    block = block.removeprefix(b"\x20")  # the size of a table that nothing is put into
    if block.startswith(OK):
        return 200
    said = OTHER.match(block)
    assert said, block
    return int(said[1])
