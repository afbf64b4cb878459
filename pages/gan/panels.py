"""The pictures of the 2-D lab: what its stage and its seed band show."""

from __future__ import annotations

import streamlit as st

from dlcore.run import Run
from dlcore.specs import GanLabSpec
from ui.components import stage
from ui.page import Page

EXTENT = (-3.0, 3.0, -3.0, 3.0)
SCALE = 32767 / 6  # of places in a frame
ARROW = 0.8  # the longest arrow, on the plane
N_SEEDS = 3
DECADES = (-4.0, 2.0)  # of the gradients' sizes


def panels(page: Page, spec: GanLabSpec) -> list[dict]:
    return [plane(page, spec), warp(page), *curves(page, spec), *histograms(page, spec), phase(page)]


def plane(page: Page, spec: GanLabSpec, width: float = 0.5) -> dict:
    """The critic's surface with real and made samples, and the push on the made ones."""
    label = page.labels
    layers = [
        stage.heatmap("surface"),
        stage.points("real", "real_label", label=label["gan_real"], scale=SCALE),
        stage.points("samples", "sample_label", label=label["gan_made"], scale=SCALE),
        stage.arrows("samples", "arrows", label=label["gan_arrows"], scale=SCALE, length=ARROW),
        stage.mesh("mesh", label=label["gan_mesh"], scale=SCALE, shown=False),
    ]
    help, alt = label["gan_plane_help"], label["gan_plane_alt"]
    clickable = 1 if spec.dataset == "own" else 0
    return stage.plot(label["gan_plane"], layers, alt, EXTENT, help=help, width=width, clickable=clickable)


def warp(page: Page, width: float = 0.5) -> dict:
    label = page.labels
    layers = [
        stage.mesh("mesh", scale=SCALE),
        stage.points("real", "real_label", label=label["gan_real"], scale=SCALE, shown=False),
        stage.points("samples", "sample_label", label=label["gan_made"], scale=SCALE, shown=False),
    ]
    return stage.plot(
        label["gan_warp"], layers, label["gan_warp_alt"], EXTENT, help=label["gan_warp_help"], width=width
    )


def curves(page: Page, spec: GanLabSpec) -> list[dict]:
    """Losses, coverage, divergence, the gradient at the samples; for some losses one more."""
    label = page.labels
    return [
        lines(page, "gan_losses", {"critic_loss": "gan_critic_loss", "generator_loss": "gan_generator_loss"}),
        lines(page, "gan_coverage", {"coverage": "gan_modes_share", "high_quality": "gan_good"}, domain=(0, 1.04)),
        stage.lines(
            label["gan_divergence"],
            [stage.series("divergence", label["gan_distance"])],
            rules=[stage.rule("floor", label["gan_floor"]), stage.rule("floor_high", label["gan_floor_high"])],
            alt=label["gan_divergence"],
            log=True,
            width=0.33,
        ),
        lines(page, "gan_gradient", {"gradient_size": "gan_gradient_size"}, log=True),
        *special(page, spec),
    ]


def special(page: Page, spec: GanLabSpec) -> list[dict]:
    """What only this loss has."""
    if spec.gan_loss.startswith("wgan"):
        return [lines(page, "gan_estimate", {"estimate": "gan_estimate_critic", "wasserstein": "gan_estimate_true"})]
    return [lines(page, "gan_measure", {"m": "M", "k": "k"})] if spec.gan_loss == "began" else []


def lines(
    page: Page,
    title: str,
    named: dict[str, str],
    log: bool = False,
    domain: tuple[float, float] | None = None,
    width: float = 0.33,
) -> dict:
    """Curves of some scalars (scalar → label)."""
    label = page.labels
    drawn = [stage.series(name, label[word]) for name, word in named.items()]
    return stage.lines(label[title], drawn, alt=label[title], log=log, domain=domain, width=width)


def histograms(page: Page, spec: GanLabSpec) -> list[dict]:
    label = page.labels
    is_clipped = spec.gan_loss == "wgan_clip"
    edge = 1.25 * spec.weight_limit if is_clipped else 1.5
    limits = [stage.mark(at, label["gan_mark_limit"]) for at in (-spec.weight_limit, spec.weight_limit)]
    shown = [
        histogram(page, "gan_gradients", "gradient_counts", DECADES, log=True),
        histogram(page, "gan_weights", "weight_counts", (-edge, edge), limits if is_clipped else []),
    ]
    if spec.gan_loss.startswith("wgan"):
        marks = [stage.mark(1.0, label["gan_mark_one"])] if spec.gan_loss == "wgan_gp" else []
        shown.append(histogram(page, "gan_slopes", "slope_counts", (0.0, 2.5), marks))
    return shown


def histogram(
    page: Page, title: str, array: str, ends: tuple[float, float], marks: list[dict] | None = None, log: bool = False
) -> dict:
    label = page.labels
    return stage.histogram(
        label[title],
        array,
        *ends,
        reading=label["gan_bin"],
        alt=label[title],
        marks=marks or [],
        log=log,
        help=label[f"{title}_help"],
        width=0.33,
    )


def phase(page: Page) -> dict:
    """What the last step was, with its numbers."""
    templates = {str(number): page.labels[f"gan_phase_{number}"] for number in range(4)}
    return stage.sentence(templates, case="phase", title=page.labels["gan_phase"])


def shortcuts(page: Page) -> list[dict]:
    """Who learns from the playhead on, at one click."""
    icons = ("play", "step", "step")
    return [
        {"field": "turns", "value": value, "label": page.labels[f"turns_{value}"], "icon": icon}
        for value, icon in enumerate(icons)
    ]


def show_band(page: Page, spec: GanLabSpec, key: str, group: str) -> Run:
    """The same training from several seeds at once: is it luck?"""
    label = page.labels
    st.markdown(f"**{label['gan_band']}** · {label.format('gan_band_help', n_seeds=N_SEEDS)}")
    shown = [
        stage.lines(
            label[title],
            [stage.banded(name, label["median"])],
            rules=[stage.rule("floor", label["gan_floor"])] if name == "divergence" else [],
            alt=label[title],
            width=0.33,
            log=name == "divergence",
            domain=None if name == "divergence" else (0, 1.04),
        )
        for name, title in (
            ("coverage", "gan_modes_share"),
            ("high_quality", "gan_good"),
            ("divergence", "gan_divergence"),
        )
    ]
    several = spec.replace(n_seeds=N_SEEDS)
    return page.play(several, shown, f"{key}_band", group=group, rerun_at_end=True, compact=True)
