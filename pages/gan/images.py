"""Images: a DCGAN writes digits, a judge counts which; its samples through time, and a walk between two of them."""

from __future__ import annotations

import functools
from concurrent.futures import TimeoutError as TooLate
from typing import Any, get_args

import streamlit as st

from dlcore.run import Run
from dlcore.specs import GanImagesSpec
from dlcore.specs.gan_images import IMAGE_PRESETS, SUITED_IMAGES, ImageGanLoss
from ui.components import stage
from ui.components.latent_walk import latent_walk
from ui.page import Page

SCOPE, PREFIX = "images", "i."
OF_LOSS = {"wgan_gp": ("slope_penalty", "critic_steps"), "began": ("gamma", "balance_rate")}
MORE = (("latent_size", "width"), ("critic_norm", "critic_steps"), ("beta1", "beta2"))
N_TILES = 48
START_WALK = (0, 1)
PATIENCE = 60  # seconds that the page waits for a walk


def show(page: Page) -> None:
    page.text("images")
    page.quiz("images_loss")
    spec = page.spec(GanImagesSpec, SCOPE, PREFIX)
    show_presets(page)
    show_settings(page, spec)
    walk = read_walk(page)
    pick = functools.partial(_pick, page)
    run = page.play(spec, panels(page, spec), SCOPE, scope=SCOPE, on_click=pick, rerun_at_end=True)
    page.edits(spec, SCOPE)
    place = st.container()
    page.take_home(spec, run, SCOPE)
    page.note("images_pictures", "how_to_read_pictures")
    page.note("images_notice", "what_to_notice")
    page.note("images_wrong", "where_it_goes_wrong")
    page.quiz("images_collapse")
    page.quiz("images_norm")
    with place:  # last: the rest of the page need not wait for a worker's answer
        show_walk(page, run, walk)


def show_presets(page: Page) -> None:
    """Settings worth seeing, at one click."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{page.labels['gan_try']}**")
        for name, values in IMAGE_PRESETS.items():
            key = f"{page.slug}.{SCOPE}.preset.{name}"
            st.button(page.labels[f"images_preset_{name}"], key=key, on_click=_use, args=(page, values))


def show_settings(page: Page, spec: GanImagesSpec) -> None:
    page.choose("gan_loss", get_args(ImageGanLoss), spec.gan_loss, SCOPE, functools.partial(_choose_loss, page))
    names = ("learning_rate", "rate_ratio", "n_steps", "seed", *OF_LOSS.get(spec.gan_loss, ()))
    page.field_columns(spec, SCOPE, names)
    with st.expander(page.labels["images_more"], icon=":material/tune:"):
        page.field_columns(spec, SCOPE, [[name for name in group if name not in names] for group in MORE])


def panels(page: Page, spec: GanImagesSpec) -> list[dict]:
    label = page.labels
    return [
        stage.tiles(
            label["images_tiles"],
            "tiles",
            alt=label["images_tiles_alt"],
            columns=8,
            clickable=True,
            help=label["images_tiles_help"],
            width=0.55,
        ),
        stage.bars(label["images_classes"], "classes", name="{n}", alt=label["images_classes"], first=0, width=0.45),
        stage.lines(
            label["images_quality"],
            [stage.series("confident", label["images_confident"])],
            rules=[stage.rule("real_confident", label["images_ceiling"])],
            alt=label["images_quality"],
            domain=(0.0, 1.02),
            width=0.25,
        ),
        stage.lines(
            label["images_variety"],
            [stage.series("diversity", label["images_diversity"])],
            rules=[stage.rule("real_diversity", label["images_as_real"])],
            alt=label["images_variety"],
            width=0.25,
        ),
        stage.lines(
            label["gan_losses"],
            [
                stage.series("critic_loss", label["gan_critic_loss"]),
                stage.series("generator_loss", label["gan_generator_loss"]),
            ],
            alt=label["gan_losses"],
            width=0.25,
        ),
        last_panel(page, spec),
        stage.tiles(label["images_real"], "real", alt=label["images_real"], columns=16, width=1.0),
    ]


def last_panel(page: Page, spec: GanImagesSpec) -> dict:
    """BEGAN's own measures, else how many digits are found."""
    label = page.labels
    shown = {"n_classes": label["images_found"]}
    if spec.gan_loss == "began":
        shown = {"convergence": "M", "balance": "k"}
    title = label["images_began" if spec.gan_loss == "began" else "images_found"]
    series = [stage.series(name, said) for name, said in shown.items()]
    return stage.lines(title, series, alt=title, domain=(0.0, 10.2) if "n_classes" in shown else None, width=0.25)


# --- the walk between two tiles


def read_walk(page: Page) -> tuple[int, int]:
    """The two tiles (from 0) that are walked between: as clicked, else as the address bar says."""
    return page.recall("walk", "walk", START_WALK, _tiles_of, _said_tiles)


def _tiles_of(asked: str) -> tuple[int, int]:
    parts = [part.strip() for part in asked.split(",")]
    if len(parts) != 2 or not all(part.isdecimal() and 1 <= int(part[:4]) <= N_TILES for part in parts):
        return START_WALK
    return int(parts[0]) - 1, int(parts[1]) - 1


def _said_tiles(tiles: tuple[int, int]) -> str:
    return f"{tiles[0] + 1},{tiles[1] + 1}"


def _pick(page: Page, tile: float, _: float, __: int) -> None:
    """The clicked tile becomes the end of the walk, the old end its start."""
    key = f"{page.slug}:walk"
    _, end = st.session_state.get(key, START_WALK)
    st.session_state[key] = (end, int(tile) % N_TILES)


def show_walk(page: Page, run: Run, walk: tuple[int, int]) -> None:
    """The walk through the weights as they are now; asked for again when the training has gone on."""
    st.subheader(page.labels["latentwalk_title"])
    page.text("images_walk")
    start, end = walk
    st.caption(page.labels.format("latentwalk_from_to", start=start + 1, end=end + 1, step=f"{run.status().step:,}"))
    with st.container(horizontal=True):
        st.button(page.labels["latentwalk_again"], key=f"{page.slug}.walk.again", icon=":material/refresh:")
    try:
        with st.spinner(page.labels["latentwalk_busy"]):
            answer = run.ask({"walk": [start, end]}).result(timeout=PATIENCE)
    except (TooLate, OSError, RuntimeError):
        st.warning(page.labels["latentwalk_failed"])
        return
    latent_walk(f"{page.slug}.walk", answer, page.labels)


# --- callbacks


def _choose_loss(page: Page, loss: str) -> None:
    _use(page, {"gan_loss": loss, **SUITED_IMAGES[loss]})


def _use(page: Page, values: dict[str, Any]) -> None:
    """These settings, and the defaults of all others that a loss or a preset sets."""
    names = {name for some in (*SUITED_IMAGES.values(), *IMAGE_PRESETS.values()) for name in some}
    defaults = {name: GanImagesSpec.model_fields[name].default for name in names}
    page.set_fields(GanImagesSpec, SCOPE, **{**defaults, **values, "edits": ()})
