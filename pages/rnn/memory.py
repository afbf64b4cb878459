"""The memory lab: four cells on tasks that ask for something long past, against the floor; and error against lag."""

from __future__ import annotations

import functools
from typing import Any

import streamlit as st

from dlcore.run import Phase, Run
from dlcore.specs import LagLadderSpec, MemoryLabSpec
from ui.components import stage
from ui.page import Page

SCOPE, PREFIX = "memory", "m."
LAG_SCOPE, LAG_PREFIX = "lags", "l."
SOLVED = 0.01  # mean squared error, or share of wrong answers
TASKS = ("adding", "recall", "order", "reber")
SUITED: dict[str, dict[str, Any]] = {
    "adding": {"sequence_length": 30, "n_units": 32, "n_steps": 800},
    "recall": {"sequence_length": 40, "n_units": 32, "n_steps": 600},
    "order": {"sequence_length": 40, "n_units": 32, "n_steps": 600},
    "reber": {"n_units": 16, "n_steps": 800},
}
PRESETS: dict[str, dict[str, Any]] = {
    "memory_t50": {"memory_task": "adding", "sequence_length": 50, "n_units": 64, "batch_size": 50, "n_steps": 1000},
    "memory_t100": {"memory_task": "adding", "sequence_length": 100, "n_units": 64, "batch_size": 50, "n_steps": 1500},
    "memory_bias": {"memory_task": "recall", "sequence_length": 40, "n_units": 32, "n_steps": 600, "forget_bias": 4.0},
}
INPUTS = {"adding": 2, "recall": 7, "order": 8, "reber": 7}


def show(page: Page) -> None:
    page.text("memory")
    page.quiz("memory_adding")
    spec: MemoryLabSpec = page.spec(MemoryLabSpec, SCOPE, PREFIX)
    page.choose("memory_task", TASKS, spec.memory_task, SCOPE, functools.partial(_begin, page))
    page.text(f"memory_{spec.memory_task}")
    show_presets(page)
    show_settings(page, spec)
    run = page.play(spec, panels(page, spec), SCOPE, scope=SCOPE, rerun_at_end=True)
    page.edits(spec, SCOPE)
    page.take_home(spec, run, SCOPE)
    if run.status().phase is Phase.FINISHED:
        show_verdict(page, spec, run)
    page.note("memory_notice", "what_to_notice")
    page.note("memory_wrong", "where_it_goes_wrong")
    page.quiz("memory_lstm")
    show_lags(page)


def _begin(page: Page, task: str) -> None:
    """Another task begins with the sizes that suit it."""
    page.set_fields(MemoryLabSpec, SCOPE, memory_task=task, edits=(), batch_size=32, **SUITED[task])


def show_presets(page: Page) -> None:
    """Buttons for what takes longer or makes a point."""
    with st.container(horizontal=True):
        for name, values in PRESETS.items():
            st.button(
                page.labels[name],
                key=f"{page.slug}.{name}",
                on_click=page.set_fields,
                args=(MemoryLabSpec, SCOPE),
                kwargs={"edits": (), "forget_bias": 1.0, **values},
            )


def show_settings(page: Page, spec: MemoryLabSpec) -> None:
    length = () if spec.memory_task == "reber" else ("sequence_length",)
    page.fields(spec, SCOPE, ("cells",))
    groups = (
        (*length, "n_units", "forget_bias"),
        ("learning_rate", "clip_norm", "batch_size"),
        ("n_steps", "seed", "n_seeds"),
    )
    page.field_columns(spec, SCOPE, groups)


def panels(page: Page, spec: MemoryLabSpec) -> list[dict]:
    """Error against the steps with the floor; one sequence; what the cells answer; the gradient before clipping."""
    label = page.labels
    measure = "memory_mse" if spec.memory_task == "adding" else "memory_wrong_share"
    shown = [
        stage.lines(
            label[measure],
            [lane(page, spec, f"error_{cell}", cell) for cell in spec.cells],
            alt=label[measure],
            rules=[stage.rule("floor", label["memory_floor"])],
            log=spec.memory_task == "adding",
            domain=(0, 1),
            width=0.5,
        ),
        stage.lines(
            label["memory_grad_norm"],
            [stage.series(f"grad_norm_{cell}", label.choice("cell", cell)) for cell in spec.cells],
            alt=label["memory_grad_norm"],
            log=True,
            width=0.5,
        ),
        example_panel(page, spec),
    ]
    return [*shown, answers_panel(page, spec)] if spec.memory_task == "adding" else shown


