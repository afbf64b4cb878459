"""Own labels and scores, pasted or uploaded; what is wrong with new ones never loses the old ones."""

from __future__ import annotations

import functools

import streamlit as st

from dlcore.data.own_scores import LINK_ROWS, OwnScores, from_link, parse_scores, to_link
from dlcore.errors import DataError
from ui import address
from ui.components.scores import from_scores, score_lab
from ui.page import Page
from ui.paste import paste_or_upload

KEY = "pr_curve.own"
EXAMPLE = "label,score\n1,0.92\n0,0.81\n1,0.77\n0,0.35\n0,0.12"
STARTER = "0.12,0.2,0.24,0.35,0.41,0.5,0.58,0.66,0.81,0.88;0.38,0.47,0.61,0.7,0.77,0.83,0.92,0.95"
TOOLS = ("prevalence", "beta", "miss", "band", "linear")


def show(page: Page) -> None:
    page.text("pr_own")
    own = read(page)
    show_input(page, own)
    known = own.names if all(own.names) else (page.labels["scorelab_negatives"], page.labels["scorelab_positives"])
    source = from_scores({"all": (own.labels, own.scores)})
    initial = page.asked("owncut")
    score_lab(f"{page.slug}.ownlab", source, page.labels, known, TOOLS, initial=initial, address="owncut")
    page.note("pr_own_notice", "what_to_notice")
    page.note("pr_own_wrong", "where_it_goes_wrong")
    page.quiz("pr_test_once")


def read(page: Page) -> OwnScores:
    """The scores of the session, of the link when that says something new, or a few to begin with."""
    said, names = st.query_params.get("scores", ""), st.query_params.get("names", "").split("|")
    if said and address.is_news(KEY, said):
        try:
            pair = (names[0][:20], names[1][:20]) if len(names) == 2 else ("", "")
            st.session_state[f"{KEY}:own"] = from_link(said, pair)
        except DataError as error:
            st.session_state[f"{KEY}:problem"] = page.labels.sentence(error)
    own: OwnScores = st.session_state.get(f"{KEY}:own") or from_link(STARTER)
    link = to_link(own) if f"{KEY}:own" in st.session_state else ""
    address.wrote(KEY, link)
    if link:
        page.query["scores"] = link
        if all(own.names):
            page.query["names"] = "|".join(name.replace("|", "/") for name in own.names)
    return own


def show_input(page: Page, own: OwnScores) -> None:
    """Paste or upload; what is wrong with the last try; which label is the positive one."""
    label = page.labels
    with st.container(horizontal=True):
        paste_or_upload(label, KEY, EXAMPLE, label["own_use_scores"], functools.partial(_take, page))
        st.button(label["own_swap"], key=f"{KEY}.swap", help=label["own_swap_help"], on_click=_swap, args=(own,))
    problem = st.session_state.pop(f"{KEY}:problem", None)
    if problem:
        st.error(problem, icon=":material/error:")
    if f"{KEY}:own" not in st.session_state:
        st.caption(label["own_starter"])
    elif "scores" not in page.query:
        st.caption(label.format("own_too_long", high=LINK_ROWS))


def _take(page: Page, text: str | bytes) -> None:
    """Use the scores, or say what is wrong with them and keep the old ones."""
    try:
        st.session_state[f"{KEY}:own"] = parse_scores(text)
    except DataError as error:
        st.session_state[f"{KEY}:problem"] = page.labels.sentence(error)


def _swap(own: OwnScores) -> None:
    st.session_state[f"{KEY}:own"] = own.swapped()
