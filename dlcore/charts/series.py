"""Charts of series: past and test part with a forecast that only repeats; a spectrogram of one sound."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import numpy as np
import pandas as pd

from dlcore.functions.forecasting import rms

COLOURS = ["#3388C8", "#E0702A"]  # readable on a light and on a dark page
MOST_LAGS = 36
N_SHOWN = 120  # newest values


def repeat_chart(
    times: Sequence[str], values: np.ndarray, n_train: int, start: int, words: Mapping[str, str]
) -> alt.LayerChart:
    """The newest values and, for a number of steps that the reader slides, the value so many steps before.

    The root mean square error over the test part (from `n_train` on) stands above. It moves in the browser.

    Args:
        start: the number of steps at first.
        words: for "value", "repeated", "lag", "error", "time".
    """
    first = max(0, len(values) - N_SHOWN)
    lags = range(1, min(MOST_LAGS, n_train) + 1)
    shown = np.arange(first, len(values))
    test = np.arange(n_train, len(values))
    truth = pd.DataFrame({"place": shown, "time": list(times[first:]), "value": values[shown]})
    moved = pd.concat(
        pd.DataFrame({"lag": lag, "place": at, "value": values[at - lag], "time": [times[int(t)] for t in at]})
        for lag in lags
        for at in (shown[shown >= lag],)
    )
    errors = pd.DataFrame({"lag": lag, "error": rms(values[test] - values[test - lag])} for lag in lags)
    slider = alt.param("lag", value=start, bind=alt.binding_range(min=1, max=max(lags), step=1, name=words["lag"]))
    x = alt.X("place:Q", title=words["time"], axis=alt.Axis(labels=False, ticks=False), scale=alt.Scale(nice=False))
    tooltip = [alt.Tooltip("time:N", title=words["time"]), alt.Tooltip("value:Q", title=words["value"], format=".4g")]
    colour = alt.Scale(domain=[words["value"], words["repeated"]], range=COLOURS)
    legend = alt.Legend(orient="top", title=None)
    line = (
        alt.Chart(truth)
        .mark_line()
        .encode(
            x=x,
            y=alt.Y("value:Q", title=None, scale=alt.Scale(zero=False)),
            color=alt.Color("name:N", scale=colour, legend=legend),
            tooltip=tooltip,
        )
        .transform_calculate(name=repr(words["value"]))
    )
    repeated = (
        alt.Chart(moved)
        .mark_line(strokeDash=[5, 3])
        .encode(x=x, y="value:Q", color=alt.Color("name:N", scale=colour, legend=legend), tooltip=tooltip)
        .transform_filter("datum.lag == lag")
        .transform_calculate(name=repr(words["repeated"]))
    )
    cut = (
        alt.Chart(pd.DataFrame({"place": [n_train - 0.5]}))
        .mark_rule(strokeDash=[2, 3], color="#888")
        .encode(x="place:Q")
    )
    said = (
        alt.Chart(errors)
        .mark_text(align="left", baseline="bottom", fontSize=13, color="#888")
        .encode(x=alt.value(0), y=alt.value(-4), text="said:N")
        .transform_filter("datum.lag == lag")
        .transform_calculate(said=f"{words['error']!r} + ' ' + format(datum.error, '.4g')")
    )
    return (line + repeated + cut + said).add_params(slider).properties(height=260)


def spectrogram_chart(picture: np.ndarray, hop: float, centres: np.ndarray, words: Mapping[str, str]) -> alt.Chart:
    """A spectrogram (T, F) of values from 0 to 1 as a heat map: time across in s, bands upwards by their middle in Hz.

    Args:
        hop: seconds from one time step to the next.
        words: for "time", "frequency".
    """
    n_times, n_bands = picture.shape
    table = pd.DataFrame(
        {
            "time": np.repeat(np.round(np.arange(n_times) * hop, 3), n_bands),
            "band": np.tile([round(float(centre)) for centre in centres], n_times),
            "loudness": picture.ravel().round(3),
        }
    )
    return (
        alt.Chart(table)
        .mark_rect()
        .encode(
            x=alt.X(
                "time:O", title=words["time"], axis=alt.Axis(values=[0, 0.1, 0.2, 0.3], format=".1f", labelAngle=0)
            ),
            y=alt.Y("band:O", title=words["frequency"], sort="descending", axis=alt.Axis(labelOverlap=True)),
            color=alt.Color("loudness:Q", scale=alt.Scale(scheme="blues", domain=[0, 1]), legend=None),
            tooltip=[alt.Tooltip("time:O", title=words["time"]), alt.Tooltip("band:O", title=words["frequency"])],
        )
        .properties(height=230)
    )
