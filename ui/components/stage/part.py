"""What the browser is told of one panel, or of a part of one."""

from __future__ import annotations

from typing import Any

Part = dict[str, Any]


def part(type: str, **values: Any) -> Part:
    return {"type": type, **values}
