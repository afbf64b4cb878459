"""The cell, opened: a small cell trains, every gate is drawn over a string, and one unit's equations get numbers."""

from __future__ import annotations

import functools
import itertools
from typing import Any

import numpy as np
import streamlit as st

from dlcore.data.symbol_tasks import TASKS, answers_to, read_string
from dlcore.errors import DataError
from dlcore.functions.recurrent import SIGNED, TRACES
from dlcore.run import Run
from dlcore.specs import RecurrentCellSpec
from pages.rnn.equations import equations, latex
from ui.answers import answer_of
from ui.components import stage
from ui.controls import make_say
from ui.page import Page
from ui.still import show_still

SCOPE, PREFIX = "cell", "c."
LONGEST_TYPED = 200  # characters
FIRST_PLACE = (1, 1)  # time step and unit, as readers count
SCALE = 1000  # what 1 is written as, see dlcore/experiments/recurrent_cell.py


def show(page: Page) -> None:
    page.text("idea")
    page.quiz("cell_forget")
    page.text("cell_train")
    spec: RecurrentCellSpec = page.spec(RecurrentCellSpec, SCOPE, PREFIX)
    groups = (("cell", "symbol_task"), ("n_units", "learning_rate"), ("n_steps", "seed"))
    page.field_columns(spec, SCOPE, groups, widths=(1.3, 1, 1))
    choose = functools.partial(_choose, page)
    run = page.play(spec, panels(page, spec), SCOPE, scope=SCOPE, on_click=choose, rerun_at_end=True)
    page.edits(spec, SCOPE)
    page.take_home(spec, run, SCOPE)
    st.subheader(page.labels["cell_numbers"])
    page.text("cell_numbers")
    show_numbers(page, spec, run)
    page.text("cell_equations")
    page.note("cell_notice", "what_to_notice")
    page.note("cell_wrong", "where_it_goes_wrong")
    page.quiz("cell_reset")


def panels(page: Page, spec: RecurrentCellSpec) -> list[dict]:
    """Loss and accuracy, then gates, states and answers over the string that is shown."""
    label, string = page.labels, TASKS[spec.symbol_task].shown
    curves = [
        stage.lines(label["cell_loss"], [stage.series("loss", label["cell_loss"])], label["cell_loss"], width=0.5),
        stage.lines(
            label["cell_accuracy"],
            [stage.series("accuracy", label["cell_accuracy"])],
            label["cell_accuracy"],
            domain=(0, 1.02),
            width=0.5,
        ),
    ]
    return curves + string_panels(page, spec, string)


def string_panels(page: Page, spec: RecurrentCellSpec, string: str) -> list[dict]:
    """A matrix (units, symbols) for every gate and state, and one for the answers."""
    pictures = [trace_panel(page, spec.cell, name, string) for name in TRACES[spec.cell]]
    wanted = answers_to(spec.symbol_task, read_string(spec.symbol_task, string))
    task = TASKS[spec.symbol_task]
    said = [task.answers[answer] if answer >= 0 else "" for answer in wanted]
    columns = [f"{symbol}\n{answer}".strip() for symbol, answer in zip(string, said, strict=True)]
    return [*pictures, answer_panel(page, task.answers, columns)]


def trace_panel(page: Page, cell: str, name: str, string: str) -> dict:
    title = page.labels[f"trace_{name}"]
    return stage.matrix(
        title,
        f"trace_{name}",
        page.labels["trace_reading"],
        alt=title,
        columns=tuple(string),
        signed=name in SIGNED,
        scale=SCALE,
        limit=None if name == "c" or (cell, name) == ("irnn", "h") else SCALE,
        clickable=True,
        width=0.5,
    )


def answer_panel(page: Page, answers: tuple[str, ...], columns: list[str]) -> dict:
    title = page.labels["cell_answers"]
    return stage.matrix(
        title,
        "answers",
        page.labels["answer_reading"],
        alt=title,
        rows=answers,
        columns=columns,
        scale=SCALE,
        limit=SCALE,
        help=page.labels["cell_answers_help"],
        width=0.5,
    )


