"""The chart of the copy task: errors against the length of the sequence, trained lengths shaded."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import numpy as np
import pandas as pd

COLOURS = ["#0072B2", "#D55E00"]  # of Okabe & Ito's, as on the stage
CHANCE = 0.5  # share of wrong bits of a coin


def length_chart(errors: Mapping[str, np.ndarray], max_length: int, words: Mapping[str, str]) -> alt.LayerChart:
    """Shares of wrong bits (lengths, seeds) by the machine's name: the seeds' median and range; a coin's share across.

    Args:
        words: for "length", "error", "trained", "chance", "low", "high".
    """
    rows = pd.concat(
        pd.DataFrame(
            {
                "machine": name,
                "length": np.arange(1, len(found) + 1),
                "median": np.median(found, axis=1),
                "low": found.min(axis=1),
                "high": found.max(axis=1),
            }
        )
        for name, found in errors.items()
    )
    longest = int(rows["length"].max())
    x = alt.X("length:Q", title=words["length"], scale=alt.Scale(domain=[0.5, longest + 0.5], nice=False))
    y = alt.Y("median:Q", title=words["error"], scale=alt.Scale(domain=[0, 0.6]), axis=alt.Axis(format="%"))
    scale = alt.Scale(domain=list(errors), range=COLOURS[: len(errors)])
    colour = alt.Color("machine:N", title=None, scale=scale, legend=alt.Legend(orient="top", symbolOpacity=1))
    shade = pd.DataFrame({"start": [0.5], "end": [max_length + 0.5], "label": [words["trained"]]})
    trained = alt.Chart(shade).mark_rect(opacity=0.15, color="#888").encode(x=alt.X("start:Q"), x2="end:Q")
    said = (
        alt.Chart(shade)
        .mark_text(align="left", baseline="top", dx=4, dy=4, color="#888", fontSize=12)
        .encode(x="start:Q", y=alt.value(0), text="label:N")
    )
    coin = pd.DataFrame({"chance": [CHANCE], "at": [longest + 0.5], "label": [words["chance"]]})
    rule = alt.Chart(coin).mark_rule(strokeDash=[3, 3], color="#888").encode(y="chance:Q")
    rule_said = (
        alt.Chart(coin)
        .mark_text(align="right", baseline="bottom", dy=-4, color="#888", fontSize=12)
        .encode(x="at:Q", y="chance:Q", text="label:N")
    )
    told = [
        alt.Tooltip("machine:N", title=" "),
        alt.Tooltip("length:Q", title=words["length"]),
        alt.Tooltip("median:Q", title=words["error"], format=".1%"),
        alt.Tooltip("low:Q", title=words["low"], format=".1%"),
        alt.Tooltip("high:Q", title=words["high"], format=".1%"),
    ]
    base = alt.Chart(rows).encode(x=x, color=colour)
    band = base.mark_area(opacity=0.25).encode(y=alt.Y("low:Q"), y2="high:Q")
    line = base.mark_line(point=alt.OverlayMarkDef(size=22)).encode(y=y, tooltip=told)
    return (trained + said + rule + rule_said + band + line).properties(height=300)
