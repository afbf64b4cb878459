"""Backpropagation: a graph walked node by node, predicted, trained until a rule stops it, and found faulty."""

from pages.backprop import bug, predict, stop, walk
from ui.page import open_page

TABS = {"walk": walk, "predict": predict, "stop": stop, "bug": bug}

page = open_page("backprop")
page.part("tab", TABS[page.tabs()].show)
page.close()
