"""Machine learning vs deep learning: five differences, each measured, and a published table."""

from pages.ml_vs_dl import ml_cost, ml_data, ml_features, ml_inside, ml_paper, ml_tasks
from ui.page import open_page

TABS = {
    "ml_features": ml_features,
    "ml_data": ml_data,
    "ml_cost": ml_cost,
    "ml_inside": ml_inside,
    "ml_tasks": ml_tasks,
    "ml_paper": ml_paper,
}

page = open_page("ml_vs_dl")
page.part("tab", TABS[page.tabs()].show)
page.close()
