"""A chart that moves in the browser alone: the same draws of ε, moved by μ and σ, and two gradients through them."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import numpy as np
import pandas as pd

COLOURS = ["#3388C8", "#2A9D6F", "#E0702A"]  # readable on a light and on a dark page
N_DRAWS, EDGE = 120, 16.0
WANTED = 2.0  # a in the loss ½ (z − a)²
KINDS = ("z", "path", "score")
VALUES = {  # of one draw ε, for the loss ½ (z − a)²
    "z": "mu + sigma * datum.epsilon",
    "path": f"mu + sigma * datum.epsilon - {WANTED}",
    "score": f"0.5 * pow(mu + sigma * datum.epsilon - {WANTED}, 2) * datum.epsilon / sigma",
}


def draws_chart(words: Mapping[str, str]) -> alt.LayerChart:
    """A tick for each draw in three rows – z and both gradients ∂L/∂μ – with their means, for μ and σ to slide.

    Args:
        words: for "reparam_" + each of `KINDS`, "mean" and "axis".
    """
    epsilon = np.random.default_rng(0).standard_normal(N_DRAWS).round(4)
    names = [words[f"reparam_{kind}"] for kind in KINDS]
    table = pd.DataFrame({"epsilon": np.tile(epsilon, 3), "kind": np.repeat(KINDS, N_DRAWS)})
    table["name"] = table["kind"].map(dict(zip(KINDS, names, strict=True)))
    params = [
        alt.param(name="mu", value=0, bind=alt.binding_range(min=-3, max=3, step=0.1, name="μ ")),
        alt.param(name="sigma", value=1, bind=alt.binding_range(min=0.2, max=3, step=0.1, name="σ ")),
    ]
    value = f"datum.kind == 'z' ? {VALUES['z']} : datum.kind == 'path' ? {VALUES['path']} : {VALUES['score']}"
    base = alt.Chart(table).transform_calculate(value=value)
    across = alt.X("value:Q", scale=alt.Scale(domain=[-EDGE, EDGE], nice=False), title=words["reparam_axis"])
    rows = alt.Y("name:N", sort=names, title=None, axis=alt.Axis(labelLimit=260))
    colour = alt.Color("name:N", sort=names, legend=None, scale=alt.Scale(domain=names, range=COLOURS))
    ticks = base.mark_tick(thickness=2, size=24, opacity=0.55, clip=True).encode(x=across, y=rows, color=colour)
    means = base.transform_aggregate(mean="mean(value)", spread="stdev(value)", groupby=["name"]).transform_calculate(
        said=f"'{words['reparam_mean']} ' + format(datum.mean, '.2f') + ' ± ' + format(datum.spread, '.2f')"
    )
    dots = means.mark_point(shape="diamond", filled=True, size=160, opacity=1, clip=True).encode(
        x=alt.X("mean:Q"), y=rows, color=colour, tooltip="said:N"
    )
    text = means.mark_text(align="right", baseline="bottom", dy=-15, fontSize=13).encode(
        x=alt.datum(EDGE), y=rows, color=colour, text="said:N"
    )
    return (ticks + dots + text).add_params(*params).properties(height=260)
