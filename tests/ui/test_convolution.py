"""The JavaScript of the convolution explorer, run by a real browser, against numpy."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

from dlcore.data.images import read_mnist_sample
from dlcore.functions.convolution import avg_pool2d, conv2d, max_pool2d
from ui.components import convolution
from ui.text import read_labels

FILES = (*convolution.SCRIPTS["explorer"][:-1], "convolution/shift_state")
SCRIPTS = "\n".join((convolution.HERE / f"{name}.js").read_text(encoding="utf-8") for name in FILES)
N_CASES = 120


def draw_cases() -> list[dict]:
    """Pictures, filters and settings over their whole ranges, all of them possible."""
    generator = np.random.default_rng(5)
    cases: list[dict] = []
    while len(cases) < N_CASES:
        kernel, stride = int(generator.integers(1, 8)), int(generator.integers(1, 5))
        padding, dilation = int(generator.integers(0, 7)), int(generator.integers(1, 4))
        height, width = generator.integers(1, 14, 2)
        if dilation * (kernel - 1) + 1 > min(height, width) + 2 * padding:
            continue
        n_in, n_out = generator.integers(1, 4, 2)
        x = generator.normal(size=(n_in, height, width))
        weight = generator.normal(size=(n_out, n_in, kernel, kernel))
        settings = {"kernel": kernel, "stride": stride, "padding": padding, "dilation": dilation}
        cases.append({"x": x, "weight": weight, "settings": settings})
    return cases


def as_picture(x: np.ndarray) -> dict:
    channels, height, width = x.shape
    return {"channels": channels, "height": height, "width": width, "data": x.ravel().tolist()}


def as_array(picture: dict) -> np.ndarray:
    return np.reshape(picture["data"], (picture["channels"], picture["height"], picture["width"]))


TYPED = "const typed = (picture) => ({ ...picture, data: Float64Array.from(picture.data) });"
PLAIN = "const plain = (picture) => ({ ...picture, data: Array.from(picture.data) });"
SCRIPTS += TYPED + PLAIN


@pytest.mark.browser
def test_its_convolution_is_that_of_numpy(evaluate):
    cases = draw_cases()
    said = [
        [as_picture(case["x"]), case["weight"].reshape(len(case["weight"]), -1).tolist(), case["settings"]]
        for case in cases
    ]
    found = evaluate(f"{json.dumps(said)}.map(([picture, ...rest]) => plain(convolve(typed(picture), ...rest)))")
    for case, picture in zip(cases, found, strict=True):
        settings = case["settings"]
        wanted = conv2d(case["x"], case["weight"], None, settings["stride"], settings["padding"], settings["dilation"])
        np.testing.assert_allclose(as_array(picture), wanted, rtol=1e-12, atol=1e-12)


@pytest.mark.browser
def test_its_pooling_is_that_of_numpy(evaluate):
    cases = [case for case in draw_cases() if case["settings"]["padding"] <= case["settings"]["kernel"] // 2]
    assert len(cases) > 20
    said = [[as_picture(case["x"]), case["settings"]] for case in cases]
    found = evaluate(
        f"{json.dumps(said)}.map(([picture, settings]) => [pool(typed(picture), 'max', settings), "
        "pool(typed(picture), 'avg', { ...settings, dilation: 1 })].map(plain).map((one) => ({ ...one, data: "
        "one.data.map((value) => (value === -Infinity ? null : value)) })))"
    )
    for case, (largest, mean) in zip(cases, found, strict=True):
        kernel, stride, padding, dilation = case["settings"].values()
        wanted = max_pool2d(case["x"], kernel, stride, padding, dilation)
        ours = np.array([-np.inf if value is None else value for value in largest["data"]]).reshape(wanted.shape)
        np.testing.assert_array_equal(ours, wanted)
        np.testing.assert_allclose(as_array(mean), avg_pool2d(case["x"], kernel, stride, padding), atol=1e-12)


@pytest.mark.browser
def test_a_window_holds_what_makes_up_its_output_pixel(evaluate):
    """The products that are written out add up to the pixel, wherever it lies."""
    cases = draw_cases()[:40]
    said = [[as_picture(case["x"]), case["weight"][:1].reshape(1, -1).tolist(), case["settings"]] for case in cases]
    found = evaluate(
        f"{json.dumps(said)}.map(([given, weights, settings]) => {{ const picture = typed(given);"
        "const map = convolve(picture, weights, settings); const size = settings.kernel ** 2;"
        "return Array.from(map.data, (value, at) => { const row = Math.floor(at / map.width), column = at % map.width;"
        "let sum = 0; for (let c = 0; c < picture.channels; c++) windowAt(picture, c, settings, row, column)"
        ".forEach((tap, place) => (sum += tap.value * weights[0][c * size + place])); return [value, sum]; }) })"
    )
    for pairs in found:
        values, sums = np.transpose(pairs)
        np.testing.assert_allclose(values, sums, atol=1e-12)


@pytest.mark.browser
def test_what_cannot_be_is_refused_with_its_numbers(evaluate):
    refused = "[[7, 7, 1, 0, 3, false], [7, 4, 1, 0, 2, false], [7, 3, 1, 2, 1, true], [7, 3, 1, 2, 1, false]]"
    found = evaluate(
        f"{refused}.map(([n, kernel, stride, padding, dilation, isPool]) =>"
        "refuse({ height: n + 2, width: n }, { kernel, stride, padding, dilation }, isPool))"
    )
    assert found == [
        {"rule": "window", "n": 7, "kernel": 7, "padding": 0, "dilation": 3, "reach": 19, "padded": 7},
        None,
        {"rule": "pool", "kernel": 3, "padding": 2, "high": 1},
        None,
    ]


@pytest.mark.browser
def test_preprocessing_removes_the_mean_and_sets_the_deviation(evaluate):
    x = np.random.default_rng(2).uniform(size=(3, 5, 4))
    x[2] = 0.25  # a channel without any contrast
    said = json.dumps(as_picture(x))
    mean, norm = evaluate(f"['mean', 'norm'].map((how) => plain(prepare(typed({said}), how)))")
    centred = x - x.mean(axis=(1, 2), keepdims=True)
    deviation = x.std(axis=(1, 2), keepdims=True)
    np.testing.assert_allclose(as_array(mean), centred, atol=1e-12)
    np.testing.assert_allclose(as_array(norm), centred / np.where(deviation > 1e-9, deviation, 1), atol=1e-12)


@pytest.mark.browser
def test_kernels_do_what_their_names_say(evaluate):
    names = ["identity", "blur", "gauss", "sharpen", "edges", "sobel_x", "sobel_y", "emboss"]
    sums, grown, red_green = evaluate(
        f"[{json.dumps(names)}.map((name) => [1, 2, 3, 4, 5, 6, 7].map((size) => "
        "weightsOf({ name }, size, 1).reduce((sum, weight) => sum + weight, 0))),"
        "[1, 2, 3, 5, 7].map((size) => resizeGrid(resizeGrid([1, 2, 3, 4, 5, 6, 7, 8, 9], 7), size)),"
        "weightsOf({ name: 'red_green' }, 3, 3)]"
    )
    total = dict(zip(names, np.round(sums, 12).tolist(), strict=True))
    assert total["identity"] == total["blur"] == total["gauss"] == [1] * 7
    assert [total[name][4] for name in ("sharpen", "edges", "sobel_x", "sobel_y", "emboss")] == [1, 0, 0, 0, 1]
    assert grown[0] == [5]
    assert grown[2] == list(range(1, 10))
    assert np.reshape(grown[3], (5, 5))[1:4, 1:4].ravel().tolist() == list(range(1, 10))
    assert (red_green[4], red_green[13], sum(map(abs, red_green))) == (1, -1, 2)


@pytest.mark.browser
def test_addresses_come_back_and_nonsense_is_repaired(evaluate):
    own = "w" + "_".join(str(number) for number in range(27))
    good = [
        "digit3,rgb,conv,none,3,1,0,1,0,8,12,sobel_x",
        f"temple,grey,conv,norm,3,2,6,3,1,0,0,gauss~{own}",
        "tiny,rgb,max,mean,2,2,1,1,0,3,3,w-0.5",
    ]
    nonsense = "tiny,x,toString,,99,0,-3,1e9,9,-1,NaN,w1_2~own~wx~edges"
    again, none, repaired, weights, start = evaluate(
        f"[{json.dumps(good)}.map((text) => explorerText(readExplorer(text))),"
        "['', 'nonsense,rgb', '<b>', 'constructor'].map(readExplorer),"
        f"explorerText(readExplorer('{nonsense}')), readFilter('w1e99_2_3_4').own, explorerText(startExplorer())]"
    )
    assert again == good
    assert none == [None] * 4
    assert repaired == "tiny,rgb,conv,none,7,1,0,3,2,0,0,edges"
    assert weights == [[99, 2, 3, 4]]
    assert start == good[0]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_word_it_asks_for_is_there(language):
    text = convolution.JS["explorer"]
    asked = set(re.findall(r"words\.(convlab_\w+)", text)) | set(re.findall(r'"(convlab_\w+)"', text))
    names = {"image": ["tiny", "digit", "temple", "flower", "upload", "drawing"], "channels": ["grey", "rgb"]}
    names |= {"operation": ["conv", "max", "avg"], "preparation": ["none", "mean", "norm"]}
    kernels = ["identity", "blur", "gauss", "sharpen", "edges", "sobel_x", "sobel_y", "emboss", "red_green", "w"]
    names |= {"preset": kernels, "refused": ["window", "pool"]}
    asked |= {f"convlab_{name}_{choice}" for name, choices in names.items() for choice in choices}
    asked |= {f"convlab_{name}" for name in (*names, "kernel", "stride", "padding", "dilation")} - {"convlab_refused"}
    asked |= {f"convlab_{name}" for name in ("side", "height", "width", "add", "remove", "flip", "clear")}
    assert asked == {key for key in read_labels(language) if key.startswith("convlab_")}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_word_of_the_moved_picture_is_there(language):
    text = convolution.JS["shift"]
    asked = set(re.findall(r"words\.(shiftlab_\w+)", text)) | set(re.findall(r'"(shiftlab_\w+)"', text))
    asked |= {f"shiftlab_{name}" for name in ("image", "preset", "pooling", "right", "down", "size")}
    asked |= {f"shiftlab_{name}" for name in ("sheet", "map", "pooled", "map_off", "pooled_off")}
    asked |= {f"shiftlab_curve_{name}" for name in ("sheet", "map", "pooled", "whole")}
    assert asked == {key for key in read_labels(language) if key.startswith("shiftlab_")}


@pytest.mark.browser
def test_a_move_moves_the_map_and_the_pooled_map_by_whole_strides(evaluate):
    """Against numpy: map and pooled map of every move, and what is said of them."""
    picture = np.random.default_rng(4).uniform(size=(28, 28))
    moves = [
        (right, down, size, kind)
        for right, down in ((0, 0), (1, 0), (3, 5), (8, 8))
        for size, kind in ((2, "max"), (3, "avg"))
    ]
    given = json.dumps(as_picture(picture[None]))
    found = evaluate(
        f"{json.dumps(moves)}.map(([right, down, size, pooling]) => {{ const run = runShifted(typed({given}),"
        "{ preset: 'edges', pooling, size }, right, down); return [run.map, run.pooled].map(plain) })"
    )
    edges = np.full((1, 1, 3, 3), -1.0)
    edges[0, 0, 1, 1] = 8
    for (right, down, size, kind), (map_, pooled) in zip(moves, found, strict=True):
        sheet = np.zeros((1, 44, 44))
        sheet[0, 8 + down : 36 + down, 8 + right : 36 + right] = picture
        wanted = np.maximum(0, conv2d(sheet, edges, padding=1))
        np.testing.assert_allclose(as_array(map_), wanted, atol=1e-12)
        theirs = max_pool2d(wanted, size) if kind == "max" else avg_pool2d(wanted, size)
        np.testing.assert_allclose(as_array(pooled), theirs, atol=1e-12)


@pytest.mark.browser
def test_what_a_move_changes(evaluate):
    """The map's mean never; the pooled map of a move by a whole number of strides is the old one, moved."""
    picture = json.dumps(as_picture(np.random.default_rng(4).uniform(size=(1, 28, 28))))
    changes = evaluate(f"changesByShift(typed({picture}), {{ preset: 'edges', pooling: 'max', size: 2 }})")
    assert len(changes) == 9
    assert changes[0] == {"sheet": 0, "map": 0, "pooled": 0, "whole": 0}
    assert max(row["whole"] for row in changes) < 1e-12
    assert all(row["sheet"] > 0.5 < row["map"] for row in changes[1:])
    off = evaluate(
        f"[1, 2].map((right) => {{ const picture = typed({picture});"
        "const state = { preset: 'edges', pooling: 'max', size: 2 };"
        "const [still, moved] = [0, right].map((by) => runShifted(picture, state, by, 0).pooled);"
        "return shareChanged(movePicture(still, Math.round(right / 2), 0), moved) })"
    )
    assert off[0] > 0.05
    assert off[1] == 0


