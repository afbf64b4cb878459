"""Charts of the page Activations: the finish of the race, and what each activation costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

COLOURS = ["#3388C8", "#E0702A"]  # readable on a light and on a dark page
FLOOR = 1e-6  # what a logarithmic axis shows of zero
ROW_HEIGHT = 34  # pixels for one activation


def race_chart(rows: Sequence[Mapping[str, Any]], title: str) -> alt.LayerChart:
    """Median and range of every lane (`name`, `median`, `low`, `high`), in the order given, on a logarithmic axis."""
    names = [row["name"] for row in rows]
    table = pd.DataFrame(rows)
    table[["median", "low", "high"]] = table[["median", "low", "high"]].clip(lower=FLOOR)
    base = alt.Chart(table).encode(y=alt.Y("name:N", sort=names, title=None))
    scale = alt.Scale(type="log")
    ranges = base.mark_rule(strokeWidth=5, opacity=0.45, color=COLOURS[0]).encode(
        x=alt.X("low:Q", title=title, scale=scale), x2="high:Q"
    )
    tooltip = [alt.Tooltip("name:N", title=" ")] + [
        alt.Tooltip(f"{field}:Q", format=".3g") for field in ("median", "low", "high")
    ]
    medians = base.mark_point(filled=True, size=110, opacity=1, color=COLOURS[0]).encode(
        x=alt.X("median:Q", scale=scale), tooltip=tooltip
    )
    return (ranges + medians).properties(height=ROW_HEIGHT * len(rows) + 40)


def cost_chart(rows: Sequence[Mapping[str, Any]], words: Mapping[str, str]) -> alt.LayerChart:
    """Median and quartiles of `forward` and `backward` for each `activation`, cheapest first.

    Args:
        words: for "forward", "backward" and the axis' "title".
    """
    long = pd.DataFrame(
        {
            "activation": row["activation"],
            "way": words[way],
            "median": row[way],
            "low": row[f"{way}_low"],
            "high": row[f"{way}_high"],
        }
        for row in rows
        for way in ("forward", "backward")
    )
    names = [row["activation"] for row in sorted(rows, key=lambda row: row["forward"])]
    ways = [words["forward"], words["backward"]]
    base = alt.Chart(long).encode(
        y=alt.Y("activation:N", sort=names, title=None),
        yOffset=alt.YOffset("way:N", sort=ways),
        color=alt.Color(
            "way:N",
            sort=ways,
            title=None,
            scale=alt.Scale(domain=ways, range=COLOURS),
            legend=alt.Legend(orient="top", symbolOpacity=1),
        ),
    )
    tooltip = ["activation:N", "way:N"] + [
        alt.Tooltip(f"{field}:Q", format=".3g") for field in ("median", "low", "high")
    ]
    scale = alt.Scale(domainMin=0)
    ranges = base.mark_rule(strokeWidth=4, opacity=0.45).encode(
        x=alt.X("low:Q", title=words["title"], scale=scale, axis=alt.Axis(tickCount=8)), x2="high:Q"
    )
    medians = base.mark_point(filled=True, size=80, opacity=1).encode(x=alt.X("median:Q", scale=scale), tooltip=tooltip)
    return (ranges + medians).properties(height=ROW_HEIGHT * len(rows) + 60)
