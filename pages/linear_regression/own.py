"""An own table: paste or upload it, pick the columns, and see the same descent on it."""

from __future__ import annotations

import functools

import streamlit as st

from dlcore.data.regression_problem import make_problem
from dlcore.data.tables import Chosen, Table, choose, parse_table
from dlcore.errors import DataError
from dlcore.functions.least_squares import r_squared
from dlcore.specs import LinearRegressionSpec
from dlcore.specs.linear_regression import MAX_CELLS, MAX_INPUTS, MAX_ROWS, STARTER_ROWS
from pages.linear_regression import panels
from ui.page import Page
from ui.paste import paste_or_upload
from ui.text import quoted

SCOPE, PREFIX = "own", "o."
FIXED = {"table": "own"}
NAMES = "o.names"  # what the columns are called, in the address bar
EXAMPLE = "size;price\n60;210\n75;250\n90;330\n110;375\n130;470"
KEY = "linear_regression.own"


def show(page: Page) -> None:
    page.text("own_table")
    show_input(page)
    table: Table | None = st.session_state.get(f"{KEY}:table")
    if table is not None:
        show_columns(page, table)
    page.begin_with(LinearRegressionSpec, SCOPE, PREFIX, rows=STARTER_ROWS, scaled=True, learning_rate=0.3)
    spec = page.spec(LinearRegressionSpec, SCOPE, PREFIX, FIXED)
    names = column_names(page, spec)
    problem = make_problem(spec)
    left, right = st.columns([1, 1.3], gap="medium")
    with left:
        page.fields(spec, SCOPE, ("scaled", "loss_factor", "batch_size", "n_steps"), FIXED)
    with right:
        page.fields(spec, SCOPE, ("learning_rate",), FIXED)
        panels.show_limit(page, spec, SCOPE)
    st.markdown(equation(page, spec, names))
    r2 = r_squared(problem.a @ problem.solution, problem.y)
    st.caption(page.labels.format("linreg_fit", r2=f"{r2:.4f}", n=len(problem.y)))
    run = page.play(spec, panels.panels(page, spec, names), SCOPE, scope=SCOPE)
    page.edits(spec, SCOPE)
    page.take_home(spec, run, SCOPE)
    page.note("own_notice", "what_to_notice")
    page.note("own_wrong", "where_it_goes_wrong")
    page.quiz("own_units")


def show_input(page: Page) -> None:
    """Paste or upload; what is wrong with the last try."""
    label = page.labels
    with st.container(horizontal=True):
        paste_or_upload(label, KEY, EXAMPLE, label["linreg_use_table"], functools.partial(_take, page))
    problem = st.session_state.pop(f"{KEY}:problem", None)
    if problem:
        st.error(problem, icon=":material/error:")


def show_columns(page: Page, table: Table) -> None:
    """The pickers, and what of the table is used."""
    label = page.labels
    for name, value in st.session_state[f"{KEY}:columns"].items():  # as left before a visit to another tab
        st.session_state.setdefault(f"{KEY}.{name}", value)
    inputs, target = st.columns([2, 1], gap="medium")
    pick = functools.partial(_pick, page)
    inputs.multiselect(
        label["linreg_inputs"], table.names, key=f"{KEY}.inputs", max_selections=MAX_INPUTS, on_change=pick
    )
    target.selectbox(label["linreg_target"], table.names, key=f"{KEY}.target", on_change=pick)
    chosen: Chosen | None = st.session_state.get(f"{KEY}:chosen")
    said = [label.format("linreg_table_rows", n=table.n_rows, read=len(table.numbers))]
    if chosen is not None:
        if chosen.n_missing:
            said.append(label.format("linreg_table_missing", n=chosen.n_missing))
        if len(chosen.rows) < chosen.n_left:
            said.append(label.format("linreg_table_drawn", n=len(chosen.rows), all=chosen.n_left))
    for name, (row, cell) in list(table.words.items())[:5]:
        said.append(label.format("linreg_table_words", column=quoted(name), row=row, value=quoted(cell)))
    st.caption(" ".join(said))


def column_names(page: Page, spec: LinearRegressionSpec) -> tuple[str, ...]:
    """The columns as the reader or the link calls them, else x1, x2, …, y."""
    width = len(spec.rows[0])
    said = st.session_state.get(f"{KEY}:names") or st.query_params.get(NAMES, "")
    names = tuple(name[:40] for name in said.split("|"))
    if len(names) != width:
        names = (*(f"x{number}" for number in range(1, width)), "y")
    elif said:
        page.query[NAMES] = "|".join(names)
    return names


def equation(page: Page, spec: LinearRegressionSpec, names: tuple[str, ...]) -> str:
    """The closed form in the table's own words."""
    problem = make_problem(spec)
    b, *w = problem.to_raw(problem.solution)
    terms = [f"{'−' if value < 0 else '+'} {abs(value):.4g} · {name}" for value, name in zip(w, names, strict=False)]
    text = f"{names[-1]} = {b:.4g} {' '.join(terms)}".replace("= -", "= −").replace("`", "'")
    return f"**{page.labels['linreg_closed_form']}**: `{text}`"


def _take(page: Page, text: str | bytes) -> None:
    """Keep the table and choose its first two columns of numbers, or say what is wrong and keep the old one."""
    try:
        table = parse_table(text)
    except DataError as error:
        st.session_state[f"{KEY}:problem"] = page.labels.sentence(error)
        return
    st.session_state[f"{KEY}:table"] = table
    st.session_state[f"{KEY}.inputs"] = [table.names[0]]
    st.session_state[f"{KEY}.target"] = table.names[-1]
    _pick(page)


def _pick(page: Page) -> None:
    """Put the rows of the chosen columns into the spec, with a learning rate that suits them."""
    table: Table = st.session_state[f"{KEY}:table"]
    columns = {name: st.session_state[f"{KEY}.{name}"] for name in ("inputs", "target")}
    st.session_state[f"{KEY}:columns"], target = columns, columns["target"]
    inputs = tuple(name for name in columns["inputs"] if name != target)
    try:
        if not inputs:
            raise DataError("table_no_input")
        chosen = choose(table, inputs, target, MAX_ROWS, MAX_CELLS)
    except DataError as error:
        st.session_state[f"{KEY}:problem"] = page.labels.sentence(error)
        return
    st.session_state[f"{KEY}:chosen"] = chosen
    st.session_state[f"{KEY}:names"] = "|".join(name.replace("|", "/") for name in chosen.names)
    spec = LinearRegressionSpec(table="own", rows=chosen.rows, scaled=True)
    rate = float(f"{0.9 * make_problem(spec).limit:.3g}")
    page.set_fields(LinearRegressionSpec, SCOPE, rows=chosen.rows, scaled=True, learning_rate=rate, edits=())
