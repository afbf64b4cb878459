"""The Arena: two configurations side by side on the same data with the same seeds, and the verdict over 8 seeds."""

from __future__ import annotations

import functools

import streamlit as st

from dlcore.run import Phase, Run
from dlcore.specs import PlaygroundSpec
from dlcore.specs.playground import SHARED
from pages.concepts import panels
from ui.page import Page

OWN = ("hidden_sizes", "activation", "features", "learning_rate", "optimizer", "batch_size", "loss", "init", "l1", "l2")


def is_on(page: Page, first: PlaygroundSpec) -> bool:
    """The switch; on at first when the link says so, kept while the reader visits other tabs."""
    key, kept = f"{page.slug}.arena", f"{page.slug}:arena"
    if key not in st.session_state:
        st.session_state[key] = st.session_state.get(kept, "arena" in st.query_params)
    switched = functools.partial(_switched, page, first, key)
    on = st.toggle(page.labels["arena"], key=key, help=page.labels["arena_help"], on_change=switched)
    st.session_state[kept] = on
    if on:
        page.query["arena"] = "on"
    return on


def show(page: Page, first: PlaygroundSpec) -> None:
    """Both sides start, stop and scrub together; below, which is better."""
    page.text("arena")
    shared = {name: getattr(first, name) for name in SHARED}
    second = page.spec(PlaygroundSpec, "playground_b", "b.", shared)
    with st.expander(page.labels["second_configuration"], expanded=True, icon=":material/tune:"):
        page.field_columns(second, "playground_b", (OWN[:3], OWN[3:6], OWN[6:]), fixed=shared)
    columns = st.columns(2, gap="medium")
    sides = (("A", first, "playground"), ("B", second, "playground_b"))
    bands = []
    for column, (name, spec, scope) in zip(columns, sides, strict=True):
        with column:
            st.subheader(name)
            run = page.play(spec, panels.panels(page, spec), scope, scope=scope, group="playground")
            page.edits(spec, scope)
            page.take_home(spec, run, scope)
            bands.append(panels.show_band(page, spec, scope))
    show_verdict(page, *bands)


def show_verdict(page: Page, first: Run, second: Run) -> None:
    """A sentence, once both bands have ended."""
    if first.ended and second.ended and Phase.FINISHED in (first.status().phase, second.status().phase):
        st.info(verdict(page, first, second), icon=":material/balance:")


def verdict(page: Page, first: Run, second: Run) -> str:
    """Compare the last test loss over the seeds (accuracy if the losses differ); ranges that overlap decide nothing."""
    diverged = [name for name, run in (("A", first), ("B", second)) if run.status().phase is not Phase.FINISHED]
    if diverged:
        return page.labels.format("verdict_diverged", name=diverged[0])
    a, b = first.history()[-1], second.history()[-1]
    same_loss = first.spec.loss == second.spec.loss  # type: ignore[attr-defined]
    measure = "test_loss" if same_loss else "test_accuracy"
    if measure not in a:
        return page.labels["verdict_not_comparable"]
    values = {"name": "A", "other": "B", "measure": page.labels[measure], "n_seeds": panels.N_SEEDS}
    for prefix, row in (("", a), ("other_", b)):
        values |= {f"{prefix}median": f"{row[measure]:.3g}"}
        values |= {f"{prefix}{end}": f"{row[f'{measure}_{end}']:.3g}" for end in ("low", "high")}
    low, high = f"{measure}_low", f"{measure}_high"
    if a[low] <= b[high] and b[low] <= a[high]:
        return page.labels.format("verdict_no_difference", **values)
    a_is_better = (a[high] < b[low]) == (measure == "test_loss")
    return page.labels.format("verdict_a_better" if a_is_better else "verdict_b_better", **values)


def _switched(page: Page, first: PlaygroundSpec, key: str) -> None:
    """The second configuration begins as a copy of the first: change one thing."""
    if st.session_state[key]:
        page.set_fields(PlaygroundSpec, "playground_b", **{name: getattr(first, name) for name in OWN})
