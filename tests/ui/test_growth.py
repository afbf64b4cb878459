"""The browser's parameter counts against the course's layer arithmetic."""

from __future__ import annotations

import json
import re

import pytest

from dlcore.functions.layer_arithmetic import describe_stack, parse_stack
from ui.components import growth
from ui.text import read_labels

SCRIPTS = "\n".join((growth.HERE / name).read_text(encoding="utf-8") for name in growth.SCRIPTS[:-1])
STATES = [
    {"side": side, "channels": channels, "units": units, "filters": filters, "layers": layers}
    for side, channels, units, filters, layers in ((8, 1, 8, 4, 1), (40, 3, 128, 32, 2), (88, 4, 512, 128, 3))
]


def stacks(state: dict[str, int]) -> list[str]:
    """The three networks as the layer arithmetic reads them."""
    hidden = "-".join(f"linear {state['units']}-relu" for _ in range(state["layers"]))
    windows = "-".join(f"conv {state['filters']} 3 p1-relu-maxpool 2" for _ in range(state["layers"]))
    small = state["side"] // 2 ** state["layers"]
    pooled = f"{windows}-avgpool {small} s1-flatten-linear 10"
    return [f"flatten-{hidden}-linear 10", f"{windows}-flatten-linear 10", pooled]


@pytest.mark.browser
def test_parameters_are_those_of_the_layer_arithmetic(evaluate):
    found = evaluate(f"{json.dumps(STATES)}.map((state) => NETS.map((net) => countParameters(net, state)))")
    for state, counts in zip(STATES, found, strict=True):
        shape = (state["channels"], state["side"], state["side"])
        wanted = [
            sum(layer.n_parameters for layer in describe_stack(parse_stack(text), shape)) for text in stacks(state)
        ]
        assert counts == wanted


@pytest.mark.browser
def test_addresses_come_back_and_nonsense_is_repaired(evaluate):
    asked = ["224,3,128,64,3", "1e9,x,-4,,7", "", "a,b"]
    found = evaluate(f"{json.dumps(asked)}.map(readGrowth).map((state) => state && growthText(state))")
    assert found == ["224,3,128,64,3", "512,3,8,32,3", None, None]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_word_it_asks_for_is_there(language):
    asked = set(re.findall(r"words\.(growthlab_\w+)", growth.JS)) | {"growthlab_corrected"}
    asked |= {
        f"growthlab_{name}" for name in ("side", "channels", "units", "filters", "layers", "mlp", "flat", "pooled")
    }
    assert asked == {key for key in read_labels(language) if key.startswith("growthlab_")}
