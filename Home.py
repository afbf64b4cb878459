"""The landing page: what this is, what to try first, the course map, the evidence at a glance."""

import streamlit as st

from ui.course import GROUPS, PAGES, find_page
from ui.evidence import show_evidence
from ui.page import Page, open_page

FIRST = {  # things to try first: label → page and settings
    "try_spiral": ("concepts", {"tab": "playground", "dataset": "spiral", "hidden_sizes": "8,8", "activation": "tanh"}),
    "try_xor": ("concepts", {"tab": "perceptron", "dataset": "xor"}),
    "try_rate": ("concepts", {"tab": "playground", "loss": "mse", "optimizer": "sgd", "learning_rate": "10"}),
}


def show(page: Page) -> None:
    page.text("welcome")
    page.text("try_first")
    with st.container(horizontal=True):
        for label, (slug, settings) in FIRST.items():
            page.link(find_page(slug), page.labels[label], ":material/play_circle:", **settings)
    page.text("how_to_read")

    st.header(page.labels["course_map"])
    page.text("map")
    for group in GROUPS:
        st.subheader(page.labels[f"course_{group}"])
        here = [course_page for course_page in PAGES if course_page.group == group]
        for card, course_page in zip(page.cards(len(here)), here, strict=True):
            with card:
                if course_page.is_built:
                    page.link(course_page, f"**{page.labels[course_page.label_key]}**")
                else:
                    st.markdown(f"**{page.labels[course_page.label_key]}** · :gray[{page.labels['coming_page']}]")
                page.text(course_page.label_key)

    show_evidence(page)
    page.text("for_teachers")


page = open_page("Home")
page.part("all", show)
page.close()
