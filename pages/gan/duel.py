"""The duel: two losses side by side on the same data with the same seeds, and a band over the seeds for each."""

from __future__ import annotations

import functools
from typing import get_args

import streamlit as st

from dlcore.run import Phase, Run
from dlcore.specs import GanLabSpec
from dlcore.specs.gan_lab import SUITED, GanLossName
from pages.gan import own_places, panels
from pages.gan.lab import OF_LOSS, choose_loss, use
from ui.page import Page

GROUP = "duel"
SIDES = {"A": ("duel_a", "a."), "B": ("duel_b", "b.")}  # name → scope and prefix in the address bar
SHARED = (
    "dataset",
    "points",
    "seed",
    "n_seeds",
    "generator_sizes",
    "latent_size",
    "batch_size",
    "turns",
    "slow_motion",
)
TRAINING = ("learning_rate", "rate_ratio", "critic_steps", "n_steps")
FIRST = {"A": "non_saturating", "B": "wgan_gp"}
MEASURES = {"modes": True, "high_quality": True, "divergence": False}  # measure → whether more is better


def show(page: Page) -> None:
    page.text("duel")
    page.quiz("duel_equal")
    begin(page)
    first = page.spec(GanLabSpec, *SIDES["A"])
    page.fields(first, SIDES["A"][0], ("dataset", "seed"))
    if first.dataset == "own":
        own_places.show(page, first, SIDES["A"][0])
    shared = {name: getattr(first, name) for name in SHARED}
    second = page.spec(GanLabSpec, *SIDES["B"], shared)
    bands = []
    for column, name, spec in zip(st.columns(2, gap="medium"), SIDES, (first, second), strict=True):
        with column:
            bands.append(show_side(page, name, spec, shared if name == "B" else {}))
    show_verdict(page, *bands)
    page.note("duel_notice", "what_to_notice")
    page.note("duel_wrong", "where_it_goes_wrong")


def begin(page: Page) -> None:
    """At the first visit two losses with what suits each, unless a link says what was on the screen."""
    key = f"{page.slug}:duel"
    is_linked = "duel" in st.query_params or any(name.startswith(("a.", "b.")) for name in st.query_params)
    if key not in st.session_state and not is_linked:
        for name, loss in FIRST.items():
            use(page, SIDES[name][0], {"gan_loss": loss, **SUITED[loss]}, SUITED)
    st.session_state[key] = True
    page.query["duel"] = "on"


def show_side(page: Page, name: str, spec: GanLabSpec, fixed: dict) -> Run:
    """One side: its loss and training, its pictures, its band."""
    scope = SIDES[name][0]
    st.subheader(name)
    choose = functools.partial(choose_loss, page, spec, scope)
    page.choose("gan_loss", get_args(GanLossName), spec.gan_loss, scope, choose)
    with st.expander(page.labels["more_settings"], icon=":material/tune:"):
        page.fields(spec, scope, (*OF_LOSS.get(spec.gan_loss, ()), *TRAINING, "activation"), fixed)
    place = own_places.placer(page, spec, scope) if name == "A" else None
    run = page.play(spec, side_panels(page, spec), scope, scope=scope, group=GROUP, on_click=place)
    page.edits(spec, scope)
    page.take_home(spec, run, scope)
    return panels.show_band(page, spec, scope, GROUP)


def side_panels(page: Page, spec: GanLabSpec) -> list[dict]:
    """The plane, and the curves that both losses have, in one column."""
    halves = [{**panel, "width": 0.5} for panel in panels.curves(page, spec)[1:4]]
    return [panels.plane(page, spec, width=1.0), *halves]


def show_verdict(page: Page, first: Run, second: Run) -> None:
    """Sentences, once both bands have ended."""
    runs = {"A": first, "B": second}
    if not all(run.ended for run in runs.values()):
        return
    lost = [name for name, run in runs.items() if run.status().phase is not Phase.FINISHED]
    if lost:
        st.info(page.labels.format("verdict_diverged", name=lost[0]), icon=":material/balance:")
        return
    said = [verdict(page, measure, first.history()[-1], second.history()[-1]) for measure in MEASURES]
    st.info("\n".join(f"- {sentence}" for sentence in said), icon=":material/balance:")


def verdict(page: Page, measure: str, a: dict[str, float], b: dict[str, float]) -> str:
    """Which side is better at the end by this measure; ranges that overlap decide nothing."""
    values = {"measure": page.labels[f"gan_measure_{measure}"], "n_seeds": panels.N_SEEDS}
    for side, row in (("a", a), ("b", b)):
        values |= {f"{side}{end}": f"{row[f'{measure}{end}']:.3g}" for end in ("", "_low", "_high")}
    low, high = f"{measure}_low", f"{measure}_high"
    if a[low] <= b[high] and b[low] <= a[high]:
        return page.labels.format("gan_verdict_none", **values)
    winner = "A" if (a[low] > b[high]) == MEASURES[measure] else "B"
    return page.labels.format("gan_verdict", winner=winner, **values)
