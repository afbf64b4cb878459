"""What three tabs share: which expression, and the numbers of its inputs, weights and target."""

from __future__ import annotations

import functools

import streamlit as st

from dlcore.functions.expressions import EXPRESSIONS
from dlcore.functions.graph import leaf_places
from dlcore.specs import BackpropSpec
from dlcore.specs.backprop import LARGEST
from ui.controls import make_say
from ui.page import Page

SCOPE = "graph"  # the three tabs look at the same numbers
RATES = {"micrograd": 1e-5, "baydin": 0.01, "neuron": 1.0, "neuron_bce": 1.0, "unfolded_sigmoid": 1.0}  # that suit
ROLES = ("input", "weight", "target")


def show(page: Page) -> BackpropSpec:
    """Draw the choice and the numbers; returns the spec as it is set."""
    spec: BackpropSpec = page.spec(BackpropSpec, SCOPE)
    choose_expression(page, spec)
    st.latex(spec.definition.formula)
    if spec.definition.source:
        st.caption(page.labels.format("graph_source", source=spec.definition.source))
    show_numbers(page, spec)
    return spec


def choose_expression(page: Page, spec: BackpropSpec) -> None:
    """The expressions in a row; another one begins with its own numbers."""
    page.choose("expression", list(EXPRESSIONS), spec.expression, SCOPE, functools.partial(_begin, page))


def _begin(page: Page, name: str) -> None:
    rate = RATES.get(name, BackpropSpec().learning_rate)
    page.set_fields(BackpropSpec, SCOPE, expression=name, numbers=(), learning_rate=rate, edits=())


def show_numbers(page: Page, spec: BackpropSpec) -> None:
    """One box for each leaf, in the groups of their roles."""
    graph = spec.definition.graph
    leaves = [(number, graph[place]) for number, place in enumerate(leaf_places(graph))]
    for role in ROLES:
        members = [(number, node.name) for number, node in leaves if node.role == role]
        if not members:
            continue
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            st.markdown(f"**{page.labels[f'role_{role}']}**", width=90)
            for number, name in members:
                _show_number(page, spec, number, name)


def _show_number(page: Page, spec: BackpropSpec, number: int, name: str) -> None:
    key = _key(page, number)
    make_say(key, float(spec.leaves[number]))
    st.number_input(
        name,
        min_value=-LARGEST,
        max_value=LARGEST,
        step=0.1,
        format="%.6g",
        key=key,
        width=104,
        on_change=_changed,
        args=(page, spec),
    )


def _changed(page: Page, spec: BackpropSpec) -> None:
    """Any of the boxes; all are read, as two may have changed at once."""
    typed = [st.session_state.get(_key(page, number)) for number in range(len(spec.leaves))]
    put_numbers(page, spec, [old if new is None else new for new, old in zip(typed, spec.leaves, strict=True)])


def put_numbers(page: Page, spec: BackpropSpec, numbers: list[float]) -> None:
    """Give the leaves other numbers; their own ones need no words in the address."""
    own = tuple(numbers) == spec.definition.numbers
    page.set_fields(BackpropSpec, SCOPE, numbers=() if own else tuple(numbers), edits=())


def _key(page: Page, number: int) -> str:
    return f"{page.slug}.{SCOPE}.numbers.{number}"
