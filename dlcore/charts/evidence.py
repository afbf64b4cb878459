"""Charts of the evidence: what each seed gave on either side, and ours beside a published figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

BLUE, ORANGE, GREY = "#0072B2", "#E69F00", "#7A8894"  # Okabe & Ito
Words = Mapping[str, str]


def seeds_chart(values: Sequence[Sequence[float]], names: Sequence[str], words: Words) -> alt.LayerChart:
    """The values (S,) of one or two sides, a dot a seed; the two dots of a seed are joined.

    Args:
        words: for "measure" and "seed".
    """
    rows = [
        {"side": name, "value": value, "seed": seed}
        for name, side in zip(names, values, strict=True)
        for seed, value in enumerate(side)
    ]
    base = alt.Chart(pd.DataFrame(rows)).encode(
        x=alt.X("value:Q", title=words["measure"], scale=alt.Scale(zero=False, nice=True, padding=12)),
        y=alt.Y("side:N", title=None, sort=list(names), axis=alt.Axis(labelLimit=220)),
    )
    tips = [alt.Tooltip("seed:Q", title=words["seed"]), alt.Tooltip("value:Q", format=".4~g", title=words["measure"])]
    pairs = base.mark_line(color=GREY, opacity=0.5, strokeWidth=1).encode(detail="seed:N")
    dots = base.mark_point(filled=True, size=70, opacity=0.85).encode(
        color=alt.Color("side:N", sort=list(names), scale=alt.Scale(range=[BLUE, ORANGE]), legend=None), tooltip=tips
    )
    return (pairs + dots).properties(height=40 * len(names) + 60)


def published_chart(
    values: Sequence[float], theirs: float, low: float | None, high: float | None, words: Words
) -> alt.LayerChart:
    """Our values (S,), a dot a seed, over the published figure and what counts as the same (`low` to `high`).

    Args:
        words: for "measure", "seed", "ours" and "theirs".
    """
    frame = pd.DataFrame({"side": words["ours"], "value": list(values), "seed": range(len(values))})
    x = alt.X("value:Q", title=words["measure"], scale=alt.Scale(zero=False, nice=True, padding=12))
    tips = [alt.Tooltip("seed:Q", title=words["seed"]), alt.Tooltip("value:Q", format=".6~g", title=words["measure"])]
    dots = (
        alt.Chart(frame)
        .mark_point(filled=True, size=70, color=BLUE)
        .encode(x=x, y=alt.Y("side:N", title=None), tooltip=tips)
    )
    published = pd.DataFrame({"value": [theirs], "name": [words["theirs"]]})
    line = alt.Chart(published).mark_rule(color=ORANGE, strokeWidth=2.5).encode(x=x, tooltip=["name:N", "value:Q"])
    same = pd.DataFrame({"value": [theirs if low is None else low], "end": [theirs if high is None else high]})
    band = alt.Chart(same).mark_rect(color=ORANGE, opacity=0.2).encode(x=x, x2="end")
    return alt.LayerChart(layer=[band, line, dots]).properties(height=110)
