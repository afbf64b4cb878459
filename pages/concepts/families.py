"""The four families of networks, each as a diagram with a link to its page."""

import streamlit as st

from dlcore.charts import families
from ui.course import find_page
from ui.page import Page

FAMILIES = {
    "standard": (families.standard, "other_models"),
    "recurrent": (families.recurrent, "rnn"),
    "convolutional": (families.convolutional, "cnn"),
    "autoencoder": (families.autoencoder, "other_models"),
}


def show(page: Page) -> None:
    page.text("families")
    page.quiz("families")
    for card, (name, (diagram, slug)) in zip(page.cards(len(FAMILIES)), FAMILIES.items(), strict=True):
        with card:
            st.subheader(page.labels[f"family_{name}"])
            st.markdown(diagram(page.labels), unsafe_allow_html=True)  # st.html drops SVG
            page.text(f"family_{name}")
            target = find_page(slug)
            if target.is_built:
                page.link(target)
