"""The browser's cache of messages: what it holds need not be sent again, a reference is enough."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


@dataclass
class Cached:
    """A message as it came, the fragment that sent it, and the script run in which it was last used."""

    raw: bytes
    fragment: str
    used: int


class MessageCache:
    """Forgets a message that the last `max_age` script runs didn't use."""

    def __init__(self) -> None:
        self.max_age = 2
        self._messages: dict[str, Cached] = {}
        self._run = 0

    def __iter__(self) -> Iterator[str]:
        return iter(self._messages)

    def full(self, message: ForwardMsg, raw: bytes) -> ForwardMsg:
        """The message itself, also when it came as a reference to an earlier one."""
        if message.WhichOneof("type") == "ref_hash":
            known = self._messages[message.ref_hash]
            known.used = self._run
            found = ForwardMsg.FromString(known.raw)
            found.metadata.CopyFrom(message.metadata)
            return found
        if message.metadata.cacheable and message.hash not in self._messages:
            self._messages[message.hash] = Cached(raw, message.delta.fragment_id, self._run)
        return message

    def end_run(self, fragments: Sequence[str]) -> None:
        """A script run, or one of these fragments, has ended."""
        self._run += 1
        for name, cached in list(self._messages.items()):
            if (not fragments or cached.fragment in fragments) and self._run - cached.used > self.max_age:
                del self._messages[name]
