"""What one unit of a character model reacts to: its state after each character, coloured over a text."""

from __future__ import annotations

import html
from concurrent.futures import TimeoutError as TooLate
from typing import Any

import numpy as np
import streamlit as st

from dlcore.functions.text_units import correlate
from dlcore.run import Run
from dlcore.specs import CharactersSpec
from ui.page import Page

LONGEST_READ = 600  # characters
PATIENCE = 60  # seconds that a page waits for a worker
READ = {
    "english": '"Landlord," said I, "what sort of a chap is he--does he always keep such late hours?"\n'
    "It was a cold night, and the wind blew hard\nfrom the sea.",
    "chinese": "床前明月光，疑是地上霜。\n举头望明月，低头思故乡。\n\n明月出天山，苍茫云海间。\n",
    "names": "en Sarah Miller\nde Jürgen Schmidt\nfr Marie Dubois\nit Paolo Rossi\nfi Aino Virtanen\n",
}


def show(page: Page, spec: CharactersSpec, run: Run, scope: str) -> None:
    """A text, coloured by one unit's state after each character; the reader chooses the unit."""
    label, key = page.labels, f"{page.slug}.{scope}"
    st.subheader(label["characters_unit_title"])
    page.text("characters_unit")
    widget, typed = page.keep_text(f"characters.read.{spec.corpus}", "read", READ[spec.corpus], LONGEST_READ)
    typed = st.text_area(label["characters_read"], typed, key=widget, max_chars=LONGEST_READ)
    if st.button(label["characters_read_button"], key=f"{key}.look", icon=":material/visibility:"):
        try:
            answer = run.ask({"read": typed}).result(timeout=PATIENCE)
        except (TooLate, OSError, RuntimeError):
            st.warning(label["characters_no_answer"])
            return
        st.session_state[f"{key}:read"] = (spec.key, run.status().step, answer)
    known = st.session_state.get(f"{key}:read")
    if known is None or known[0] != spec.key or not known[2]["text"]:
        st.caption(label["characters_read_first"])
        return
    show_states(page, known[2], known[1], key)


@st.fragment
def show_states(page: Page, answer: dict[str, Any], step: int, key: str) -> None:
    label, states, text = page.labels, answer["states"], answer["text"]
    found = correlate(text, states)
    widget, unit = page.keep("characters.unit", "unit", 0, range(states.shape[1]))
    unit = st.slider(label["characters_unit"], 0, states.shape[1] - 1, unit, key=widget)
    with st.container(horizontal=True, gap="small"):
        for name, (best, r) in found.items():
            st.button(
                label.format(
                    "characters_follows", what=label[f"characters_follows_{name}"], unit=best, r=f"{abs(r):.2f}"
                ),
                key=f"{key}.follows.{name}",
                on_click=_choose_unit,
                args=(widget, best),
            )
    st.html(colour_text(text, states[:, unit]))
    st.caption(label.format("characters_coloured", unit=unit, step=step))


def _choose_unit(key: str, unit: int) -> None:
    st.session_state[key] = unit


def colour_text(text: str, states: np.ndarray) -> str:
    """The text as HTML, blue behind a state of −127, orange behind 127; the state of each character on pointing."""
    spans = []
    for character, state in zip(text, states.tolist(), strict=True):
        colour = (0, 114, 178) if state < 0 else (230, 130, 0)
        background = f"rgba({colour[0]},{colour[1]},{colour[2]},{0.75 * abs(state) / 127:.2f})"
        shown = "↵<br>" if character == "\n" else html.escape(character)
        value = f"{state / 127:.2f}".replace("-", "−")
        spans.append(f'<span title="{value}" style="background:{background}">{shown}</span>')
    return f'<div style="line-height:1.9; white-space: pre-wrap; overflow-wrap: anywhere">{"".join(spans)}</div>'
