"""Universal approximation: a curve is chosen, typed or drawn, then followed by hand and by 1 to 64 hidden units."""

from __future__ import annotations

import functools

import numpy as np
import streamlit as st

from dlcore.errors import SpecError
from dlcore.functions.approximation import DEGREES, FULL, PRESETS, WIDTHS, make_places, target_values
from dlcore.functions.formulas import LONGEST
from dlcore.run import Phase, Run
from dlcore.specs import FunctionFitSpec
from dlcore.specs.function_fit import N_HEIGHTS, TALLEST
from ui.components import stage
from ui.components.bumps import bumps
from ui.components.sketch import sketch
from ui.page import Page

SCOPE, PREFIX = "universal", "u."
N_HAND = 129  # places of the curve that is followed by hand
ROOM = 0.35  # above and below the curve, as a share of its height
EXAMPLES = ("1", "64")  # widths whose error is always drawn


def show(page: Page) -> None:
    page.text("universal")
    page.quiz("universal_first")
    spec = page.spec(FunctionFitSpec, SCOPE, PREFIX)
    show_target(page, spec)
    page.text("universal_hand")
    show_by_hand(page, spec)
    page.text("universal_train")
    page.note("universal_pictures", "how_to_read_pictures")
    groups = (("activation", "shown_width"), ("steepness", "optimizer"), ("learning_rate", "n_steps", "seed"))
    page.field_columns(spec, SCOPE, groups)
    run = page.play(spec, panels(page, spec), SCOPE, scope=SCOPE, rerun_at_end=True, drawn=("shown_width",))
    page.edits(spec, SCOPE)
    page.take_home(spec, run, SCOPE)
    if run.status().phase is Phase.FINISHED:
        show_result(page, spec, run)
    page.quiz("universal_square")
    page.quiz("universal_found")
    page.note("universal_notice", "what_to_notice")
    page.note("universal_wrong", "where_it_goes_wrong")


def show_target(page: Page, spec: FunctionFitSpec) -> None:
    """A preset, a formula or a drawing, and where x ends."""
    choose = functools.partial(_choose_source, page)
    page.choose("fit_source", ("formula", "drawn"), spec.fit_source, SCOPE, choose)
    if spec.fit_source == "formula":
        show_formula(page, spec)
    else:
        take = functools.partial(_take_drawing, page)
        size = (N_HEIGHTS, TALLEST, FULL)
        sketch(f"{page.slug}.sketch", spec.fit_drawn, size, float(spec.fit_reach), page.labels, take)
    page.choose("fit_reach", ("1", "3"), spec.fit_reach, f"{SCOPE}.reach", functools.partial(_choose_reach, page, spec))


def show_formula(page: Page, spec: FunctionFitSpec) -> None:
    """Presets at one click and a line to type into; a mistake is named, and the last good curve stays."""
    with st.container(horizontal=True, vertical_alignment="center"):
        for name, (formula, reach) in PRESETS.items():
            use = functools.partial(page.set_fields, FunctionFitSpec, SCOPE)
            values = {"fit_formula": formula, "fit_reach": reach, "edits": ()}
            key = f"{page.slug}.preset.{name}"
            st.button(page.labels[f"fit_preset_{name}"], key=key, on_click=use, kwargs=values)
    key = f"{page.slug}.{SCOPE}.typed"
    problem = st.session_state.get(f"{key}:problem")
    if problem is None or problem[0] != spec.key:
        problem = st.session_state[f"{key}:problem"] = None
        st.session_state[key] = spec.fit_formula
    help, take = page.labels["fit_formula_help"], functools.partial(_take_formula, page, spec, key)
    st.text_input(page.labels["fit_formula"], key=key, max_chars=LONGEST, help=help, on_change=take)
    if problem is not None:
        st.error(problem[1], icon=":material/error:")


def show_by_hand(page: Page, spec: FunctionFitSpec) -> None:
    target = np.round(target_of(spec, N_HAND), 4).tolist()
    bumps(f"{page.slug}.bumps", page.asked("bumps"), target, float(spec.fit_reach), page.labels)


def target_of(spec: FunctionFitSpec, n_places: int) -> np.ndarray:
    """(N,) the curve's heights from one end to the other."""
    reach = float(spec.fit_reach)
    return target_values(spec.fit_source, spec.fit_formula, spec.fit_drawn, reach, make_places(reach, n_places))


