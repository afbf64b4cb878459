"""A place in a latent map, chosen by a click or with two sliders, and the picture that the decoder makes of it."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable

import streamlit as st

from dlcore.run import Run
from ui.answers import answer_of
from ui.components import stage
from ui.controls import make_say
from ui.page import Page
from ui.still import show_still

EDGE, FINE = 3.5, 0.05  # how far the map reaches, and the sliders' step
MAP_SCALE = 100  # what 1 is written as, see dlcore/models/digit_pictures.py
START = (0.0, 0.0)


def map_panel(page: Page, title: str, array: str, clickable: bool, width: float) -> dict:
    """Test digits at their codes (N, 2)."""
    label = page.labels
    return stage.plot(
        label[title],
        [stage.points(array, "labels", marker="digit", scale=MAP_SCALE)],
        alt=label[f"{title}_alt"],
        extent=(-EDGE, EDGE, -EDGE, EDGE),
        help=label[f"{title}_help"],
        clickable=int(clickable),
        axes=(label["latent_axis_1"], label["latent_axis_2"]),
        width=width,
    )


def read_place(page: Page, scope: str, prefix: str) -> tuple[float, float]:
    """The place as clicked or slid to, else as the address bar says; the address bar says it from now on."""
    return page.recall(f"{scope}:at", f"{prefix}at", START, place_of, said_place)


def place_of(asked: str) -> tuple[float, float]:
    """Two numbers separated by a comma, moved to the nearest place of the sliders; anything else is the middle."""
    try:
        numbers = [float(part) for part in asked.split(",")]
    except ValueError:
        return START
    if len(numbers) != 2 or not all(math.isfinite(number) for number in numbers):
        return START
    return to_grid(numbers[0]), to_grid(numbers[1])


def said_place(place: tuple[float, float]) -> str:
    return ",".join(f"{number:g}" for number in place)


def to_grid(number: float) -> float:
    """The nearest value of a slider."""
    return round(max(-EDGE, min(EDGE, round(number / FINE) * FINE)), 2) + 0.0  # no −0


def picker(page: Page, scope: str) -> Callable[[float, float, int], None]:
    """What a click into the map does."""
    return functools.partial(_pick, _key(page, scope))


def show_decoded(page: Page, run: Run, scope: str, place: tuple[float, float]) -> None:
    """Sliders for the place, and what the decoder, as it is now, makes of it."""
    label = page.labels
    st.subheader(label["latent_title"])
    st.caption(label["latent_help"])
    sliders, picture = st.columns([1, 1.6], gap="large")
    with sliders:
        for axis in range(2):
            _show_slider(page, scope, place, axis)
    with picture:
        answer = answer_of(f"{page.slug}:{scope}:decoded", run, {"decode": list(place)})
        if answer is None:
            st.caption(label["latent_waiting"])
            return
        names = (label["latent_decoded"], label["latent_nearest"])
        panel = stage.tiles(
            label.format("latent_at", x=_said(place[0]), y=_said(place[1]), step=f"{run.status().step:,}"),
            "pictures",
            alt=label["latent_decoded_alt"],
            columns=2,
            names=names,
        )
        show_still(f"{page.slug}.{scope}.decoded", [panel], {"pictures": answer["pictures"]}, label)
        said = {"digit": int(answer["label"]), "share": f"{answer['confidence']:.0%}"}
        st.caption(label.format("latent_judge", **said))


def _show_slider(page: Page, scope: str, place: tuple[float, float], axis: int) -> None:
    key = f"{page.slug}.{scope}.at.{axis}"
    make_say(key, place[axis])
    st.slider(
        page.labels[f"latent_axis_{axis + 1}"],
        *(-EDGE, EDGE, place[axis], FINE),
        key=key,
        on_change=_slid,
        args=(_key(page, scope), key, axis),
    )


def _said(number: float) -> str:
    return f"{number:.2f}".replace("-", "−")


def _key(page: Page, scope: str) -> str:
    return f"{page.slug}:{scope}:at"


def _pick(key: str, x: float, y: float, _: int) -> None:
    st.session_state[key] = (to_grid(x), to_grid(y))


def _slid(key: str, slider: str, axis: int) -> None:
    place = list(st.session_state.get(key, START))
    place[axis] = to_grid(st.session_state[slider])
    st.session_state[key] = tuple(place)
