"""The four steps, one node at a time, with three ways to the same gradient beside each other."""

from __future__ import annotations

from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooLate

import streamlit as st

from dlcore.functions.graph import backward, descend, evaluate
from dlcore.functions.graph_walk import record_walk
from dlcore.specs import BackpropSpec
from dlcore.specs.backprop import LARGEST
from pages.backprop import settings
from ui.components.graph_walk import graph_walk
from ui.page import Page
from ui.runtime import store

PATIENCE = 0.4  # seconds that the page waits for autograd before it shows the rest
AGAIN = 0.7  # seconds until it looks again


def show(page: Page) -> None:
    page.text("walk")
    page.quiz("walk_fan_out")
    spec = settings.show(page)
    page.field_columns(spec, settings.SCOPE, ("learning_rate", "difference_step"))
    show_walk(page, spec)
    show_next_pass(page, spec)
    page.note("walk_notice", "what_to_notice")
    page.note("walk_wrong", "where_it_goes_wrong")
    page.quiz("walk_cost")
    page.quiz("walk_difference")


def show_walk(page: Page, spec: BackpropSpec) -> None:
    """The graph, at once; autograd's column follows when a worker has answered."""
    future = ask_autograd(page, spec)
    record = record_walk(spec.definition, spec.leaves, spec.learning_rate, spec.difference_step)
    answer = answered(future, PATIENCE)
    graph_walk(f"{page.slug}.walk", spec.expression, record, page.labels, autograd=answer, initial=page.asked("walk"))
    if not future.done():
        wait_for(future)


def ask_autograd(page: Page, spec: BackpropSpec) -> Future:
    """The future gradients of every node by PyTorch, asked once for the same numbers."""
    kept = f"{page.slug}:autograd"
    question = (spec.expression, spec.leaves)
    if st.session_state.get(kept, (None,))[0] != question:
        fresh = BackpropSpec(expression=spec.expression, numbers=spec.numbers)
        st.session_state[kept] = (question, store().get(fresh).ask({"numbers": list(spec.leaves)}))
    future: Future = st.session_state[kept][1]
    return future


def answered(future: Future, patience: float) -> list[float] | None:
    """The answer if it is there in time; None too if the worker was lost."""
    try:
        gradients: list[float] = future.result(timeout=patience)
    except (TooLate, OSError, RuntimeError):
        return None
    return gradients


@st.fragment(run_every=AGAIN)
def wait_for(future: Future) -> None:
    """Draw the page again once the answer is there."""
    if future.done():
        st.rerun()


def show_next_pass(page: Page, spec: BackpropSpec) -> None:
    """A button that puts the updated weights in: the next pass begins where this one ended."""
    graph = spec.definition.graph
    gradients = backward(graph, evaluate(graph, spec.leaves))
    numbers = descend(graph, spec.leaves, gradients, spec.learning_rate)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            page.labels["walk_next_pass"],
            key=f"{page.slug}.next_pass",
            icon=":material/update:",
            help=page.labels["walk_next_pass_help"],
            disabled=not all(abs(number) <= LARGEST for number in numbers),
            on_click=settings.put_numbers,
            args=(page, spec, numbers),
        )
        st.button(
            page.labels["walk_own_numbers"],
            key=f"{page.slug}.own_numbers",
            icon=":material/restart_alt:",
            disabled=not spec.numbers,
            on_click=settings.put_numbers,
            args=(page, spec, list(spec.definition.numbers)),
        )
