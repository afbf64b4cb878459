"""Look inside: any test sequence through the trained machine, step by step, with memory, heads and the four stages."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import streamlit as st

from dlcore.data.copying import LONGEST, N_BITS
from dlcore.run import Run
from dlcore.specs import CopyTaskSpec
from pages.other_models.ntm_film import HEADS, HEARS, IS_TOLD, NUMBERS, SCALE, SPEAKS, make_film
from ui.answers import answer_of
from ui.components import stage
from ui.controls import make_say
from ui.page import Page
from ui.still import show_film

STAGES = ("content", "gated", "shifted", "weights")
HIGHEST = 9999  # number of a sequence
FIRST = {"length": 12, "number": 0, "place": 1}  # seeds are counted from 1
FILM_WORDS = ("stage_start", "stage_step", "stage_place", "stage_at", "stage_timeline", "stage_finished")


def show(page: Page, spec: CopyTaskSpec, run: Run) -> None:
    st.subheader(page.labels["ntm_inside"])
    page.text("ntm_inside")
    if "ntm" not in spec.machines:
        st.info(page.labels["ntm_no_machine"])
        return
    question, head = choose(page, spec)
    answer = answer_of(f"{page.slug}:ntm_inside", run, question)
    if answer is None:
        st.caption(page.labels["ntm_no_answer"])
        return
    st.caption(verdict(page, answer))
    words = {name: page.labels[f"ntm_film_{name}"] for name in FILM_WORDS}
    show_film(f"{page.slug}.ntm_film", panels(page, head), make_film(answer), page.labels, words)


def choose(page: Page, spec: CopyTaskSpec) -> tuple[dict[str, int], str]:
    """The question (length, number of the sequence, which seed's machine) and the head that is looked at."""
    limits = {"length": (1, LONGEST), "number": (0, HIGHEST), "place": (1, spec.n_seeds)}
    read = functools.partial(read_choice, limits)
    kept = page.recall("sequence", "sequence", FIRST, read, write_choice)
    chosen = {name: clip(kept[name], *limits[name]) for name in FIRST}
    columns = st.columns([1, 1, 1, 1.5], gap="medium", vertical_alignment="bottom")
    for column, name in zip(columns, FIRST, strict=False):
        with column:
            ask_for(page, name, chosen[name], *limits[name])
    with columns[3]:
        return {**chosen, "place": chosen["place"] - 1}, choose_head(page)


def ask_for(page: Page, name: str, value: int, low: int, high: int) -> None:
    """A widget that keeps its value in the session beside the others."""
    key = f"{page.slug}.sequence.{name}"
    make_say(key, value)
    widget = st.number_input if name == "number" else st.slider
    if low < high:
        widget(page.labels[f"ntm_{name}"], low, high, key=key, on_change=_chosen, args=(page, name, key))


def choose_head(page: Page) -> str:
    words = functools.partial(page.labels.choice, "ntm_head")
    key, _ = page.keep("ntm_head", "of", HEADS[0], HEADS)
    chosen: Any = st.segmented_control(page.labels["ntm_head"], HEADS, format_func=words, key=key, required=True)
    return chosen


def read_choice(limits: Mapping[str, tuple[int, int]], text: str) -> dict[str, int]:
    """`length,number,place` of an address bar, within their limits; the first choice where it says something else."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != len(FIRST) or not all(part.isdecimal() for part in parts):
        return dict(FIRST)
    return {name: clip(int(part[:6]), *limits[name]) for name, part in zip(FIRST, parts, strict=True)}


def write_choice(chosen: Mapping[str, int]) -> str:
    return ",".join(str(value) for value in chosen.values())


def _chosen(page: Page, name: str, key: str) -> None:
    kept = st.session_state.get(f"{page.slug}:sequence", FIRST)
    st.session_state[f"{page.slug}:sequence"] = {**kept, name: int(st.session_state[key] or 0)}


def clip(value: int, low: int, high: int) -> int:
    return max(low, min(high, value))


def verdict(page: Page, answer: dict[str, Any]) -> str:
    """How many bits each machine got wrong."""
    said = {name.removeprefix("said_"): bits for name, bits in answer.items() if name.startswith("said_")}
    parts = [
        page.labels.format(
            "ntm_verdict",
            machine=page.labels[f"machines_{name}"],
            wrong=int(((bits > 0.5) != answer["words"]).sum()),
            bits=answer["words"].size,
        )
        for name, bits in said.items()
    ]
    return " · ".join([page.labels.format("ntm_inside_after", step=f"{answer['step']:,}"), *parts])


# --- the film's panels


def panels(page: Page, head: str) -> list[dict]:
    label = page.labels
    heard = [*(label.format("ntm_bit_n", n=bit + 1) for bit in range(N_BITS)), label["ntm_end"]]
    memory = stage.matrix(
        label["ntm_memory"],
        "memory",
        label["ntm_memory_reading"],
        alt=label["ntm_memory"],
        axes=(label["ntm_column"], label["ntm_slot"]),
        signed=True,
        scale=SCALE,
        width=0.34,
    )
    return [
        phase_panel(page),
        bits_panel(page, "heard", heard),
        bits_panel(page, "wanted", heard[:N_BITS]),
        bits_panel(page, "said", heard[:N_BITS]),
        bits_panel(page, "wrong", heard[:N_BITS], signed=False),
        memory,
        *(stage_panel(page, head, name) for name in STAGES[:2]),
        numbers_panel(page),
        *(stage_panel(page, head, name) for name in STAGES[2:]),
        path_panel(page, "writer"),
        path_panel(page, "reader"),
    ]


def phase_panel(page: Page) -> dict:
    words = {HEARS: "ntm_hears", IS_TOLD: "ntm_is_told", SPEAKS: "ntm_speaks"}
    return stage.sentence(
        {str(phase): page.labels[name] for phase, name in words.items()}, "phase", page.labels["ntm_what_happens"]
    )


def bits_panel(page: Page, name: str, rows: list[str], signed: bool = True) -> dict:
    """Bits through time, blue 0, orange 1, pale nothing or undecided; or, not signed, how far each is off."""
    title = page.labels[f"ntm_film_{name}"]
    reading = page.labels["ntm_signed_reading" if signed else "ntm_off_reading"]
    axes = (page.labels["ntm_time"], "")
    shown = {"signed": signed, "scale": SCALE, "limit": SCALE, "cursor": "t"}
    return stage.matrix(title, name, reading, alt=title, rows=rows, axes=axes, **shown, width=0.5)


def path_panel(page: Page, head: str) -> dict:
    title = page.labels[f"ntm_path_{head}"]
    return stage.matrix(
        title,
        f"{head}_path",
        page.labels["ntm_weight_reading"],
        alt=title,
        axes=(page.labels["ntm_time"], page.labels["ntm_slot"]),
        scale=SCALE,
        limit=SCALE,
        cursor="t",
        width=0.5,
    )


def numbers_panel(page: Page) -> dict:
    """β, g, shares of the shift and γ of both heads at this step."""
    title = page.labels["ntm_numbers"]
    rows = [page.labels[f"ntm_number_{name}"] for name in NUMBERS]
    columns = [stage.column(f"{head}_numbers", page.labels[f"ntm_head_{head}"]) for head in HEADS]
    return stage.table(title, rows, columns, alt=title, width=0.34)


def stage_panel(page: Page, head: str, name: str) -> dict:
    """One stage of the chosen head as bars; the formula with the numbers of a slot below."""
    title = page.labels[f"ntm_stage_{name}"]
    used = {
        "content": ("cosine",),
        "gated": ("content", "previous"),
        "shifted": ("ahead", "gated", "behind"),
        "weights": ("shifted",),
    }[name]
    reading = page.labels[f"ntm_formula_{name}"]
    for number in NUMBERS:
        reading = reading.replace(f"{{{number}}}", f"{{{head}_{number}}}")
    return stage.bars(
        title,
        f"{head}_{name}",
        "{n}",
        alt=title,
        reading=reading,
        values={one: f"{head}_{one}" for one in used},
        domain=(0, 1.02),
        help=page.labels["ntm_stage_help"],
        width=0.33,
    )
