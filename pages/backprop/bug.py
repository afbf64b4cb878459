"""Find the bug: suspected code trains a net; a numeric check says whether it is right, its trace what is wrong."""

from __future__ import annotations

import functools

import streamlit as st

from dlcore.functions.faulty_backprop import FAULTS, NAMES, draw_case
from dlcore.specs import GradientBugSpec
from ui.components import stage
from ui.controls import make_say
from ui.page import Page

SCOPE = "bug"
LAST = 999
CODE = """grad = zeros(9)                          # A: every step begins at zero
for x, t in examples:                    # three of them
    h = tanh(W @ x + b)
    y = v @ h + c
    delta_y = 2 * (y - t)                # of (y - t)²
    delta_z = delta_y * v * (1 - h**2)
    grad.W += outer(delta_z, x)          # B: δ xᵀ, a row for each hidden unit
    grad.b += delta_z
    grad.v += delta_y * h                # C: += sums over the examples
    grad.c += delta_y
for each parameter p:
    p -= learning_rate * grad.p          # D: once for every parameter"""
FAULTY = {
    "none": "",
    "no_accumulation": "    grad.W = outer(delta_z, x)           # C: = instead of +=, and so for b, v and c",
    "stale_gradient": "if first_step: grad = zeros(9)           # A: never again",
    "wrong_transpose": "    grad.W += outer(x, delta_z)          # B: x δᵀ instead of δ xᵀ",
    "bias_per_weight": "for each weight w of a unit with bias b: # D: the bias moves once for every weight\n"
    "    w -= learning_rate * grad.w\n    b -= learning_rate * grad.b",
}


def show(page: Page) -> None:
    page.text("bug")
    page.quiz("bug_loss")
    spec = page.spec(GradientBugSpec, SCOPE, "bug.")
    choose_case(page, spec)
    page.field_columns(spec, SCOPE, ("learning_rate", "n_steps"))
    st.markdown(page.labels["bug_code"])
    st.code(CODE, language="python", wrap_lines=True)
    run = page.play(spec, panels(page), "bug", scope=SCOPE, pace=3)
    page.edits(spec, SCOPE)
    ask(page, spec)
    page.take_home(spec, run, "bug")
    page.note("bug_notice", "what_to_notice")
    page.note("bug_wrong", "where_it_goes_wrong")
    page.quiz("bug_shapes")


def choose_case(page: Page, spec: GradientBugSpec) -> None:
    """The number of the case, and a button for the next one."""
    key = f"{page.slug}.{SCOPE}.case"
    make_say(key, spec.case)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.number_input(
            page.labels["case"],
            min_value=1,
            max_value=LAST,
            step=1,
            key=key,
            width=180,
            help=page.labels["case_help"],
            on_change=_case_typed,
            args=(page, key),
        )
        following = spec.case % LAST + 1
        st.button(
            page.labels["bug_next"],
            key=f"{page.slug}.next_case",
            icon=":material/bug_report:",
            on_click=functools.partial(page.set_fields, GradientBugSpec, SCOPE, case=following, edits=()),
        )


def _case_typed(page: Page, key: str) -> None:
    case = st.session_state[key]
    if case is not None:
        page.set_fields(GradientBugSpec, SCOPE, case=case, edits=())


def panels(page: Page) -> list[dict]:
    label = page.labels
    columns = [
        stage.column("parameters", label["graph_value"]),
        stage.column("coded", label["bug_coded"], flag="differs"),
        stage.column("checked", label["graph_difference"]),
        stage.column("moved", label["bug_moved"], flag="moves_otherwise"),
    ]
    return [
        stage.table(label["bug_check"], NAMES, columns, alt=label["bug_check"], width=0.6),
        stage.lines(
            label["loss_curve"],
            [stage.series("loss", label["bug_suspect"]), stage.series("correct_loss", label["bug_correct"])],
            alt=label["loss_curve"],
            log=True,
            width=0.4,
        ),
        stage.sentence(
            {"0": label["bug_agree"], "1": label["bug_differ"]}, case="suspicious", title=label["bug_found"]
        ),
    ]


def ask(page: Page, spec: GradientBugSpec) -> None:
    """Which fault is it? The answer says what speaks for it or against it."""
    fault = draw_case(spec.case)[0]
    with st.container(border=True):
        chosen = st.radio(
            f"**{page.labels['bug_which']}**",
            FAULTS,
            index=None,
            format_func=lambda name: page.labels[f"bug_{name}"],
            key=f"{page.slug}.verdict.{spec.case}",
        )
        if chosen is None:
            return
        if chosen != fault:
            st.info(f"**{page.labels['not_quite']}** {page.labels[f'bug_would_{chosen}']}", icon=":material/lightbulb:")
            return
        st.success(f"**{page.labels['right']}** {page.labels[f'bug_is_{fault}']}", icon=":material/check_circle:")
        if FAULTY[fault]:
            st.code(FAULTY[fault], language="python", wrap_lines=True)