def lane(page: Page, spec: Any, name: str, cell: str) -> dict:
    """The curve of a cell, with its band if there are several seeds."""
    return stage.banded(name, page.labels.choice("cell", cell), spec.n_seeds > 1)


def example_panel(page: Page, spec: MemoryLabSpec) -> dict:
    """The inputs of one sequence, a row an input."""
    rows = [page.labels[f"input_{spec.memory_task}_{number}"] for number in range(INPUTS[spec.memory_task])]
    title = page.labels["memory_example"]
    reading = page.labels["memory_reading"]
    return stage.matrix(title, "example", reading, alt=title, rows=rows, scale=255, limit=255, width=0.5)


def answers_panel(page: Page, spec: MemoryLabSpec) -> dict:
    """The wanted sums of five sequences and what each cell says."""
    rows = [page.labels["memory_wanted"], *(page.labels.choice("cell", cell) for cell in spec.cells)]
    columns = [stage.column(f"answer_{n}", page.labels.format("memory_sequence_n", n=n + 1)) for n in range(5)]
    title = page.labels["memory_answers"]
    return stage.table(title, rows, columns, alt=title, width=0.5)


def show_verdict(page: Page, spec: MemoryLabSpec, run: Run) -> None:
    """One line a cell, by a rule: what the worst and the best seed reached."""
    last = run.history()[-1]
    st.subheader(page.labels["memory_verdict"])
    lines = []
    for cell in spec.cells:
        low, high = (last.get(f"error_{cell}_{end}", last[f"error_{cell}"]) for end in ("low", "high"))
        said = page.labels[f"memory_{judge(low, high, last['floor'])}"]
        lines.append(f"- **{page.labels.choice('cell', cell)}**: {said} ({low:.3g} – {high:.3g})")
    st.markdown("\n".join(lines))
    st.caption(page.labels.format("memory_rule", n_seeds=spec.n_seeds, floor=f"{last['floor']:.3g}"))


def judge(low: float, high: float, floor: float) -> str:
    """solved: every seed below `SOLVED`; some: at least one; floor: no seed 10 % below the floor; else begun."""
    if high < SOLVED:
        return "solved"
    if low < SOLVED:
        return "some"
    return "at_floor" if low > 0.9 * floor else "begun"


# --- error against the lag


def show_lags(page: Page) -> None:
    st.header(page.labels["memory_lags"])
    page.text("memory_lags")
    spec: LagLadderSpec = page.spec(LagLadderSpec, LAG_SCOPE, LAG_PREFIX)
    page.fields(spec, LAG_SCOPE, ("cells",))
    groups = (
        ("memory_task", "forget_bias"),
        ("shortest", "n_lengths"),
        ("n_units", "learning_rate"),
        ("n_steps", "seed"),
    )
    page.field_columns(spec, LAG_SCOPE, groups)
    run = page.play(spec, lag_panels(page, spec), LAG_SCOPE, scope=LAG_SCOPE)
    page.edits(spec, LAG_SCOPE)
    page.take_home(spec, run, LAG_SCOPE)
    page.note("lags_notice", "what_to_notice")


def lag_panels(page: Page, spec: LagLadderSpec) -> list[dict]:
    label = page.labels
    curves = [stage.banded(f"error_by_length_{cell}", label.choice("cell", cell)) for cell in spec.cells]
    return [
        stage.profile(
            label["memory_by_length"],
            [*curves, stage.series("floor_by_length", label["memory_floor"])],
            label["length_n"],
            alt=label["memory_by_length"],
            help=label["memory_by_length_help"],
            log=spec.memory_task == "adding",
            domain=None if spec.memory_task == "adding" else (-0.03, 1.03),
            ticks=[str(spec.shortest * 2**rung) for rung in range(spec.n_lengths)],
            width=0.5,
        ),
        stage.lines(
            label["memory_longest"],
            [stage.series(f"longest_{cell}", label.choice("cell", cell)) for cell in spec.cells],
            alt=label["memory_longest"],
            rules=[stage.rule("floor", label["memory_floor"])],
            log=spec.memory_task == "adding",
            domain=(0, 1),
            width=0.5,
        ),
    ]
