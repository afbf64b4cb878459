"""MLP and fully connected nets: what the names mean, and what connecting everything with everything costs."""

import streamlit as st

from ui.components.growth import LONGEST_ADDRESS, growth
from ui.page import Page


def show(page: Page) -> None:
    page.text("mlp")
    page.quiz("mlp_double")
    asked = st.query_params.get("growth")
    if asked:
        page.query["growth"] = asked[:LONGEST_ADDRESS]  # the browser's own word in the address bar stays
    growth(f"{page.slug}.growth", asked, page.labels)
    page.text("mlp_heads")
    page.note("mlp_notice", "what_to_notice")
    page.note("mlp_wrong", "where_it_goes_wrong")
    page.quiz("mlp_name")
