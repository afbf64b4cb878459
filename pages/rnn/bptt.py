"""BPTT: the gradient on its way back through time, beside its theory; clipping and truncation against the plain way."""

from __future__ import annotations

import streamlit as st

from dlcore.run import Phase, Run
from dlcore.specs import BpttSpec
from ui.components import stage
from ui.page import Page

SCOPE, PREFIX = "bptt", "b."
LANES = ("plain", "clipped", "truncated")
CASES: dict[str, dict] = {
    "bptt_explode": {},
    "bptt_vanish": {"radius": 0.5},
    "bptt_one": {"radius": 1.0},
    "bptt_lstm": {"cell": "lstm", "radius": 1.0},
}


def show(page: Page) -> None:
    page.text("bptt")
    page.quiz("bptt_clip")
    spec: BpttSpec = page.spec(BpttSpec, SCOPE, PREFIX)
    with st.container(horizontal=True):
        for name, values in CASES.items():
            st.button(
                page.labels[name],
                key=f"{page.slug}.{name}",
                on_click=page.set_fields,
                args=(BpttSpec, SCOPE),
                kwargs={"edits": (), "cell": "rnn", "radius": 2.0, "window": 10, "learning_rate": 0.3, **values},
            )
    groups = (("cell", "radius"), ("sequence_length", "n_units"), ("clip_norm", "window"), ("learning_rate", "n_steps"))
    page.field_columns(spec, SCOPE, groups)
    run = page.play(spec, panels(page, spec), SCOPE, scope=SCOPE, rerun_at_end=True)
    page.edits(spec, SCOPE)
    page.take_home(spec, run, SCOPE)
    if run.status().phase is Phase.FINISHED:
        show_verdict(page, spec, run)
    page.note("bptt_notice", "what_to_notice")
    page.note("bptt_wrong", "where_it_goes_wrong")
    page.quiz("bptt_window")


def panels(page: Page, spec: BpttSpec) -> list[dict]:
    label = page.labels
    theory = [stage.series("grad_h_plain", label["bptt_measured"])]
    if spec.cell in ("rnn", "irnn"):
        theory.append(stage.series("theory_product", label["bptt_product"]))
    theory.append(stage.series("theory_radius", label["bptt_radius"]))
    if spec.cell == "lstm":
        theory.append(stage.series("grad_c_plain", label["bptt_measured_c"]))
    return [
        profile(page, "bptt_theory", theory),
        profile(page, "bptt_lanes", [stage.series(f"grad_h_{lane}", label[f"lane_{lane}"]) for lane in LANES]),
        stage.sentence({"0": label["bptt_now"]}, case="case", title=label["bptt_now_title"]),
        band_panel(page, spec, "loss", log=False),
        band_panel(page, spec, "error", log=False),
        band_panel(page, spec, "grad_norm", log=True),
        stage.lines(
            label["bptt_radii"],
            [stage.series(f"radius_{lane}", label[f"lane_{lane}"]) for lane in LANES],
            alt=label["bptt_radii"],
            log=True,
            width=0.5,
        ),
    ]


def profile(page: Page, title: str, series: list[dict]) -> dict:
    """Something at every time step, on a logarithmic axis."""
    label = page.labels
    shown = label[title]
    return stage.profile(shown, series, label["bptt_t"], alt=shown, help=label[f"{title}_help"], log=True, width=0.5)


def band_panel(page: Page, spec: BpttSpec, name: str, log: bool) -> dict:
    """A measure of every lane against the steps, with its band over the seeds."""
    label = page.labels
    curves = [stage.banded(f"{name}_{lane}", label[f"lane_{lane}"], spec.n_seeds > 1) for lane in LANES]
    rules = {"error": ("floor", "memory_floor"), "grad_norm": ("limit", "bptt_limit")}
    drawn = [stage.rule(rules[name][0], label[rules[name][1]])] if name in rules else []
    title = label[f"bptt_{name}"]
    return stage.lines(title, curves, alt=title, rules=drawn, log=log, width=0.5)


def show_verdict(page: Page, spec: BpttSpec, run: Run) -> None:
    """The last error of each lane, and whether clipping did anything."""
    history = run.history()
    last = history[-1]
    lines = []
    for lane in LANES:
        low, high = (last.get(f"error_{lane}_{end}", last[f"error_{lane}"]) for end in ("low", "high"))
        lines.append(f"- **{page.labels[f'lane_{lane}']}**: {low:.0%} – {high:.0%}")
    st.markdown(f"{page.labels.format('bptt_verdict', n_seeds=spec.n_seeds)}\n" + "\n".join(lines))
    longest = "grad_norm_clipped_high" if spec.n_seeds > 1 else "grad_norm_clipped"
    most = max(row[longest] for row in history[1:])
    said = "bptt_clipped_some" if most > spec.clip_norm else "bptt_clipped_none"
    st.caption(page.labels.format(said, most=f"{most:.3g}", limit=f"{spec.clip_norm:g}"))
