"""The JavaScript of the table of layers, run by a real browser, against dlcore's arithmetic."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

from dlcore.errors import StackError
from dlcore.functions import layer_arithmetic
from dlcore.functions.layer_arithmetic import describe_stack, parse_stack
from ui.components import layer_stack
from ui.text import read_labels

SCRIPTS = "\n".join((layer_stack.HERE / f"{name}.js").read_text(encoding="utf-8") for name in layer_stack.SCRIPTS[:-1])
PARTS = ["conv 8 3", "conv 4 5 s2 p2", "conv 3 2 d4 p6", "conv 6 11", "conv 600 3", "conv 8", "conv 8 3 x1", "conv a b"]
PARTS += [
    "maxpool 2",
    "maxpool 3 s2 p1",
    "maxpool 3 p2",
    "maxpool 2 d3 s1",
    "avgpool 2",
    "avgpool 4 s4",
    "avgpool 2 d2",
]
PARTS += ["relu", "PReLU", "batchnorm", "dropout 0.3", "dropout 0.955", "dropout 2", "dropout", "flatten", "flatten 3"]
PARTS += [
    "linear 10",
    "linear 0",
    "linear 9999",
    "linear 7 s2",
    "avgpool 2 d2",
    "blur 3",
    "toString",
    "conv 2 1 s99999",
]
SHAPES = [(1, 28, 28), (3, 9, 9), (2, 32, 32)]


def draw_stacks() -> list[list[str]]:
    """Stacks of one to thirteen layers, many of which do not fit."""
    generator = np.random.default_rng(0)
    drawn = [[PARTS[at] for at in generator.integers(0, len(PARTS), generator.integers(1, 14))] for _ in range(150)]
    short = [[part, *after] for part in PARTS for after in ([], ["relu"], ["flatten", "linear 5"])]
    return [*drawn, *short, ["relu"] * 13]


def describe(rows: list[str], shape: tuple[int, ...]) -> tuple[list, dict | None]:
    """What dlcore says: reports up to the first layer that cannot be, and what is wrong with it."""
    reports: list = []
    for at in range(len(rows)):
        try:
            reports = describe_stack(parse_stack("-".join(rows[: at + 1])), shape)
        except StackError as error:
            return reports, {"code": error.code, **error.values}
    return reports, None


@pytest.mark.browser
def test_it_says_what_dlcore_says(evaluate):
    stacks = draw_stacks()
    shapes = [SHAPES[at % len(SHAPES)] for at in range(len(stacks))]
    found = evaluate(f"{json.dumps(list(zip(stacks, shapes, strict=True)))}.map((given) => describeStack(...given))")
    codes = set()
    for rows, shape, said in zip(stacks, shapes, found, strict=True):
        reports, refusal = describe(rows, shape)
        ours = [
            [list(one.shape), one.n_parameters, one.n_multiply_adds, one.receptive_field, one.jump] for one in reports
        ]
        names = ("shape", "nParameters", "nMultiplyAdds", "receptiveField", "jump")
        assert [[one[name] for name in names] for one in said["reports"]] == ours, rows
        if refusal is None:
            assert said["refusal"] is None, rows
            continue
        codes.add(refusal["code"])
        told = {name: value for name, value in refusal.items() if name not in ("value", "name")}
        assert told.items() <= said["refusal"].items(), rows
    assert codes == set(layer_stack.REFUSALS)


@pytest.mark.browser
def test_it_knows_the_same_bounds_and_its_presets_fit(evaluate):
    *bounds, presets = evaluate("[MAX_LAYERS, ACTIVATION_LAYERS, BOUNDS, STACKS]")
    assert bounds == [
        layer_arithmetic.MAX_LAYERS,
        list(layer_arithmetic.ACTIVATION_LAYERS),
        {name: list(between) for name, between in layer_arithmetic.BOUNDS.items()},
    ]
    for name, preset in presets.items():
        reports = describe_stack(parse_stack(preset["layers"]), (preset["channels"], preset["size"], preset["size"]))
        assert reports, name


@pytest.mark.browser
def test_halving(evaluate):
    sizes = evaluate("USUAL_SIZES.map((size) => [size, countHalvings(size), halve(size)])")
    assert {size: n for size, n, _ in sizes} == {28: 2, 32: 5, 64: 6, 96: 5, 224: 5, 384: 7, 512: 9}
    assert {size: chain for size, _, chain in sizes}[224] == [224, 112, 56, 28, 14, 7, 3, 1]


@pytest.mark.browser
def test_links_come_back_with_what_is_wrong_in_them(evaluate):
    good = ["28,1,0,conv 6 5 p2-relu-flatten", "224,3,1,conv 6 5 s1-blur 9"]
    again, none, repaired, cleaned = evaluate(
        f"[{json.dumps(good)}.map((text) => stackText(readStack(text))), ['', 'x,1,0,relu', '<b>'].map(readStack),"
        "stackText(readStack('99999,7,44,' + Array(20).fill('relu').join('-'))),"
        "stackText({ ...startStack(), rows: ['a,b-c;d'] })]"
    )
    assert again == good
    assert none == [None] * 3
    assert repaired == "512,1,11," + "-".join(["relu"] * 12)
    assert cleaned == "28,1,0,a b c d"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_word_it_asks_for_is_there(language):
    text = layer_stack.JS
    asked = set(re.findall(r"words\.(stacklab_\w+)", text)) | set(re.findall(r'"(stacklab_\w+)"', text))
    asked |= {f"stacklab_{name}" for name in ("layer", "shape", "parameters", "work", "field", "side", "values")}
    asked |= {f"stacklab_preset_{name}" for name in ("lenet", "vgg", "alexnet", "allconv", "dilated", "mlp")}
    asked |= {"stacklab_channels_1", "stacklab_channels_3"}
    assert asked == {key for key in read_labels(language) if key.startswith("stacklab_")}
