"""Machine learning vs deep learning: five differences, each measured, and a published table."""

from pages.ml_vs_dl import ml_features, ml_paper
from ui.page import open_page

TABS = {"ml_features": ml_features, "ml_paper": ml_paper}

page = open_page("ml_vs_dl")
TABS[page.tabs()].show(page)
page.close()
