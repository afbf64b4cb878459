"""GAN: two networks on points of the plane, images that they make, and what they are worth when labels are few."""

from pages.gan import duel, few_labels, images, lab
from ui.page import open_page

TABS = {"lab": lab, "duel": duel, "images": images, "few_labels": few_labels}

page = open_page("gan")
page.part("tab", TABS[page.tabs()].show)
page.close()
