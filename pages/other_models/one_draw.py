"""One picture through the VAE in numbers: μ, σ, ε, z, and the gradient that passes through the draw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from dlcore.run import Run
from dlcore.specs import VaeSpec
from ui.answers import answer_of
from ui.components import stage
from ui.page import Page
from ui.still import show_still

N_NOISES = 50  # draws to choose from
N_DRAWS = 2000  # see dlcore/experiments/vae.py
WAYS = ("path", "score")


def show_draw(page: Page, spec: VaeSpec, run: Run) -> None:
    """A digit and a draw to choose, the numbers of the first network, and both gradients over many draws."""
    label = page.labels
    st.subheader(label["one_draw_title"])
    page.text("vae_draw")
    choose, look = st.columns([1, 1.6], gap="large")
    with choose:
        key, digit = page.keep("draw.digit", "digit", 3, range(10))
        digit = st.select_slider(label["one_draw_digit"], range(10), digit, key=key)
        key, draw = page.keep("draw.number", "draw", 1, range(1, N_NOISES + 1))
        draw = st.slider(label["one_draw_number"], 1, N_NOISES, draw, key=key)
        number = 1
        if spec.bottleneck > 1:
            key, number = page.keep("draw.unit", "number", 1, range(1, spec.bottleneck + 1))
            number = st.slider(label["one_draw_unit"], 1, spec.bottleneck, number, key=key)
    answer = answer_of(f"{page.slug}:draw", run, {"digit": int(digit), "draw": draw - 1})
    with look:
        if answer is None:
            st.caption(label["latent_waiting"])
            return
        names = (label["one_draw_in"], label["one_draw_out"])
        panel = stage.tiles(
            label["one_draw_pictures"], "pictures", alt=label["one_draw_pictures_alt"], columns=2, names=names
        )
        show_still(f"{page.slug}.draw.pictures", [panel], {"pictures": answer["pictures"]}, label)
    st.latex(equations(answer, number - 1))
    st.caption(label.format("one_draw_two_ways", n=f"{N_DRAWS:,}"))
    st.dataframe(two_ways(answer, number - 1, label), hide_index=True, width="stretch")


def equations(answer: Mapping[str, Any], unit: int) -> str:
    """The way of one number of the code forth and back, with its values put in."""
    n = {name: float(value[unit]) for name, value in answer.items() if np.ndim(value) == 1 and name != "pictures"}
    beta = float(answer["beta"])
    rows = (
        (
            "z",
            r"\mu + \sigma\varepsilon",
            f"{said(n['mu'])} + {said(n['sigma'])} \\cdot {wrapped(n['epsilon'])}",
            n["z"],
        ),
        (
            r"\mathrm{KL}",
            r"\tfrac12(\mu^2 + \sigma^2 - 1 - \log\sigma^2)",
            rf"\tfrac12({wrapped(n['mu'])}^2 + {said(n['sigma'])}^2 - 1 - \log {said(n['sigma'])}^2)",
            n["kl"],
        ),
        (
            r"\frac{\partial L}{\partial\mu}",
            r"\frac{\partial \ell}{\partial z}\cdot 1 + \beta\mu",
            f"{said(n['slope'])} + {said(beta)} \\cdot {wrapped(n['kl_mu'])}",
            n["slope"] + beta * n["kl_mu"],
        ),
        (
            r"\frac{\partial L}{\partial\sigma}",
            r"\frac{\partial \ell}{\partial z}\cdot\varepsilon + \beta\left(\sigma - \frac1\sigma\right)",
            f"{said(n['slope'])} \\cdot {wrapped(n['epsilon'])} + {said(beta)} \\cdot {wrapped(n['kl_sigma'])}",
            n["slope_sigma"] + beta * n["kl_sigma"],
        ),
    )
    lines = [rf"{name} &= {formula} &&= {filled} &&= {said(value)}" for name, formula, filled, value in rows]
    return r"\begin{aligned}" + r"\\[4pt]".join(lines) + r"\end{aligned}"


def two_ways(answer: Mapping[str, Any], unit: int, labels: Mapping[str, str]) -> pd.DataFrame:
    """Mean and standard deviation of the reconstruction's gradient by both ways, and how much farther one scatters."""
    table = {labels["one_draw_way"]: [labels[f"one_draw_{way}"] for way in WAYS]}
    for name, symbol in (("mu", "μ"), ("sigma", "σ")):
        mean, spread = ([float(answer[f"{way}_{kind}_{name}"][unit]) for way in WAYS] for kind in ("mean", "sd"))
        table[f"∂ℓ/∂{symbol}: {labels['one_draw_mean']}"] = [plain(number) for number in mean]
        table[f"∂ℓ/∂{symbol}: {labels['one_draw_spread']}"] = [plain(number) for number in spread]
    return pd.DataFrame(table)


def said(number: float) -> str:
    """Three digits for a formula."""
    return f"{number:.3g}" if abs(number) >= 1e-3 or number == 0 else f"{number:.3f}"


def wrapped(number: float) -> str:
    """In brackets if negative."""
    return f"({said(number)})" if number < 0 else said(number)


def plain(number: float) -> str:
    """Three digits with a true minus sign."""
    return said(number).replace("-", "−")
