"""Charts of the page Linear regression that move in the browser alone: sliders and clicks need no server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

BLUE, ORANGE, GREEN, PINK, SKY, RED = "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00"  # Okabe & Ito
GREY = "#7A8894"  # readable on a light and on a dark page
HEIGHT = 300
Words = Mapping[str, str]


def by_hand_chart(x: np.ndarray, y: np.ndarray, degree: int, reach: float, words: Words) -> alt.LayerChart:
    """Points (N,), (N,) and a polynomial whose coefficients are sliders in ±`reach`, with its loss.

    Args:
        words: for "linreg_by_hand" (the loss, {loss}).
    """
    names = [f"c{power}" for power in range(degree + 1)]
    said = ["b" if power == 0 else "w" if degree == 1 else f"w{power}" for power in range(degree + 1)]
    params = [
        alt.param(name=name, value=0, bind=alt.binding_range(min=-reach, max=reach, step=reach / 100, name=f"{text} "))
        for name, text in zip(names, said, strict=True)
    ]
    value = " + ".join(f"{name} * pow(datum.x, {power})" for power, name in enumerate(names))
    points = alt.Chart(pd.DataFrame({"x": x, "y": y})).transform_calculate(
        fit=value, square=f"pow(datum.y - ({value}), 2)"
    )
    low, high = float(x.min()) - 0.2, float(x.max()) + 0.2
    bottom, top = float(min(y.min(), 0)) - 0.7, float(y.max()) + 0.7
    across = alt.X("x:Q", scale=alt.Scale(domain=[low, high], nice=False), title="x")
    up = alt.Y("y:Q", scale=alt.Scale(domain=[bottom, top], nice=False), title="y")
    residuals = points.mark_rule(color=RED, opacity=0.5, clip=True).encode(x=across, y=up, y2="fit:Q")
    dots = points.mark_circle(color=BLUE, opacity=1, size=40).encode(x=across, y=up)
    curve = (
        alt.Chart(alt.sequence(low, high, (high - low) / 120, as_="x"))
        .transform_calculate(y=value)
        .mark_line(color=RED, clip=True)
        .encode(x="x:Q", y="y:Q")
    )
    loss = points.transform_aggregate(mean="mean(square)").transform_calculate(
        said=_sentence(words["linreg_by_hand"], loss="format(datum.mean, '.3f')")
    )
    text = loss.mark_text(**_corner(), fontSize=15, fontWeight="bold").encode(text="said:N")
    return (residuals + dots + curve + text).add_params(*params).properties(height=HEIGHT)


def bowl_chart(words: Words) -> alt.LayerChart:
    """Contours of the loss over intercept and slope about their best values, for a mean and deviation to slide.

    The Hessian of 1/(2n) Σ (b + w xᵢ − yᵢ)² is [[1, m], [m, m² + s²]], so b² + 2m bw + (m² + s²) w² = (b + mw)² + s²w²
    is constant on a contour.

    Args:
        words: for "linreg_bowl" ({kappa}, {limit}) and "linreg_" + "slide_mean", "slide_spread", "off_b", "off_w".
    """
    params = [
        alt.param(
            name="m", value=2, bind=alt.binding_range(min=-5, max=10, step=0.1, name=f"{words['linreg_slide_mean']} ")
        ),
        alt.param(
            name="s", value=1, bind=alt.binding_range(min=0.1, max=5, step=0.1, name=f"{words['linreg_slide_spread']} ")
        ),
    ]
    turn, radius = np.meshgrid(np.linspace(0, 2 * np.pi, 181), [0.5, 1, 2, 3, 4, 6])
    frame = pd.DataFrame({"t": turn.ravel(), "r": radius.ravel()})
    scale = alt.Scale(domain=[-4, 4], nice=False)
    rings = (
        alt.Chart(frame)
        .transform_calculate(w="datum.r * sin(datum.t) / s")
        .transform_calculate(b="datum.r * cos(datum.t) - m * datum.w")
        .mark_line(color=BLUE, clip=True, strokeWidth=1.5)
        .encode(
            x=alt.X("b:Q", scale=scale, title=words["linreg_off_b"]),
            y=alt.Y("w:Q", scale=scale, title=words["linreg_off_w"]),
            detail="r:Q",
            order="t:Q",
        )
    )
    numbers = (
        alt.Chart(pd.DataFrame({"one": [1]}))
        .transform_calculate(trace="1 + m * m + s * s")
        .transform_calculate(root="sqrt(datum.trace * datum.trace - 4 * s * s)")
        .transform_calculate(largest="(datum.trace + datum.root) / 2")
        .transform_calculate(  # λmax² / det: the difference of two near numbers would lose digits
            said=_sentence(
                words["linreg_bowl"],
                kappa="format(datum.largest * datum.largest / (s * s), ',.4r')",
                limit="format(2 / datum.largest, '.3r')",
            )
        )
        .mark_text(**_corner(), fontSize=15, fontWeight="bold")
        .encode(text="said:N")
    )
    centre = (
        alt.Chart(pd.DataFrame({"b": [0], "w": [0]}))
        .mark_point(color=RED, filled=True, size=60)
        .encode(x="b:Q", y="w:Q")
    )
    return (rings + centre + numbers).add_params(*params).properties(height=HEIGHT + 60)


def pull_chart(words: Words) -> alt.LayerChart:
    """How hard a residual pulls: the derivatives of squared, absolute and Huber error, with a δ to slide.

    Args:
        words: for "linreg_mse", "linreg_mae", "linreg_huber", "linreg_residual", "linreg_pull_of" and "huber_delta".
    """
    names = [words[f"linreg_{name}"] for name in ("mse", "mae", "huber")]
    delta = alt.param(
        name="delta", value=0.5, bind=alt.binding_range(min=0.05, max=4, step=0.05, name=f"{words['huber_delta']} ")
    )
    at = alt.param(
        name="at", value=3, bind=alt.binding_range(min=-5, max=5, step=0.1, name=f"{words['linreg_residual']} ")
    )
    pulls = ("2 * datum.r", "datum.r > 0 ? 1 : datum.r < 0 ? -1 : 0", "clamp(datum.r, -delta, delta)")
    scale = alt.Scale(domain=names, range=[BLUE, ORANGE, GREEN])
    layers = []
    for name, pull, lift in zip(names, pulls, (-9, -12, 12), strict=True):
        colour = alt.Color("loss:N", scale=scale, title=None, sort=names, legend=alt.Legend(orient="top"))
        common = {
            "x": alt.X("r:Q", scale=alt.Scale(domain=[-5, 5]), title=words["linreg_residual"]),
            "y": alt.Y("pull:Q", scale=alt.Scale(domain=[-10, 10]), title=words["linreg_pull_of"]),
            "color": colour,
        }
        curve = alt.Chart(alt.sequence(-5, 5.001, 0.02, as_="r")).transform_calculate(pull=pull, loss=f"'{name}'")
        here = (
            alt.Chart(pd.DataFrame({"one": [1]}))
            .transform_calculate(r="at")
            .transform_calculate(pull=pull, loss=f"'{name}'")
        )
        layers += [curve.mark_line().encode(**common), here.mark_circle(size=90, opacity=1).encode(**common)]
        number = here.transform_calculate(said="format(datum.pull, '.2f')")
        layers.append(number.mark_text(dx=26, dy=lift, fontSize=13).encode(**common, text="said:N"))
    return alt.LayerChart(layer=layers).add_params(delta, at).properties(height=HEIGHT)


def anscombe_chart(x: np.ndarray, y: np.ndarray, title: str, words: Words) -> alt.LayerChart:
    """Points (N,), (N,) and their line; a click leaves a point out or takes it back, and the line is fitted again.

    Args:
        words: for "linreg_no_line", said where all x that are left are equal.
    """
    out = alt.selection_point(fields=["n"], toggle="true", empty=False, on="click")
    base = alt.Chart(pd.DataFrame({"x": x, "y": y, "n": range(len(x))}))
    across = alt.X("x:Q", scale=alt.Scale(domain=[3, 20], nice=False))
    up = alt.Y("y:Q", scale=alt.Scale(domain=[2, 14], nice=False))
    tooltip = [alt.Tooltip("x:Q"), alt.Tooltip("y:Q", format=".2f")]
    points = base.mark_circle(size=110).encode(
        x=across,
        y=up,
        color=alt.condition(out, alt.value(GREY), alt.value(BLUE)),
        opacity=alt.condition(out, alt.value(0.35), alt.value(1)),
        tooltip=tooltip,
    )
    kept = base.transform_filter(~out)
    line = kept.transform_regression("x", "y", extent=[3, 20]).mark_line(color=RED, clip=True).encode(x="x:Q", y="y:Q")
    said = (
        "isFinite(datum.coef[1]) ? 'y = ' + format(datum.coef[0], '.2f') + (datum.coef[1] < 0 ? ' − ' : ' + ')"
        f" + format(abs(datum.coef[1]), '.3f') + ' x' : '{_quoted(words['linreg_no_line'])}'"
    )
    numbers = (
        kept.transform_regression("x", "y", params=True)
        .transform_calculate(said=said)
        .mark_text(**_corner(), fontSize=14, fontWeight="bold")
        .encode(text="said:N")
    )
    return (line + points.add_params(out) + numbers).properties(height=300, title=title)


def simpson_chart(
    x: np.ndarray, y: np.ndarray, groups: Sequence[str], names: Sequence[str], words: Words
) -> alt.LayerChart:
    """Points (N,), (N,) in groups; one line through all, or one through each group, as the reader chooses.

    Args:
        names: of the axes.
        words: for "linreg_lines", "linreg_all" and "linreg_by_group".
    """
    choices = {"all": words["linreg_all"], "groups": words["linreg_by_group"]}
    radio = alt.binding_radio(options=list(choices), labels=list(choices.values()), name=f"{words['linreg_lines']} ")
    view = alt.param(name="view", value="all", bind=radio)
    base = alt.Chart(pd.DataFrame({"x": x, "y": y, "group": list(groups)}))
    across = alt.X("x:Q", scale=alt.Scale(zero=False), title=names[0])
    up = alt.Y("y:Q", scale=alt.Scale(zero=False), title=names[1])
    scale = alt.Scale(domain=sorted(set(groups)), range=[ORANGE, PINK, GREEN])
    colour = alt.Color("group:N", scale=scale, title=None, legend=alt.Legend(orient="top"))
    points = base.mark_circle(size=34).encode(
        x=across,
        y=up,
        color=alt.condition("view == 'groups'", colour, alt.value(GREY)),
        opacity=alt.value(0.55),
        tooltip=["group:N", alt.Tooltip("x:Q", title=names[0]), alt.Tooltip("y:Q", title=names[1])],
    )
    one = base.transform_filter("view == 'all'").transform_regression("x", "y")
    several = base.transform_filter("view == 'groups'").transform_regression("x", "y", groupby=["group"])
    lines = [
        one.mark_line(color=RED, strokeWidth=3).encode(x="x:Q", y="y:Q"),
        several.mark_line(strokeWidth=3).encode(x="x:Q", y="y:Q", color=colour),
    ]
    return alt.LayerChart(layer=[points, *lines]).add_params(view).properties(height=HEIGHT)


def _sentence(template: str, **expressions: str) -> str:
    """A template with {names} as a Vega expression that fills them in."""
    parts = [f"'{_quoted(template)}'"]
    for name, expression in expressions.items():
        parts = [piece for part in parts for piece in _cut(part, name, expression)]
    return " + ".join(parts)


def _cut(part: str, name: str, expression: str) -> list[str]:
    if not part.startswith("'") or f"{{{name}}}" not in part:
        return [part]
    before, after = part.split(f"{{{name}}}", 1)
    return [f"{before}'", expression, f"'{after}"]


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace("'", "\\'")


def _corner() -> dict[str, Any]:
    """Above the top left corner of the chart."""
    return {"align": "left", "baseline": "bottom", "color": GREY, "x": 4, "y": -6}
