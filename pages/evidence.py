"""Evidence: every claim of the course and every published result it repeats, with the verdict."""

from pages.evidence import claims, published
from ui.page import open_page

TABS = {"claims": claims, "published": published}

page = open_page("evidence")
page.part("tab", TABS[page.tabs()].show)
page.close()
