"""Widgets ⇄ spec ⇄ address bar. The truth is a dict of texts in the session, one for each scope of a page.

A scope is one spec on a page ("playground", or "playground.b" for the Arena's second one). Its texts are the fields
that differ from their defaults, written as in the address bar. Every widget's callback puts its value into the texts
and repairs them; every run of the page reads the spec from the texts and shows what had to be corrected.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import streamlit as st

from dlcore.errors import SpecError
from dlcore.specs import FieldDescription, Spec, to_text
from ui import address, lesson
from ui.text import Labels

TYPED_ABOVE = 10_000  # a number that may be larger is typed, not slid
THOUSANDTH = 0.001  # the finest step of a linear slider
BEGUN = "begun"  # after a prefix in the address bar: this scope no longer waits for values to begin with
KEPT = ("embed", "embed_options", lesson.HIDE, lesson.LOCK)  # of the address bar, though no setting of a spec


def read_spec(
    spec_class: type[Spec],
    scope: str,
    prefix: str = "",
    fixed: Mapping[str, Any] | None = None,
    is_told: bool = True,
) -> Spec:
    """The spec of a scope: from the address bar when that says something new, else as the session left it.

    Args:
        prefix: put before the field names in the address bar, for a page's second scope.
        fixed: fields that another scope decides; they are no part of this scope's texts.
        is_told: whether the address bar speaks of this scope; another tab's settings may have the same names.
    """
    state = st.session_state
    said = _from_address(spec_class, prefix) if is_told else {}
    if said and address.is_news(scope, said):
        _take(spec_class, scope, said, fixed or {})
        address.wrote(scope, said)
    spec, errors = spec_class.repair({**_texts(scope), **_as_texts(fixed or {})})
    state.setdefault(f"{scope}:errors", []).extend(errors if said else [])
    return spec


def said_by(scope_prefixes: Mapping[str, str], others: Mapping[str, str]) -> dict[str, str]:
    """What the address bar is to say for these scopes, after `others`."""
    wanted = dict(others)
    for scope, prefix in scope_prefixes.items():
        wanted |= {f"{prefix}{name}": text for name, text in _texts(scope).items()}
    return wanted


def write_address(scope_prefixes: Mapping[str, str], others: Mapping[str, str]) -> None:
    """Make the address bar say what the scopes hold, and nothing else."""
    wanted = said_by(scope_prefixes, others)
    for scope in scope_prefixes:
        address.wrote(scope, dict(_texts(scope)))
    current: dict[str, str] = st.query_params.to_dict()
    kept = {name: current[name] for name in KEPT if name in current}
    if current != kept | wanted:
        st.query_params.from_dict(kept | wanted)


def set_fields(spec_class: type[Spec], scope: str, **values: Any) -> None:
    """Change fields of a scope from code (a preset, a fork, placed points), before its widgets or in a callback."""
    _take(spec_class, scope, {**_texts(scope), **_as_texts(values)}, {})


def show_corrections(scope: str, labels: Labels) -> None:
    """Say, once, what the address bar or a widget asked for and did not get."""
    for error in {str(error): error for error in st.session_state.pop(f"{scope}:errors", [])}.values():
        st.warning(labels.sentence(error), icon=":material/info:")


def show_fields(
    spec: Spec, scope: str, names: Iterable[str], labels: Labels, fixed: Mapping[str, Any] | None = None
) -> None:
    """One widget for each named field that the lesson does not hide, one below the other."""
    described = {field.name: field for field in type(spec).describe()}
    for name in names:
        if lesson.is_hidden(name):
            continue
        _show_field(described[name], getattr(spec, name), type(spec), scope, labels, fixed or {})


def _show_field(
    field: FieldDescription, value: Any, spec_class: type[Spec], scope: str, labels: Labels, fixed: Mapping[str, Any]
) -> None:
    key = f"{scope}.{field.name}"
    changed = functools.partial(_widget_changed, spec_class, scope, field.name, fixed)
    common: dict[str, Any] = {"label": labels[field.name], "key": key, "help": labels.get(f"{field.name}_help")}
    common["disabled"] = lesson.is_locked(field.name)
    if field.type == "ints":
        _show_layers(field, value, spec_class, scope, labels, fixed)
        return
    make_say(key, list(value) if field.type == "choices" else value)
    # the value is the default as well: a busy browser may answer with a new widget's default before it takes the value
    if field.type == "choice":
        word, at = _word(labels, field.name), field.choices.index(value)
        st.selectbox(**common, options=field.choices, index=at, format_func=word, on_change=changed)
    elif field.type == "choices":
        word = _word(labels, field.name)
        st.pills(
            **common,
            options=field.choices,
            selection_mode="multi",
            default=list(value),
            format_func=word,
            wrap=True,
            on_change=changed,
        )
    elif field.type == "bool":
        st.toggle(**common, value=value, on_change=changed)
    elif field.log:
        st.select_slider(**common, options=log_grid(field, value), value=value, format_func=_plain, on_change=changed)
    elif field.high is not None and field.high > TYPED_ABOVE:
        low, high = int(field.low or 0), int(field.high)
        st.number_input(**common, min_value=low, max_value=high, value=value, step=1, on_change=changed)
    else:
        low, high, step = slider_range(field)
        digits = "%.4f" if step < THOUSANDTH else "%.3f" if step == THOUSANDTH else None
        st.slider(**common, min_value=low, max_value=high, value=value, step=step, format=digits, on_change=changed)


def _show_layers(
    field: FieldDescription, sizes: tuple[int, ...], spec_class: type[Spec], scope: str, labels: Labels, fixed: Mapping
) -> None:
    """A number for each hidden layer, and buttons that add and remove one, under the name of the network."""
    is_locked = lesson.is_locked(field.name)
    st.markdown(f":small[{labels[field.name]}]", help=labels.get(f"{field.name}_help"))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        for layer, size in enumerate(sizes):
            key = f"{scope}.{field.name}.{layer}"
            make_say(key, size)
            st.number_input(
                labels.format("layer_n", n=layer + 1),
                *(int(field.low or 1), int(field.high or 32), size),
                key=key,
                width=110,
                disabled=is_locked,
                on_change=_layer_changed,
                args=(spec_class, scope, field.name, layer, fixed),
            )
        n_layers = len(sizes)
        longer, shorter = (*sizes, sizes[-1] if sizes else 4), sizes[:-1]
        st.button(
            labels["add_layer"],
            key=f"{scope}.{field.name}.add",
            icon=":material/add:",
            disabled=is_locked or n_layers >= (field.max_length or 6),
            on_click=_set_field,
            args=(spec_class, scope, field.name, longer, fixed),
        )
        st.button(
            labels["remove_layer"],
            key=f"{scope}.{field.name}.remove",
            icon=":material/remove:",
            disabled=is_locked or n_layers == 0,
            on_click=_set_field,
            args=(spec_class, scope, field.name, shorter, fixed),
        )


def make_say(key: str, value: Any) -> None:
    """A widget says what the spec does; one that says it already is not told again: the reader may have gone on."""
    if st.session_state.get(key) != value:
        st.session_state[key] = value


# --- callbacks


def _widget_changed(spec_class: type[Spec], scope: str, name: str, fixed: Mapping[str, Any]) -> None:
    value = st.session_state[f"{scope}.{name}"]
    if isinstance(value, list):  # pills come in the order of the clicks
        field = next(field for field in spec_class.describe() if field.name == name)
        value = tuple(choice for choice in field.choices if choice in value)
    _set_field(spec_class, scope, name, value, fixed)


def _layer_changed(spec_class: type[Spec], scope: str, name: str, layer: int, fixed: Mapping[str, Any]) -> None:
    """The widget may be gone: another widget's callback of the same run may have changed the number of layers."""
    sizes = list(getattr(spec_class.repair(_texts(scope))[0], name))
    size = st.session_state.get(f"{scope}.{name}.{layer}")
    if size is not None and layer < len(sizes):
        sizes[layer] = size
        _set_field(spec_class, scope, name, tuple(sizes), fixed)


