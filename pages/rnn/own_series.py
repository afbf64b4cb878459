"""An own series for the forecast: paste or upload it, pick the column, see what was made of it."""

from __future__ import annotations

import functools

import streamlit as st

from dlcore.data.own_series import EXAMPLE, OwnSeries, parse_series, pick_series
from dlcore.data.tables import Table
from dlcore.errors import DataError
from dlcore.specs import ForecastSpec
from dlcore.specs.forecast import MAX_VALUES, MIN_VALUES
from ui.page import Page

KEY = "rnn.own_series"


def show(page: Page, scope: str) -> None:
    """Paste or upload; what is wrong with the last try; which column."""
    label, take = page.labels, functools.partial(_take, page, scope)
    with st.container(horizontal=True):
        with st.popover(label["paste_csv"], key=f"{KEY}.paste"):
            st.text_area("CSV", key=f"{KEY}.text", placeholder=EXAMPLE, height=200)
            st.button(label["forecast_use_series"], key=f"{KEY}.use", on_click=_take_text, args=(take,))
        with st.popover(label["upload_csv"], key=f"{KEY}.upload"):
            st.file_uploader("CSV", key=f"{KEY}.file", type=["csv", "tsv", "txt"], on_change=_take_file, args=(take,))
    problem = st.session_state.pop(f"{KEY}:problem", None)
    if problem:
        st.error(problem, icon=":material/error:")
    table: Table | None = st.session_state.get(f"{KEY}:table")
    if table is None:
        st.caption(label["forecast_starter"])
    else:
        _show_column(page, scope, table)


def _show_column(page: Page, scope: str, table: Table) -> None:
    label = page.labels
    st.session_state.setdefault(f"{KEY}.column", st.session_state[f"{KEY}:column"])
    pick = functools.partial(_pick, page, scope)
    st.selectbox(label["forecast_column"], table.names, key=f"{KEY}.column", on_change=pick)
    own: OwnSeries | None = st.session_state.get(f"{KEY}:own")
    if own is None:
        return
    said = [label.format("forecast_own_rows", n=len(own.values), all=own.n_all)]
    if own.n_filled:
        said.append(label.format("forecast_own_filled", n=own.n_filled))
    st.caption(" ".join(said))


def _take_text(take: functools.partial) -> None:
    take(st.session_state[f"{KEY}.text"])


def _take_file(take: functools.partial) -> None:
    uploaded = st.session_state[f"{KEY}.file"]
    if uploaded is not None:
        take(uploaded.getvalue())


def _take(page: Page, scope: str, text: str | bytes) -> None:
    """Keep the table and choose its last column of numbers, or say what is wrong and keep the old one."""
    try:
        table = parse_series(text)
    except DataError as error:
        st.session_state[f"{KEY}:problem"] = page.labels.sentence(error)
        return
    before = {name: st.session_state.get(name) for name in (f"{KEY}:table", f"{KEY}.column")}
    st.session_state[f"{KEY}:table"], st.session_state[f"{KEY}.column"] = table, table.names[-1]
    if not _pick(page, scope):
        st.session_state.update({name: value for name, value in before.items() if value is not None})
        if before[f"{KEY}:table"] is None:
            del st.session_state[f"{KEY}:table"], st.session_state[f"{KEY}.column"]


def _pick(page: Page, scope: str) -> bool:
    """Put the values of the chosen column into the spec; False if there are too few."""
    table, column = st.session_state[f"{KEY}:table"], st.session_state[f"{KEY}.column"]
    try:
        own = pick_series(table, column, MIN_VALUES, MAX_VALUES)
    except DataError as error:
        st.session_state[f"{KEY}:problem"] = page.labels.sentence(error)
        return False
    st.session_state[f"{KEY}:own"], st.session_state[f"{KEY}:column"] = own, column
    page.set_fields(ForecastSpec, scope, series="own", values=own.values, edits=())
    return True
