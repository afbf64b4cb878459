"""The small data files that come with the course; `files/SOURCES.md` says where each is from.

`NAME = read_shipped("file")` at the top of a module: the exported script gets the file's text in that place.
"""

from __future__ import annotations

from pathlib import Path

FILES = Path(__file__).parent / "files"


def read_shipped(name: str) -> str:
    """The text of a file in `dlcore/data/files`."""
    return (FILES / name).read_text(encoding="utf-8")
