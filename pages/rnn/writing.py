"""Writing: the trained network goes on from a reader's words, at a temperature, a few characters at a time."""

from __future__ import annotations

import html
from concurrent.futures import TimeoutError as TooLate
from typing import Any

import numpy as np
import streamlit as st

from dlcore.data.texts import COPY_LENGTH, known_pieces, read_corpus, share_of_copies
from dlcore.functions.counts import pieces
from dlcore.run import Run
from dlcore.specs import CharactersSpec
from ui.page import Page

STARTS = {"english": "The sea ", "chinese": "明月", "names": "it "}
PIECE, N_PIECES = 30, 10  # characters that one question brings, and how many make a text
LONGEST_START = 80  # characters
TEMPERATURES = [tenths / 10 for tenths in range(21)]
MOST_LOTS = 10_000
PATIENCE = 60  # seconds that a page waits for a worker


def show(page: Page, spec: CharactersSpec, run: Run, scope: str) -> None:
    """A start, a temperature and a button: the text streams in, made by the weights as they are now."""
    st.subheader(page.labels["characters_write"])
    left, right = st.columns([1, 1], gap="medium")
    key = f"{page.slug}.{scope}"
    typed, start = page.keep_text(f"characters.start.{spec.corpus}", "start", STARTS[spec.corpus], LONGEST_START)
    start = left.text_input(page.labels["characters_start"], start, key=typed, max_chars=LONGEST_START)
    warm, temperature = page.keep("characters.temperature", "temperature", 0.8, TEMPERATURES)
    temperature = right.slider(
        *(page.labels["temperature"], 0.0, 2.0, temperature, 0.1), key=warm, help=page.labels["temperature_help"]
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        drawn, lot = page.keep("characters.lot", "lot", 0, range(MOST_LOTS))
        lot = st.number_input(page.labels["characters_lot"], 0, MOST_LOTS - 1, lot, key=drawn, width=140)
        pressed = st.button(
            page.labels["characters_write_button"], key=f"{key}.write", icon=":material/edit:", type="primary"
        )
    if pressed:
        with st.container(border=True):
            stream(page, spec, run, start, {"temperature": temperature, "seed": lot})


def stream(page: Page, spec: CharactersSpec, run: Run, start: str, how: dict[str, Any]) -> None:
    """Ask for a few characters at a time and show them as they come; then what of them was copied."""
    shown = st.empty()
    corpus = read_corpus(spec.corpus)
    text = corpus.decode(corpus.encode(start))
    begun = len(text)
    try:
        for _ in range(N_PIECES):
            text += run.ask({"write": PIECE, "text": text, **how}).result(timeout=PATIENCE)
            shown.html(f'<pre style="white-space: pre-wrap">{mark_copies(spec.corpus, text, begun)}</pre>')
    except (TooLate, OSError, RuntimeError):
        st.warning(page.labels["characters_no_answer"])
        return
    written, test = (share_of_copies(spec.corpus, part[None]) for part in (corpus.encode(text[begun:]), corpus.test))
    said = {"n": COPY_LENGTH[spec.corpus], "share": f"{written:.0%}", "test": f"{test:.0%}"}
    st.caption(page.labels.format("characters_marked", **said))


def mark_copies(name: str, text: str, begun: int) -> str:
    """The text as HTML; what stands word for word in the training text, in stretches long enough, is underlined."""
    corpus, n = read_corpus(name), COPY_LENGTH[name]
    known = known_pieces(name)
    copied = np.zeros(len(text), dtype=bool)
    for at, piece in enumerate(pieces(corpus.encode(text), n)):
        copied[at : at + n] |= piece in known
    marks = [
        f"<u>{html.escape(character)}</u>" if is_copied and at >= begun else html.escape(character)
        for at, (character, is_copied) in enumerate(zip(text, copied, strict=True))
    ]
    return "".join([f"<b>{''.join(marks[:begun])}</b>", *marks[begun:]]).replace("</u><u>", "")
