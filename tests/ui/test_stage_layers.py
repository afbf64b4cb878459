"""Arrows, nets and histograms: what is drawn where, what is said, and the forks at one click."""

from __future__ import annotations

import json

from ui.components import stage
from ui.components.stage.mount import HERE

FILES = ("theme.js", "tape.js", "panel.js", "plot.js", "curves.js", "histogram.js", "toolbar.js")
SCRIPTS = "\n".join((HERE / name).read_text(encoding="utf-8") for name in FILES)
SCRIPTS += """
const theme = { ...readTheme(document.body), series: ["#0072B2", "#D55E00"] };
const makeStage = (more) => ({ redraw() {}, labels: {}, header: {}, spotlight: null, ...more });
function draw(panel, arrays, act = () => {}) {
  const tape = new Tape();
  tape.add([{ step: 0, scalars: {}, arrays }]);
  panel.element.style.width = "402px";
  document.body.append(panel.element);
  panel.draw(tape, theme);
  const context = panel.canvas.getContext("2d");
  const lines = [];
  for (const name of ["moveTo", "lineTo"]) {
    const plain = context[name].bind(context);
    context[name] = (x, y) => { lines.push([name, ...(panel.toPlane?.(x, y) ?? [x, y])]); plain(x, y); };
  }
  act(panel);
  panel.draw(tape, theme);
  return { said: panel.readout.textContent, lines, legend: panel.legend.textContent };
}
"""

PLACES = "{ data: Int16Array.of(0, 0, 16384, 0), shape: [2, 2] }"
ARROWS = f"{{ places: {PLACES}, push: {{ data: Int16Array.of(0, 32767, 0, 0), shape: [2, 2] }} }}"
NET = "{ net: { data: Int16Array.of(0, 0, 100, 0, 0, 200, 100, 200), shape: [2, 2, 2] } }"
COUNTS = "{ counts: { data: Int32Array.of(1, 0, 7, 2), shape: [4] } }"


def on_plane(layer: dict, arrays: str, act: str = "() => {}") -> str:
    part = stage.plot("t", [layer], "a plane", (-3, 3, -3, 3))
    return f"draw(new PlotPanel({json.dumps(part)}, makeStage()), {arrays}, {act})"


def rounded(lines: list) -> list:
    return [[name, round(x, 1), round(y, 1)] for name, x, y in lines]


def test_an_arrow_goes_from_its_place_along_its_vector(evaluate):
    layer = stage.arrows("places", "push", label="push", scale=16384, length=0.8)
    found = evaluate(on_plane(layer, ARROWS))
    assert rounded(found["lines"])[:2] == [["moveTo", 0, 0], ["lineTo", 0, 0.8]]
    assert len(found["lines"]) == 6  # two barbs; the vector of length 0 is a dot
    assert "push" in found["legend"]


def test_a_layer_can_be_switched_off(evaluate):
    layer = stage.arrows("places", "push", label="push", scale=16384)
    click = "(panel) => panel.legend.querySelector('input').click()"
    assert evaluate(on_plane(layer, ARROWS, click))["lines"] == []


def test_a_net_has_a_line_along_each_row_and_column(evaluate):
    found = evaluate(on_plane(stage.mesh("net", scale=100), NET))
    rows = [["lineTo", 0, 0], ["lineTo", 1, 0], ["lineTo", 0, 2], ["lineTo", 1, 2]]
    columns = [["lineTo", 0, 0], ["lineTo", 0, 2], ["lineTo", 1, 0], ["lineTo", 1, 2]]
    assert rounded(found["lines"]) == rows + columns


def histogram(act: str = "() => {}", **options) -> str:
    part = stage.histogram("t", "counts", -2, 2, "{low} to {high}: {count}", "counts", **options)
    return f"draw(new HistogramPanel({json.dumps(part)}, makeStage()), {COUNTS}, {act})"


def test_a_histogram_tells_the_fullest_bin_or_the_one_pointed_at(evaluate):
    assert evaluate(histogram())["said"] == "0 to 1: 7"
    point = "(panel) => (panel.pointer = { x: AXES.left + 2, y: 20 })"
    assert evaluate(histogram(point))["said"] == "−2 to −1: 1"
    assert evaluate(histogram(point, log=True))["said"] == "0.01 to 0.1: 1"


def test_a_histogram_marks_values(evaluate):
    found = evaluate(histogram(marks=[stage.mark(0.0, "zero")]))
    assert "zero" in found["legend"]
    middle = 46 + (400 - 46 - 8) / 2
    assert ["moveTo", middle, 6] in found["lines"]


def test_a_shortcut_forks_at_once_but_not_before_the_first_step(evaluate):
    shortcuts = [{"field": "turns", "value": 2, "label": "only G", "icon": "play"}]
    labels = {name: name for name in ("stage_from_here", "stage_place", "stage_at")}
    script = f"""(() => {{
      const forks = [];
      const tape = new Tape();
      tape.add([0, 1].map((step) => ({{ step, scalars: {{}}, arrays: {{}} }})));
      const stage = makeStage({{
        shortcuts: {json.dumps(shortcuts)}, labels: {json.dumps(labels)}, editable: [], n_steps: 9, tape,
        together: (act) => act(stage), fork: (...what) => forks.push(what),
      }});
      const bar = new Toolbar(stage);
      bar.update(tape, {{ n_steps: 9, step: 1 }});
      const before = bar.shortcuts[0].disabled;
      tape.seek(1);
      bar.update(tape, {{ n_steps: 9, step: 1 }});
      bar.shortcuts[0].click();
      return {{ before, after: bar.shortcuts[0].disabled, forks }};
    }})()"""
    assert evaluate(script) == {"before": True, "after": False, "forks": [["turns", 2]]}


def test_bars_tell_the_numbers_of_the_tallest_or_of_the_one_pointed_at(evaluate):
    part = stage.bars(
        "t", "counts", "{n}", "counts", reading="{n}: {other} makes {value}", values={"other": "more"}, domain=(0, 10)
    )
    arrays = "{ counts: { data: Float32Array.of(1, 0.25, 7, 2) }, more: { data: Float32Array.of(5, 6, 0.125, 8) } }"
    point = "(panel) => (panel.pointer = { x: AXES.left + 2, y: 20 })"
    drawn = f"new BarsPanel({json.dumps(part)}, makeStage()), {arrays}"
    assert evaluate(f"draw({drawn})")["said"] == "3: 0.125 makes 7"
    assert evaluate(f"draw({drawn}, {point})")["said"] == "1: 5 makes 1"
