"""Texts and tagged sentences on the stage: what is shown, what is coloured, what stands out."""

from __future__ import annotations

import json

from ui.components import stage
from ui.components.stage.mount import HERE

FILES = ("theme.js", "tape.js", "panel.js", "writing.js")
SCRIPTS = "\n".join((HERE / name).read_text(encoding="utf-8") for name in FILES)
SCRIPTS += """
const theme = readTheme(document.body);
function draw(panel, ...frames) {
  const tape = new Tape();
  document.body.append(panel.element);
  frames.forEach((arrays, step) => {
    tape.add([{ step, scalars: {}, arrays }]);
    tape.seek(step);
    panel.draw(tape, theme);
  });
  return panel;
}
"""
WRITTEN = "{ written: { data: Int16Array.of(1, 2, 0, 2, 2, 1), shape: [2, 3] }, strength: { data: Uint8Array.of(0, 255, 0, 51, 0, 0), shape: [2, 3] } }"  # noqa: E501
TAGS = "{ true: { data: Int8Array.of(0, 1, 1, -1), shape: [2, 2] }, said: { data: Int8Array.of(0, 0, 1, -1), shape: [2, 2] } }"  # noqa: E501


def test_a_text_shows_line_ends_and_marks(evaluate):
    part = stage.text("t", "written", "\nab", "texts", colour="strength", reading="{character}: {value}", scale=0.1)
    found = evaluate(
        f"(() => {{ const panel = draw(new TextPanel({json.dumps(part)}, {{}}), {WRITTEN}); panel.tell(1);"
        "return { rows: [...panel.rows.children].map((row) => row.textContent), said: panel.readout.textContent,"
        "marked: panel.cells.map((cell) => cell.style.backgroundColor !== '') } })()"
    )
    assert found["rows"] == ["ab↵\n", "bba"]
    assert found["said"] == "b: 25.5"
    assert found["marked"] == [False, True, False, True, False, False]


def test_a_new_frame_changes_the_same_cells(evaluate):
    part = stage.text("t", "written", "\nab", "texts")
    later = "{ written: { data: Int16Array.of(2, 2, 2, 1, 1, 1), shape: [2, 3] } }"
    found = evaluate(
        f"(() => {{ const panel = new TextPanel({json.dumps(part)}, {{}}); draw(panel, {WRITTEN});"
        f"const before = panel.cells[0]; draw(panel, {later});"
        "return { same: before === panel.cells[0], text: panel.rows.textContent } })()"
    )
    assert found == {"same": True, "text": "bbbaaa"}


def test_wrong_tags_stand_out(evaluate):
    part = stage.words("w", [["the", "dog"], ["!"]], ("DET", "NOUN"), [stage.lane("said", "one way")], "true", "tags")
    found = evaluate(
        f"(() => {{ const panel = draw(new WordsPanel({json.dumps(part)}), {TAGS});"
        "return [...panel.body.querySelectorAll('td.off')].map((cell) => cell.textContent)"
        ".concat([...panel.body.querySelectorAll('th')].map((cell) => cell.textContent)) })()"
    )
    assert found == ["≠ DET", "the", "dog", "one way", "!", "one way"]
