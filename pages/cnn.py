"""CNN: convolution and pooling opened up, the arithmetic of a stack of layers, training one, and why it is worth it."""

from pages.cnn import explorer, stack, train, why
from ui.page import open_page

TABS = {"explorer": explorer, "stack": stack, "train": train, "why": why}

page = open_page("cnn")
page.part("tab", TABS[page.tabs()].show)
page.close()
