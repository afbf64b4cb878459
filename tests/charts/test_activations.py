"""The charts of the page Activations, as Vega-Lite."""

from __future__ import annotations

from dlcore.charts.activations import FLOOR, cost_chart, race_chart

LANES = [
    {"name": "GELU", "median": 0.1, "low": 0.0, "high": 0.2},
    {"name": "tanh", "median": 0.4, "low": 0.3, "high": 0.5},
]
COSTS = [
    {"activation": name, "forward": ns, "forward_low": ns, "forward_high": ns, "backward": 2, "backward_low": 2,
     "backward_high": 3}
    for name, ns in (("tanh", 2.0), ("ReLU", 0.1))
]  # fmt: skip


def test_the_race_keeps_its_order_and_shows_zero_on_a_logarithmic_axis():
    chart = race_chart(LANES, "Test loss").to_dict()
    (rows,) = chart["datasets"].values()
    assert rows[0]["low"] == FLOOR
    assert chart["layer"][0]["encoding"]["y"]["sort"] == ["GELU", "tanh"]
    assert {layer["mark"]["type"] for layer in chart["layer"]} == {"rule", "point"}
    assert LANES[0]["low"] == 0.0  # the input is as it was


def test_the_cheapest_comes_first_and_both_ways_are_told_apart():
    chart = cost_chart(COSTS, {"forward": "前向", "backward": "反向", "title": "ns"}).to_dict()
    encoding = chart["layer"][0]["encoding"]
    assert encoding["y"]["sort"] == ["ReLU", "tanh"]
    assert encoding["color"]["scale"]["domain"] == ["前向", "反向"]
    (rows,) = chart["datasets"].values()
    assert len(rows) == 4
