"""Descent: five update rules race down a loss surface from the reader's own start."""

import functools

import streamlit as st

from dlcore.functions.landscapes import EDGE, LANDSCAPES
from dlcore.functions.update_rules import RULES
from dlcore.specs import DescentSpec
from ui.components import stage
from ui.page import Page

STEPS = {"bowl": 100, "ravine": 200, "saddle": 150, "rosenbrock": 1000, "himmelblau": 100}
MOVES = {  # the next update with its numbers; {n} is the racer's name in the frame
    "sgd": "(x, y) − η g = {here} − {{{n}_eta}} · {g} = {there}",
    "momentum": "v ← {mu} v + g = {m}, g = {g};  (x, y) − η v = {here} − {{{n}_eta}} · {m} = {there}",
    "nesterov": "v ← {mu} v + g = {m}, g = {g};  (x, y) − η (g + {mu} v) = {here} − {{{n}_eta}} · {d} = {there}",
    "rmsprop": "s ← 0.99 s + 0.01 g² = {m}, g = {g};  (x, y) − η g/√s = {here} − {{{n}_eta}} · {d} = {there}",
    "adam": "g = {g}, m̂ = {m}, ŝ = {s};  (x, y) − η m̂/√ŝ = {here} − {{{n}_eta}} · {d} = {there}",
}


def show(page: Page) -> None:
    page.text("descent")
    page.quiz("descent_ravine")
    spec = page.spec(DescentSpec, "descent", "d.")
    choose_landscape(page, spec)
    landscape = LANDSCAPES[spec.landscape]
    st.markdown(f"${landscape.formula}$ · {landscape.source}")
    show_settings(page, spec)
    st.caption(rates(page, spec))
    place = functools.partial(_place, page)
    run = page.play(spec, panels(page, spec), "descent", scope="descent", on_click=place)
    page.edits(spec, "descent")
    page.take_home(spec, run, "descent")
    page.note("descent_notice", "what_to_notice")
    page.note("descent_wrong", "where_it_goes_wrong")
    page.quiz("descent_saddle")
    page.quiz("descent_rate")


def choose_landscape(page: Page, spec: DescentSpec) -> None:
    """The surfaces in a row; another one begins at its own start."""
    begin = functools.partial(_begin, page)
    page.choose("landscape", list(LANDSCAPES), spec.landscape, "descent", begin)


def _begin(page: Page, name: str) -> None:
    x, y = LANDSCAPES[name].start
    page.set_fields(DescentSpec, "descent", landscape=name, start_x=x, start_y=y, n_steps=STEPS[name], edits=())


def _place(page: Page, x: float, y: float, _: int) -> None:
    page.set_fields(DescentSpec, "descent", start_x=round(x, 2), start_y=round(y, 2))


def show_settings(page: Page, spec: DescentSpec) -> None:
    page.field_columns(spec, "descent", ("start_x", "start_y", "rate_factor", "n_steps"))
    left, right = st.columns([3, 1], gap="medium")
    with left:
        page.fields(spec, "descent", ("racers",))
    if {"momentum", "nesterov"} & set(spec.racers):
        with right:
            page.fields(spec, "descent", ("momentum",))


def rates(page: Page, spec: DescentSpec) -> str:
    """Every racer's learning rate."""
    own = LANDSCAPES[spec.landscape].rates
    words = [f"{racer_word(page, rule)} {own[rule] * spec.rate_factor:g}" for rule in entered(spec)]
    return f"{page.labels['descent_rates']}: {' · '.join(words)} — {page.labels['descent_click']}"


def entered(spec: DescentSpec) -> list[str]:
    return [rule for rule in RULES if rule in spec.racers]


def racer_word(page: Page, rule: str) -> str:
    return page.labels.choice("racers", rule)


def panels(page: Page, spec: DescentSpec) -> list[dict]:
    racers = list(enumerate(entered(spec)))
    return [
        map_panel(page, racers),
        stage.lines(
            page.labels["descent_loss"],
            [stage.series(f"{rule}_loss", racer_word(page, rule)) for _, rule in racers],
            alt=page.labels["descent_loss"],
            log=True,
            width=0.55,
        ),
        *(sentence_panel(page, spec, rule) for _, rule in racers),
    ]


def map_panel(page: Page, racers: list[tuple[int, str]]) -> dict:
    label = page.labels
    layers = [
        stage.contours("surface", reading=label["descent_reading"]),
        stage.highlight("minima", label=label["descent_minimum"]),
        *(stage.path(f"{rule}_x", f"{rule}_y", racer_word(page, rule), number) for number, rule in racers),
        stage.points("start", "start_label", label=label["descent_start"], marker="square"),
    ]
    return stage.plot(
        label["descent_map"],
        layers,
        alt=label["descent_alt"],
        extent=(-EDGE, EDGE, -EDGE, EDGE),
        help=label["descent_map_help"],
        width=0.45,
        clickable=1,
    )


def sentence_panel(page: Page, spec: DescentSpec, rule: str) -> dict:
    """The rule's next update with its numbers, or when it diverged."""
    pair = {name: f"({{{rule}_{name}x}}, {{{rule}_{name}y}})" for name in ("", "g", "d", "m", "s", "new_")}
    words = {"here": pair[""], "there": pair["new_"], "mu": f"{spec.momentum:g}", "n": rule}
    moving = MOVES[rule].format(**words, **{name: pair[name] for name in ("g", "d", "m", "s")})
    lost = page.labels.format("descent_lost", step=f"{{{rule}_lost}}")
    title = page.labels.format("descent_next", name=racer_word(page, rule))
    return stage.sentence({"0": moving, "1": lost}, case=f"{rule}_out", title=title, width=0.5)
