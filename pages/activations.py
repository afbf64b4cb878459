"""Activations: thirteen functions and their slopes, depth, dead units, PReLU, the race, the cost."""

from pages.activations import cost, dead, depth, functions, prelu, race
from ui.page import open_page

TABS = {"functions": functions, "depth": depth, "dead": dead, "prelu": prelu, "race": race, "cost": cost}

page = open_page("activations")
page.part("tab", TABS[page.tabs()].show)
page.close()
