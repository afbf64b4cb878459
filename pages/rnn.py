"""RNN, LSTM, GRU: the cell opened, what it remembers, how its gradients fade, and what it is good for."""

from pages.rnn import bptt, cell, memory, settings
from ui.page import open_page

TABS = {"cell": cell, "memory": memory, "bptt": bptt, "settings": settings}
from pages.rnn import cell, characters, forecast, sound, tags
from ui.page import open_page

TABS = {
    "cell": cell,
    "forecast": forecast,
    "characters": characters,
    "tags": tags,
    "sound": sound,
}

page = open_page("rnn")
TABS[page.tabs()].show(page)
page.close()
