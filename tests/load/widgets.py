"""Widgets as the browser sees them: the value that one appears with and the value that a student gives it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from streamlit.proto.WidgetStates_pb2 import WidgetState

WIDGETS = (
    "slider", "selectbox", "number_input", "button", "checkbox", "radio", "text_input", "text_area", "button_group",
    "download_button",
)  # fmt: skip
SELECT_SLIDER = 2  # a slider whose values are words
INTEGER = 0


def user_key(id: str) -> str:
    """The key that the script gave: an id is `$$ID-<hash>-<key>`."""
    return id.split("-", 2)[-1]


def first_state(kind: str, proto: Any) -> WidgetState | None:
    """The state of a widget that has just appeared, or None while it has none."""
    is_set = bool(getattr(proto, "set_value", False))
    if kind == "slider" and proto.type == SELECT_SLIDER:
        return new_state(
            kind, proto, list(proto.raw_value) if is_set else [proto.options[int(i)] for i in proto.default]
        )
    if kind == "slider":
        return new_state(kind, proto, list(proto.value if is_set else proto.default))
    if kind == "number_input":
        return new_state(kind, proto, proto.value if is_set else proto.default)
    if kind in ("selectbox", "radio"):
        return _first_choice(kind, proto, is_set)
    if kind == "checkbox":
        return new_state(kind, proto, proto.value if is_set else proto.default)
    if kind in ("text_input", "text_area"):
        return new_state(kind, proto, proto.value if is_set else proto.default)
    if kind == "button_group":
        chosen = list(proto.raw_values) if is_set else [proto.options[i].content for i in proto.default]
        return new_state(kind, proto, chosen)
    return None


def new_state(kind: str, proto: Any, value: Any) -> WidgetState:
    """The state that gives a widget this value."""
    state = WidgetState(id=proto.id)
    several = list(value) if isinstance(value, Sequence) and not isinstance(value, str) else [value]
    if kind == "slider" and proto.type != SELECT_SLIDER:
        state.double_array_value.data.extend(float(each) for each in several)
    elif kind in ("slider", "button_group"):
        state.string_array_value.data.extend(str(each) for each in several)
    elif kind == "number_input" and proto.data_type == INTEGER:
        state.int_value = int(value)
    elif kind == "number_input":
        state.double_value = float(value)
    elif kind == "checkbox":
        state.bool_value = bool(value)
    else:
        state.string_value = str(value)
    return state


def _first_choice(kind: str, proto: Any, is_set: bool) -> WidgetState | None:
    if is_set:
        return new_state(kind, proto, proto.raw_value) if proto.HasField("raw_value") else None
    return new_state(kind, proto, proto.options[proto.default]) if proto.HasField("default") else None
