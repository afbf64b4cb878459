"""GAN: a lab of two networks on points of the plane."""

from pages.gan import lab
from ui.page import open_page

TABS = {"lab": lab}

page = open_page("gan")
TABS[page.tabs()].show(page)
page.close()
