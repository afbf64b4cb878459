"""One outlier among nine numbers: the constants that four losses choose, moving in the browser."""

import streamlit as st

from ui.components.losses import LONGEST_ADDRESS, outlier
from ui.page import Page


def show(page: Page) -> None:
    page.text("one_outlier")
    page.quiz("outlier_median")
    asked = st.query_params.get("outlier")
    if asked:
        page.query["outlier"] = asked[:LONGEST_ADDRESS]  # the browser's own word in the address bar stays
    outlier(f"{page.slug}.outlier", asked, page.labels)
    page.note("outlier_notice", "what_to_notice")
    page.note("outlier_wrong", "where_it_goes_wrong")
    page.quiz("outlier_quantile")
