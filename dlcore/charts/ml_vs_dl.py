"""Charts of the page Machine learning vs deep learning: three views of a signal, and what a contest gave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

# Okabe & Ito's colours without the palest, then three more; readable on a light and on a dark page.
COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#8C6BB1", "#7A8894", "#A6761D"]
GAP = 6.0  # between two views of a signal, in standard deviations
GREY = "#7A8894"
Words = Mapping[str, str]


def views_chart(signals: Mapping[str, np.ndarray], choose: str, words: Words) -> alt.LayerChart:
    """Views of ten signals (10, places), one below the other; the digit is chosen in the browser.

    Args:
        signals: by the name of the view, in the order from top to bottom.
        choose: the word before the digits.
        words: for "place".
    """
    digit = alt.param(name="digit", value=0, bind=alt.binding_radio(options=list(range(10)), name=f"{choose} "))
    rows = pd.concat(
        pd.DataFrame({"view": name, "digit": number, "place": np.arange(1, len(one) + 1), "height": one - GAP * at})
        for at, (name, many) in enumerate(signals.items())
        for number, one in enumerate(many)
    )
    y = alt.Y("height:Q", axis=None, scale=alt.Scale(domain=[-GAP * (len(signals) - 0.5), GAP * 0.6]))
    colour = alt.Color("view:N", sort=list(signals), scale=alt.Scale(range=COLOURS[: len(signals)]), legend=None)
    x = alt.X("place:Q", title=words["place"], scale=alt.Scale(domain=[1, rows["place"].max()]))
    lines = (
        alt.Chart(rows)
        .mark_line(point=alt.OverlayMarkDef(size=18))
        .encode(x=x, y=y, color=colour, detail="view:N")
        .transform_filter("datum.digit == digit")
        .add_params(digit)
    )
    names = pd.DataFrame({"view": list(signals), "height": [0.45 * GAP - GAP * at for at in range(len(signals))]})
    titles = (
        alt.Chart(names)
        .mark_text(align="left", fontWeight="bold")
        .encode(x=alt.value(6), y=y, text="view:N", color=colour)
    )
    return (lines + titles).properties(height=110 * len(signals))


def scores_chart(rows: Sequence[Mapping[str, Any]], words: Words) -> alt.LayerChart:
    """Every `contestant`'s `mean` and range, `low` to `high`, over the seeds; a colour a `place`.

    Args:
        words: for "score" and "place".
    """
    contestants, places = (list(dict.fromkeys(row[name] for row in rows)) for name in ("contestant", "place"))
    base = alt.Chart(pd.DataFrame(rows)).encode(
        y=alt.Y("contestant:N", sort=contestants, title=None, axis=alt.Axis(labelLimit=170)),
        yOffset=alt.YOffset("place:N", sort=places),
        color=alt.Color(
            "place:N",
            sort=places,
            title=None,
            scale=alt.Scale(domain=places, range=COLOURS[: len(places)]),
            legend=alt.Legend(orient="top", columns=2, labelLimit=260, symbolOpacity=1),
        ),
    )
    ranges = base.mark_rule(strokeWidth=4, opacity=0.5).encode(x=alt.X("low:Q", title=words["score"]), x2="high:Q")
    dots = base.mark_point(filled=True, size=60, opacity=1).encode(x="mean:Q", tooltip=_tips(words, "place"))
    return (ranges + dots).properties(height=(12 * len(places) + 12) * len(contestants) + 110)  # legend and axis


def learning_chart(rows: Sequence[Mapping[str, Any]], words: Words) -> alt.LayerChart:
    """Mean and band of every `contestant` against `n_train` on a logarithmic axis.

    Args:
        words: for "score" and "n_train".
    """
    contestants = list(dict.fromkeys(row["contestant"] for row in rows))
    sizes = sorted({row["n_train"] for row in rows})
    base = alt.Chart(pd.DataFrame(rows)).encode(
        x=alt.X(
            "n_train:Q",
            title=words["n_train"],
            scale=alt.Scale(type="log", domain=[sizes[0], sizes[-1]]),
            axis=alt.Axis(values=sizes, format=",d"),
        ),
        color=alt.Color(
            "contestant:N",
            sort=contestants,
            title=None,
            scale=alt.Scale(domain=contestants, range=COLOURS[: len(contestants)]),
            legend=alt.Legend(orient="top", columns=3, labelLimit=200, symbolOpacity=1),
        ),
    )
    bands = base.mark_area(opacity=0.18).encode(y=alt.Y("low:Q", title=words["score"]), y2="high:Q")
    lines = base.mark_line(point=True).encode(y="mean:Q", tooltip=_tips(words, "n_train"))
    return (bands + lines).properties(height=380)


def _tips(words: Words, place: str) -> list[alt.Tooltip]:
    numbers = [alt.Tooltip(f"{name}:Q", format=".1f", title=words[name]) for name in ("mean", "low", "high")]
    return [alt.Tooltip("contestant:N", title=" "), alt.Tooltip(place, title=words[place]), *numbers]


def cost_chart(rows: Sequence[Mapping[str, Any]], words: Words) -> alt.Chart:
    """Seconds to `fit` and to `predict` of every model `name`, on a logarithmic axis.

    Args:
        words: for "fit", "predict" and "seconds".
    """
    ways = [words["fit"], words["predict"]]
    long = pd.DataFrame(
        {"name": row["name"], "way": words[way], "seconds": row[way]} for row in rows for way in ("fit", "predict")
    )
    return (
        alt.Chart(long)
        .mark_point(filled=True, size=90, opacity=1)
        .encode(
            x=alt.X("seconds:Q", title=words["seconds"], scale=alt.Scale(type="log")),
            y=alt.Y("name:N", sort=[row["name"] for row in rows], title=None, axis=alt.Axis(grid=True, labelLimit=170)),
            color=alt.Color(
                "way:N",
                sort=ways,
                title=None,
                scale=alt.Scale(range=COLOURS[:2]),
                legend=alt.Legend(orient="top", columns=1),
            ),
            shape=alt.Shape("way:N", sort=ways, legend=None),
            tooltip=["name:N", "way:N", alt.Tooltip("seconds:Q", format=".3g")],
        )
        .properties(height=30 * len(rows) + 60)
    )
