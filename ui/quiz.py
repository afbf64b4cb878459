"""Predict-first questions: choose, check, read why, then run it."""

from __future__ import annotations

import streamlit as st

from ui.text import Labels, parse_question


@st.fragment
def show_question(section: str, key: str, labels: Labels) -> None:
    """One question with its answers; feedback comes after the choice is checked."""
    question = parse_question(section)
    with st.container(border=True):
        st.markdown(f"**{labels['predict_first']}** · {question.text}")
        numbers = range(len(question.options))
        chosen = st.radio(
            question.text,
            numbers,
            index=None,
            key=key,
            format_func=lambda number: question.options[number].text,
            label_visibility="collapsed",
        )
        if chosen is None:
            return
        option = question.options[chosen]
        if option.is_right:
            st.success(f"**{labels['right']}** {option.feedback}", icon=":material/check_circle:")
        else:
            st.info(f"**{labels['not_quite']}** {option.feedback}", icon=":material/lightbulb:")
