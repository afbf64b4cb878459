"""What deep learning is, what it learns, where it is used."""

import streamlit as st

from ui.page import Page


def show(page: Page) -> None:
    page.text("idea")
    st.subheader(page.labels["what_it_learns"])
    page.text("what_it_learns")
    st.subheader(page.labels["where_used"])
    page.text("where_used")
    st.subheader(page.labels["history"])
    page.text("history")
