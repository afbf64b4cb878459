"""Predict the gradient: questions made from the reader's own numbers, answered with a number."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import streamlit as st

from dlcore.functions.graph_walk import askable, bracketed, branches, judge, record_walk, say
from dlcore.specs import BackpropSpec
from pages.backprop import settings
from ui.components.graph_walk import graph_walk
from ui.page import Page


def show(page: Page) -> None:
    page.text("predict")
    spec = settings.show(page)
    record = record_walk(spec.definition, spec.leaves, spec.learning_rate, spec.difference_step)
    questions = askable(record)
    number = choose_question(page, len(questions))
    place = questions[number]
    names = {"output": record["nodes"][-1]["name"], "name": record["nodes"][place]["name"]}
    st.markdown(f"**{page.labels.format('predict_question', n=number + 1, total=len(questions), **names)}**")
    show_answer(page, spec, record, place)
    graph_walk(f"{page.slug}.predict", spec.expression, record, page.labels, asked=place)
    page.note("predict_notice", "what_to_notice")
    page.note("predict_wrong", "where_it_goes_wrong")
    page.quiz("predict_zero")


def choose_question(page: Page, n_questions: int) -> int:
    """Which node is asked for, from 0; kept in the address bar, counted from 1."""
    kept = f"{page.slug}:question"
    number = min(page.recall("question", "question", 1, read_number), n_questions) - 1
    with st.container(horizontal=True):
        for word, step, icon in (("predict_back", -1, "arrow_back"), ("predict_next", 1, "arrow_forward")):
            st.button(
                page.labels[word],
                key=f"{page.slug}.{word}",
                icon=f":material/{icon}:",
                disabled=not 0 <= number + step < n_questions,
                on_click=functools.partial(_go, kept, number + step + 1),
            )
    return number


def read_number(text: str) -> int:
    """A number of the address bar, from 1; 1 where that says something else."""
    return max(1, int(text)) if text.isdecimal() and len(text) < 5 else 1


def _go(kept: str, number: int) -> None:
    st.session_state[kept] = number


def show_answer(page: Page, spec: BackpropSpec, record: Mapping[str, Any], place: int) -> None:
    """A box for the number; what it says is judged at once, with the computation."""
    typed = st.number_input(
        page.labels["predict_answer"],
        value=None,
        step=None,
        format="%.6g",
        key=f"{page.slug}.answer.{spec.expression}.{spec.leaves}.{place}",
        help=page.labels["predict_answer_help"],
        width=260,
    )
    if typed is None:
        return
    verdict = judge(record, place, typed)
    said = f"{page.labels[f'predict_{verdict}']}\n\n{computation(record, place)}"
    if verdict == "right":
        st.success(said, icon=":material/check_circle:")
    else:
        st.info(said, icon=":material/lightbulb:")


def computation(record: Mapping[str, Any], place: int) -> str:
    """The gradient of a node written out: local derivative × upstream gradient, summed over its uses."""
    nodes = record["nodes"]
    output, name = nodes[-1]["name"], nodes[place]["name"]
    parts = branches(record, place)
    rule = " + ".join(
        f"∂{nodes[part['to']]['name']}/∂{name} · ∂{output}/∂{nodes[part['to']]['name']}" for part in parts
    )
    products = " + ".join(f"{bracketed(say(part['local']))} · {bracketed(say(part['upstream']))}" for part in parts)
    return f"∂{output}/∂{name} = {rule} = {products} = **{say(nodes[place]['gradient'])}**"
