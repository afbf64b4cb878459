"""RNN, LSTM, GRU: the cell opened, what it remembers, how its gradients fade, and what it is good for."""

from pages.rnn import bptt, cell, characters, forecast, memory, settings, sound, tags
from ui.page import open_page

TABS = {
    "cell": cell,
    "memory": memory,
    "bptt": bptt,
    "settings": settings,
    "forecast": forecast,
    "characters": characters,
    "tags": tags,
    "sound": sound,
}

page = open_page("rnn")
page.part("tab", TABS[page.tabs()].show)
page.close()
