"""CNN: convolution and pooling opened up, and the arithmetic of a stack of layers."""

from pages.cnn import explorer, stack, train
from ui.page import open_page

TABS = {"explorer": explorer, "stack": stack, "train": train}

page = open_page("cnn")
TABS[page.tabs()].show(page)
page.close()