def panels(page: Page, spec: FunctionFitSpec) -> list[dict]:
    label = page.labels
    return [
        curve_panel(page, spec),
        stage.profile(
            label["fit_ladder"],
            ladder_series(page, spec),
            label["fit_at_width"],
            alt=label["fit_ladder"],
            log=True,
            ticks=[str(width) for width in WIDTHS],
            width=0.5,
        ),
        stage.sentence({"": label["fit_now"]}, case="", title=label["fit_now_title"], width=0.5),
        stage.lines(
            label["fit_error"],
            [error_series(page, width) for width in sorted({*EXAMPLES, spec.shown_width}, key=int)],
            alt=label["fit_error"],
            log=True,
            width=0.5,
        ),
    ]


def curve_panel(page: Page, spec: FunctionFitSpec) -> dict:
    """The target, and the shown network with every unit's contribution."""
    label = page.labels
    words = {"label": label["fit_parts"], "fit": label["fit_fit"], "kinks": label["fit_kinks"]}
    parts = stage.contributions("parts", "level", spec.activation, reading=label["fit_reading"], **words)
    y = target_of(spec, N_HAND)
    low, high = float(y.min()), float(y.max())
    room = max(ROOM * (high - low), 0.5)
    reach = float(spec.fit_reach)
    title = label.format("fit_curve", n=spec.shown_width)
    layers = [parts, stage.curve("target", label["fit_target"], 0)]
    return stage.plot(title, layers, alt=title, extent=(-reach, reach, low - room, high + room), width=0.5)


def ladder_series(page: Page, spec: FunctionFitSpec) -> list[dict]:
    """Trained with its band, both constructions, and the floor of a polynomial."""
    trained = stage.banded("rmse", page.labels["fit_trained"], spec.n_seeds > 1)
    names = ["hats", "stairs", *(["floor"] if spec.activation in DEGREES else [])]
    return [trained, *(stage.series(name, page.labels[f"fit_{name}"]) for name in names)]


def error_series(page: Page, width: str) -> dict:
    name = f"error_{width}"
    return stage.banded(name, page.labels.choice("shown_width", width))


def show_result(page: Page, spec: FunctionFitSpec, run: Run) -> None:
    """How the errors end, and how often a wider network ended worse."""
    last = run.history()[-1]
    first, final = last[f"error_{WIDTHS[0]}"], last[f"error_{WIDTHS[-1]}"]
    values = {"first": f"{first:.3g}", "final": f"{final:.3g}", "rises": f"{last['rises']:.2g}"}
    said = page.labels.format("fit_result", n_seeds=spec.n_seeds, pairs=len(WIDTHS) - 1, **values)
    st.info(said, icon=":material/stairs:")


def _choose_source(page: Page, source: str) -> None:
    page.set_fields(FunctionFitSpec, SCOPE, fit_source=source, edits=())


def _choose_reach(page: Page, spec: FunctionFitSpec, reach: str) -> None:
    """Where the formula has no value, the old end stays and is explained."""
    _try(page, spec, f"{page.slug}.{SCOPE}.typed", fit_reach=reach)


def _take_formula(page: Page, spec: FunctionFitSpec, key: str) -> None:
    _try(page, spec, key, fit_formula=st.session_state[key].strip())


def _try(page: Page, spec: FunctionFitSpec, key: str, **values: str) -> None:
    """Set what is valid; of what is not, keep the sentence beside the spec that it did not change."""
    try:
        spec.replace(**values, edits=())
    except SpecError as error:
        st.session_state[f"{key}:problem"] = (spec.key, page.labels.sentence(error_of(error)))
    else:
        st.session_state[f"{key}:problem"] = None
        page.set_fields(FunctionFitSpec, SCOPE, **values, edits=())


def error_of(error: SpecError) -> SpecError:
    """The error without a proposal: what was typed stays, nothing takes its place."""
    return SpecError(error.code, **{name: value for name, value in error.values.items() if name != "instead"})


def _take_drawing(page: Page, heights: tuple[int, ...]) -> None:
    page.set_fields(FunctionFitSpec, SCOPE, fit_drawn=heights, edits=())
