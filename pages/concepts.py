"""Concepts: what deep learning is, the neuron, the perceptron, the network playground, the four families."""

from pages.concepts import families, idea, neuron, perceptron, playground
from ui.page import open_page

TABS = {"idea": idea, "neuron": neuron, "perceptron": perceptron, "playground": playground, "families": families}

page = open_page("concepts")
page.part("tab", TABS[page.tabs()].show)
page.close()
