"""Losses: loss and gradient, what one outlier does, which loss fits which output, and the way down a surface."""

from pages.losses import descent, loss_curves, one_outlier, pairing
from ui.page import open_page

TABS = {"loss_curves": loss_curves, "one_outlier": one_outlier, "pairing": pairing, "descent": descent}

page = open_page("losses")
page.part("tab", TABS[page.tabs()].show)
page.close()
