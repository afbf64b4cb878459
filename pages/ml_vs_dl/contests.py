"""What the tabs with a contest share: its settings, its pictures while it runs, its outcome as rows."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from dlcore.run import Run
from dlcore.specs import ContestSpec
from ui.components import stage
from ui.page import Page

NETS = ("mlp", "cnn", "gru")
SEQUENCES = ("cnn", "gru")  # what uses the order of its input
MORE = ("net_updates", "n_seeds", "seed")
Row = dict[str, Any]


def contest_spec(page: Page, scope: str, prefix: str, **usual: Any) -> ContestSpec:
    """The contest that the reader has set, to its end; a new visitor finds the `usual` one."""
    is_new = f"{page.slug}.{scope}:texts" not in st.session_state
    if is_new and not any(prefix + name in st.query_params for name in ContestSpec.model_fields):
        page.set_fields(ContestSpec, scope, **usual)
    spec: ContestSpec = page.spec(ContestSpec, scope, prefix)
    return spec.replace(n_steps=spec.n_pieces)


def show_cost(page: Page, spec: ContestSpec) -> None:
    """How much work the contest is, and what a single seed cannot say."""
    st.caption(page.labels.format("contest_work", n_cells=len(spec.cells), n_pieces=f"{spec.n_pieces:,}"))
    if spec.n_seeds == 1:
        st.caption(page.labels["contest_one_seed"])


def panels(page: Page, spec: ContestSpec, places: Sequence[str]) -> list[dict]:
    """The table of scores as it fills, and which fit is under way."""
    label = page.labels
    names = [label.choice("contestants", name) for name in spec.contestants]
    busy = {str(at): label.format("contest_busy", name=name) for at, name in enumerate(names)}
    return [
        stage.matrix(
            label["contest_scores"],
            "mean",
            label["contest_cell"],
            alt=label["contest_scores_alt"],
            rows=names,
            columns=places,
            scale=0.01,
            limit=1.0,
            numbers=True,
            help=label["contest_scores_help"],
            width=0.66,
        ),
        stage.sentence({**busy, "-1": label["contest_over"]}, "contestant", label["contest_progress"], width=0.34),
    ]


def outcome(page: Page, spec: ContestSpec, run: Run) -> list[Row]:
    """The fits that are finished, in %: contestant and its word, task, view, n_train, mean, low, high."""
    last = run.history()[-1] if run.history() else {}
    rows = []
    for cell in spec.cells:
        name = f"score_{cell.name}"
        if name not in last:
            continue
        three = {part: 100 * last[f"{name}{end}"] for part, end in (("mean", ""), ("low", "_low"), ("high", "_high"))}
        word = page.labels.choice("contestants", cell.contestant)
        rows.append({**cell._asdict(), **three, "name": cell.contestant, "contestant": word})
    return rows


def best(rows: Sequence[Row]) -> list[Row]:
    """The best first."""
    return sorted(rows, key=lambda row: -row["mean"])


def words(page: Page, **more: str) -> dict[str, str]:
    """Words for the charts' axes and tooltips."""
    numbers = {name: page.labels[f"contest_{name}"] for name in ("mean", "low", "high")}
    return {"score": page.labels["contest_score"], **numbers, **more}


def percent(value: float) -> str:
    """A share in % with a true minus sign."""
    return f"{value:.1f}".replace("-", "−")