# --- one unit at one time step


def show_numbers(page: Page, spec: RecurrentCellSpec, run: Run) -> None:
    """A string of the reader's own, a time step and a unit; the equations with their numbers."""
    string = ask_for_string(page, spec)
    place = page.recall("place", "place", FIRST_PLACE, read_place, write_place)
    answer = answer_of(f"{page.slug}:answer", run, {"string": string})
    if answer is None:
        st.caption(page.labels["cell_no_answer"])
        return
    if string != TASKS[spec.symbol_task].shown:
        choose = functools.partial(_choose, page)
        show_still(f"{page.slug}.still", string_panels(page, spec, string), painted(answer), page.labels, choose)
    t, unit = choose_place(page, place, len(string), spec.n_units)
    st.caption(page.labels.format("cell_place", step=answer["step"], t=t + 1, symbol=string[t], unit=unit + 1))
    for column, sides in zip(itertools.cycle(st.columns(2)), equations(spec.cell, answer, t, unit), strict=False):
        with column:
            st.latex(latex(sides))


def ask_for_string(page: Page, spec: RecurrentCellSpec) -> str:
    """What the reader has typed; the task's own string where that breaks a rule."""
    shown = TASKS[spec.symbol_task].shown
    key, typed = page.keep_text(f"string.{spec.symbol_task}", "string", shown, LONGEST_TYPED)
    typed = st.text_input(
        page.labels["cell_string"],
        typed,
        key=key,
        max_chars=LONGEST_TYPED,
        help=page.labels[f"cell_string_{spec.symbol_task}"],
    )
    try:
        symbols = read_string(spec.symbol_task, typed)
    except DataError as error:
        st.error(page.labels.sentence(error))
        return shown
    return "".join(TASKS[spec.symbol_task].symbols[symbol] for symbol in symbols)


def choose_place(page: Page, place: tuple[int, int], n_symbols: int, n_units: int) -> tuple[int, int]:
    """Time step and unit, from 0, as clicked or slid to."""
    names, limits = ("cell_t", "cell_unit"), (n_symbols, n_units)
    place = (min(place[0], n_symbols), min(place[1], n_units))
    for axis, column in enumerate(st.columns(2, gap="medium")):
        key = f"{page.slug}.place.{axis}"
        make_say(key, place[axis])
        if limits[axis] > 1:
            slid = functools.partial(_slid, page, place, axis)
            column.slider(page.labels[names[axis]], 1, limits[axis], place[axis], key=key, on_change=slid)
    return place[0] - 1, place[1] - 1


def read_place(text: str) -> tuple[int, int]:
    """`step,unit` of an address bar; the first ones where it says something else."""
    parts = text.split(",")
    if len(parts) != 2 or not all(part.isdecimal() and int(part[:4]) > 0 for part in parts):
        return FIRST_PLACE
    return int(parts[0][:4]), int(parts[1][:4])


def write_place(place: tuple[int, int]) -> str:
    return f"{place[0]},{place[1]}"


def _slid(page: Page, place: tuple[int, int], axis: int) -> None:
    chosen = list(place)
    chosen[axis] = st.session_state[f"{page.slug}.place.{axis}"]
    st.session_state[f"{page.slug}:place"] = tuple(chosen)


def _choose(page: Page, column: float, row: float, label: int = 0) -> None:
    """A cell of a picture was clicked."""
    st.session_state[f"{page.slug}:place"] = (int(column) + 1, int(row) + 1)


def painted(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer's arrays as a frame has them."""
    arrays = {f"trace_{name}": trace for name, trace in answer["traces"].items()} | {"answers": answer["answers"]}
    return {name: np.clip(np.round(array.T * SCALE), -32767, 32767).astype(np.int16) for name, array in arrays.items()}