@pytest.mark.browser
def test_links_of_the_moved_picture(evaluate):
    good = ["digit3,1,0,edges,max,2", "digit0,8,8,gauss,avg,8"]
    found = evaluate(
        f"[{json.dumps(good)}.map((text) => shiftText(readShift(text))), ['', 'digit99', 'temple,1'].map(readShift),"
        "shiftText(readShift('digit1,99,-5,x,y,NaN')), shiftText(startShift())]"
    )
    assert found == [good, [None] * 3, "digit1,8,0,edges,max,2", good[0]]


@pytest.mark.browser
def test_a_pooled_map_changes_less_than_the_map_before_it(evaluate):
    """What the page says of a move by one pixel, for two of each digit, every kernel and both kinds of pooling."""
    digits = [as_picture(digit[None]) for digit in read_mnist_sample()[0][20::250].astype(float)]
    changes = evaluate(
        f"{json.dumps(digits)}.map(typed).flatMap((picture) => SHIFT_KERNELS.flatMap((preset) => SHIFT_POOLS.map("
        "(pooling) => { const state = { preset, pooling, size: 2 }; const still = runShifted(picture, state, 0, 0);"
        "const moved = runShifted(picture, state, 1, 0);"
        "return ['map', 'pooled'].map((name) => shareChanged(still[name], moved[name])); })))"
    )
    less = np.reshape([pooled < map_ for map_, pooled in changes], (20, 4, 2))  # digit, kernel, kind of pooling
    assert less[..., 0].all()
    assert np.count_nonzero(~less[..., 1]) <= 1
