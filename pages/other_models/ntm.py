"""Neural Turing Machine: a head to move by hand, the copy task against an LSTM, and a look into the memory."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dlcore.charts.copying import length_chart
from dlcore.data.copying import LONGEST, N_BITS
from dlcore.run import Run
from dlcore.specs import CopyTaskSpec
from pages.other_models import ntm_explorer
from ui.answers import answer_of
from ui.components import stage
from ui.components.addressing_head import addressing_head
from ui.page import Page

SCOPE, PREFIX = "ntm", "n."
PRESETS: dict[str, dict[str, Any]] = {
    "default": {},
    "random": {"memory_init": "random"},
    "short": {"max_length": 3},
    "narrow": {"n_slots": 12},
    "fast": {"learning_rate": 0.02},
}
GROUPS = (
    ("machines", "max_length", "batch_size"),
    ("memory_init", "read_start", "n_slots", "slot_width"),
    ("n_controller_units", "n_lstm_units", "clip_norm"),
    ("learning_rate", "n_steps", "seed", "data_seed", "n_seeds"),
)


def show(page: Page) -> None:
    page.text("ntm")
    page.text("ntm_head")
    show_head(page)
    page.note("ntm_head_notice", "what_to_notice")
    st.header(page.labels["ntm_training"])
    page.text("ntm_training")
    page.quiz("ntm_longer")
    spec: CopyTaskSpec = page.spec(CopyTaskSpec, SCOPE, PREFIX)
    show_presets(page)
    show_settings(page, spec)
    run = page.play(spec, panels(page, spec), SCOPE, scope=SCOPE, rerun_at_end=True)
    page.edits(spec, SCOPE)
    page.take_home(spec, run, SCOPE)
    lengths, explorer = st.container(), st.container()
    page.note("ntm_notice", "what_to_notice")
    page.note("ntm_wrong", "where_it_goes_wrong")
    page.quiz("ntm_content")
    with lengths:  # last: the rest of the page need not wait for a worker's answer
        show_lengths(page, spec, run)
    with explorer:
        ntm_explorer.show(page, spec, run)


def show_head(page: Page) -> None:
    """The head that moves in the browser."""
    addressing_head(f"{page.slug}.head", page.asked("head"), page.labels)


def show_presets(page: Page) -> None:
    """Settings worth seeing, at one click."""
    with st.container(horizontal=True):
        for name, values in PRESETS.items():
            fields = {field.name: field.default for field in CopyTaskSpec.describe()} | values
            st.button(
                page.labels[f"ntm_preset_{name}"],
                key=f"{page.slug}.{SCOPE}.preset.{name}",
                on_click=page.set_fields,
                args=(CopyTaskSpec, SCOPE),
                kwargs={"edits": (), **fields},
            )


def show_settings(page: Page, spec: CopyTaskSpec) -> None:
    with st.expander(page.labels["ntm_settings"], icon=":material/tune:"):
        page.field_columns(spec, SCOPE, GROUPS)


# --- the training


def panels(page: Page, spec: CopyTaskSpec) -> list[dict]:
    """Loss and errors of both machines; one sequence with what they say; where the heads of the first seed are."""
    label, longer = page.labels, 2 * spec.max_length
    return [
        stage.lines(
            label["ntm_loss"],
            curves(page, spec, "loss"),
            alt=label["ntm_loss"],
            rules=[stage.rule("floor", label["ntm_floor"])],
            log=True,
            width=0.34,
        ),
        error_panel(page, spec, "error_trained", label.format("ntm_error_trained", n=spec.max_length)),
        error_panel(page, spec, "error_longer", label.format("ntm_error_longer", n=longer)),
        bits_panel(page, label.format("ntm_wanted", n=longer), "wanted"),
        *(bits_panel(page, label[f"ntm_said_{name}"], f"said_{name}") for name in spec.machines),
        *(weights_panel(page, name) for name in ("written", "read") if "ntm" in spec.machines),
    ]


def curves(page: Page, spec: CopyTaskSpec, name: str) -> list[dict]:
    """A curve for each machine, with its band if there are several seeds."""
    return [
        stage.banded(f"{name}_{machine}", page.labels[f"machines_{machine}"], spec.n_seeds > 1)
        for machine in spec.machines
    ]


def error_panel(page: Page, spec: CopyTaskSpec, name: str, title: str) -> dict:
    return stage.lines(title, curves(page, spec, name), alt=title, domain=(-0.01, 0.62), width=0.33)


def bits_panel(page: Page, title: str, array: str) -> dict:
    """Bits, a column a word: blue 0, orange 1, pale undecided."""
    rows = [page.labels.format("ntm_bit_n", n=bit + 1) for bit in range(N_BITS)]
    return stage.matrix(
        title,
        array,
        page.labels["ntm_bit_reading"],
        alt=title,
        rows=rows,
        axes=(page.labels["ntm_word"], ""),
        signed=True,
        middle=127.5,
        scale=255,
        limit=127.5,
        help=page.labels["ntm_bits_help"] if array == "wanted" else "",
        width=0.33,
    )


def weights_panel(page: Page, name: str) -> dict:
    """Weights of a head, slots downwards and time across."""
    title = page.labels[f"ntm_{name}"]
    axes = (page.labels["ntm_time"], page.labels["ntm_slot"])
    return stage.matrix(
        title,
        name,
        page.labels["ntm_weight_reading"],
        alt=title,
        axes=axes,
        scale=255,
        limit=255,
        help=page.labels["ntm_weights_help"],
        width=0.5,
    )


# --- error against the length


def show_lengths(page: Page, spec: CopyTaskSpec, run: Run) -> None:
    st.subheader(page.labels["ntm_lengths"])
    page.text("ntm_lengths")
    answer = answer_of(f"{page.slug}:ntm_lengths", run, {"lengths": LONGEST})
    if answer is None:
        st.caption(page.labels["ntm_no_answer"])
        return
    st.caption(page.labels.format("ntm_after", step=f"{answer['step']:,}", n_seeds=spec.n_seeds))
    errors = {page.labels[f"machines_{name}"]: answer[name] for name in spec.machines}
    words = {name: page.labels[f"ntm_chart_{name}"] for name in ("length", "error", "trained", "chance", "low", "high")}
    page.chart(length_chart(errors, spec.max_length, words), alt=page.labels["ntm_lengths_alt"])