def _set_field(spec_class: type[Spec], scope: str, name: str, value: Any, fixed: Mapping[str, Any]) -> None:
    address.a_widget_moved()
    _take(spec_class, scope, {**_texts(scope), name: to_text(value)}, fixed)


def _take(spec_class: type[Spec], scope: str, texts: Mapping[str, str], fixed: Mapping[str, Any]) -> None:
    """Repair texts and keep them; say what had to be corrected."""
    spec, errors = spec_class.repair({**texts, **_as_texts(fixed)})
    state = st.session_state
    state[f"{scope}:texts"] = {name: text for name, text in spec.to_texts().items() if name not in fixed}
    state.setdefault(f"{scope}:errors", []).extend(error for error in errors if not is_a_beginning(error))


# --- pure parts


def is_a_beginning(error: SpecError) -> bool:
    """Own data are chosen and there are none yet: that they begin with some needs no warning."""
    return error.code.startswith("too_few") and error.values["value"] == 0


def log_grid(field: FieldDescription, value: float) -> list[float]:
    """1, 2, 5 (whole numbers) or 1, 3 (others) of every power of ten between the bounds, and the value itself."""
    low, high = float(field.low or 1e-6), float(field.high or 1.0)
    factors = (1, 2, 5) if field.type == "int" else (1, 3)
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    grid = {float(f"{factor}e{power}") for power in powers for factor in factors}
    grid |= {low, high, float(field.default), float(value)}
    inside = sorted(number for number in grid if low <= number <= high)
    return [int(number) for number in inside] if field.type == "int" else inside


def slider_range(field: FieldDescription) -> tuple[Any, Any, Any]:
    """Bounds and step of a linear slider: the coarsest step that reaches the upper bound and the default."""
    if field.type == "int":
        low, high = int(field.low or 0), int(field.high or 100)
        steps: tuple[float, ...] = (10, 1) if high - low > 300 else (1,)
    else:
        low, high = float(field.low or 0.0), float(field.high or 1.0)  # type: ignore[assignment]
        steps = (0.05, 0.01, THOUSANDTH) if high - low > 1 else (0.01, THOUSANDTH, THOUSANDTH / 10)
    wanted = (high - low, field.default - low)
    fitting = (step for step in steps if all(abs(far / step - round(far / step)) < 1e-6 for far in wanted))
    return low, high, next(fitting, THOUSANDTH)


def _texts(scope: str) -> dict[str, str]:
    return st.session_state.get(f"{scope}:texts", {})


def _as_texts(values: Mapping[str, Any]) -> dict[str, str]:
    return {name: to_text(value) for name, value in values.items()}


def _from_address(spec_class: type[Spec], prefix: str) -> dict[str, str]:
    names: Sequence[str] = tuple(spec_class.model_fields)
    return {name: st.query_params[prefix + name] for name in names if prefix + name in st.query_params}


def _word(labels: Labels, field: str) -> Callable[[str], str]:
    return functools.partial(labels.choice, field)


def _plain(value: float) -> str:
    return f"{value:g}"


__all__ = ["SpecError", "make_say", "read_spec", "set_fields", "show_corrections", "show_fields", "write_address"]
