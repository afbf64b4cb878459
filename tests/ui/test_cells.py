"""Tiles and matrix: which cell is meant, what is said about it, what a choice sends."""

from __future__ import annotations

import json

from ui.components import stage
from ui.components.stage.mount import HERE

FILES = ("theme.js", "tape.js", "panel.js", "plot.js", "curves.js", "cells.js")
SCRIPTS = "\n".join((HERE / name).read_text(encoding="utf-8") for name in FILES)
SCRIPTS += """
const theme = { ...readTheme(document.body), series: [] };
const sent = [];
const makeStage = () => ({ redraw() {}, send(...what) { sent.push(what); }, labels: {} });
function draw(panel, arrays, act = () => {}) {
  const tape = new Tape();
  tape.add([{ step: 0, scalars: {}, arrays }]);
  panel.element.style.width = "402px";
  document.body.append(panel.element);
  panel.draw(tape, theme);
  act(panel);
  panel.draw(tape, theme);
  return { said: panel.readout.textContent, grid: panel.grid, sent, alt: panel.canvas.getAttribute("aria-label") };
}
const press = (panel, ...keys) =>
  keys.forEach((key) => panel.canvas.dispatchEvent(new KeyboardEvent("keydown", { key })));
"""

DIGITS = "{ digits: { data: Uint8Array.from({ length: 40 }, (_, at) => 5 * at), shape: [10, 2, 2] }, true_class: { data: [3, 1, 4, 1, 5, 9, 2, 6, 5, 3], shape: [10] } }"  # noqa: E501
COUNTS = "{ counts: { data: Int32Array.of(5, 0, -2, 8, 1, 10), shape: [2, 3] } }"


def panel(part: dict, kind: str) -> str:
    return f"new {kind}({json.dumps(part)}, makeStage())"


def test_a_tile_tells_its_caption_and_its_pixel(evaluate):
    part = stage.tiles("t", "digits", "ten digits", columns=4, caption="{n}: {true}", values={"true": "true_class"})
    point = "(panel) => (panel.pointer = { x: panel.pitch[0] + 2, y: panel.pitch[1] + 2 })"
    found = evaluate(f"draw({panel(part, 'TilesPanel')}, {DIGITS}, {point})")
    assert found["grid"] == [3, 4]
    assert found["said"] == "6: 9 · (1, 1): 0.39"  # 5 · 20 / 255
    assert found["alt"] == "ten digits"


def test_keys_choose_a_tile(evaluate):
    part = stage.tiles("t", "digits", "ten digits", columns=4, clickable=True)
    keys = "(panel) => press(panel, 'ArrowRight', 'ArrowRight', 'ArrowDown', 'Enter')"
    found = evaluate(f"draw({panel(part, 'TilesPanel')}, {DIGITS}, {keys})")
    assert found["sent"] == [["click", {"x": 5, "y": 0, "label": 0}]]


def test_a_matrix_names_row_column_and_value(evaluate):
    part = stage.matrix(
        "m", "counts", "{row}, {column}: {value}", "counts", rows=("cat", "dog"), columns=("a", "b", "c"), scale=2
    )
    point = "(panel) => (panel.pointer = { x: panel.area.left + 2.5 * panel.area.wide, y: 1.5 * panel.area.high + 4 })"
    found = evaluate(f"draw({panel(part, 'MatrixPanel')}, {COUNTS}, {point})")
    assert found["said"] == "dog, c: 5"


def test_outside_the_cells_nothing_is_said_or_sent(evaluate):
    part = stage.matrix("m", "counts", "{row}, {column}: {value}", "counts", clickable=True)
    act = "(panel) => { panel.pointer = { x: 1, y: 399 }; panel.choose(); }"
    found = evaluate(f"draw({panel(part, 'MatrixPanel')}, {COUNTS}, {act})")
    assert (found["said"], found["sent"]) == ("", [])


def test_a_name_in_two_lines_is_as_wide_as_the_longer_and_read_in_one(evaluate):
    part = stage.matrix("m", "counts", "{column}: {value}", "counts", columns=("?\nb", ".", "a"))
    point = "(panel) => (panel.pointer = { x: panel.area.left + 0.5 * panel.area.wide, y: 0.5 * panel.area.high + 4 })"
    found = evaluate(f"draw({panel(part, 'MatrixPanel')}, {COUNTS}, {point})")
    assert found["said"] == "? b: 5"
    assert evaluate("['?\\nb', '月\\nab', '.'].map(widthOf)") == [1, 2, 1]


def test_rows_that_mean_something_stay_rows_on_a_narrow_screen(evaluate):
    fits, kept = (stage.tiles("t", "digits", "ten digits", columns=10, keep_rows=keep) for keep in (False, True))
    assert evaluate(f"draw({panel(fits, 'TilesPanel')}, {DIGITS})")["grid"] == [2, 8]
    assert evaluate(f"draw({panel(kept, 'TilesPanel')}, {DIGITS})")["grid"] == [1, 10]


def test_a_matrix_has_no_colour_in_its_middle(evaluate):
    part = stage.matrix("m", "counts", "", "counts", signed=True, middle=5, limit=5)
    colours = evaluate(f"[0, 5, 10].map((value) => {panel(part, 'MatrixPanel')}.colourOf(value, 5, theme))")
    assert colours == [[0, 114, 178], [244, 244, 244], [230, 130, 0]]
