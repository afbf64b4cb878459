"""Trees on the stage: where nodes lie, what their signs and outlines say, which node the arrow keys reach."""

from __future__ import annotations

import json

import pytest

from dlcore.functions.opinion_flips import flips
from dlcore.functions.opinion_grammar import CLASSES, ENGLISH, read_tree
from pages.other_models.rntn_trees import tree_part, tree_parts
from ui.components import stage
from ui.components.stage.mount import HERE

pytestmark = pytest.mark.browser
FILES = ("theme.js", "tape.js", "panel.js", "tree.js")
SCRIPTS = "\n".join((HERE / name).read_text(encoding="utf-8") for name in FILES)
SCRIPTS += """
function open(part, arrays) {
  const tape = new Tape();
  const panel = new TreePanel(part, { redraw() { panel.draw(tape, readTheme(document.body)); } });
  document.body.append(panel.element);
  tape.add([{ step: 0, scalars: {}, arrays }]);
  panel.stage.redraw();
  return panel;
}
const classes = (...best) => ({ data: Uint8Array.from(best.flatMap((cls) => [0, 1, 2, 3, 4].map((at) => (at === cls ? 250 : 1)))), shape: [best.length, 5] });
const signs = (panel) => panel.lanes[0].picture.boxes.map(({ sign }) => sign.textContent).join(" ");
const having = (panel, kind) => panel.lanes[0].picture.boxes.flatMap(({ group }, at) => (group.classList.contains(kind) ? [at] : []));
"""  # noqa: E501
WORDS = {"choose": "c", "reading": "{words}: {truth}", "unknown": "?"}
WORDS |= {"now": "{lane} {shares}", "past": "was {shares}", "share": "{name} {n} %"}
GOOD = read_tree("the film was good", ENGLISH)


def panel(trees: list[dict], *lanes: dict) -> str:
    return json.dumps(stage.tree("t", trees, lanes, {**WORDS, "marks": "m"}, CLASSES, "trees"))


def test_a_tree_shows_the_likeliest_class_and_where_it_is_wrong(evaluate):
    part = panel(tree_parts([GOOD], ENGLISH), stage.lane("said", "net"))
    found = evaluate(
        f"(() => {{ const panel = open({part}, {{ said: classes(2, 2, 2, 2, 3, 4, 3) }});"
        "const { places, width } = layOutTree(panel.tree.nodes);"
        "return { signs: signs(panel), off: having(panel, 'off'), said: panel.readout.textContent,"
        "inside: places.every(({ x }) => x > 0 && x < width), root: places[6].y < places[2].y } })()"
    )
    assert found["signs"] == "0 0 0 0 + + + +"
    assert found["off"] == [5]  # "was good" is positive, and the network says very positive
    assert found["said"] == "the film was good: positive\nnet positive 98 %"
    assert found["inside"]
    assert found["root"]


def test_another_tree_is_chosen_and_its_own_nodes_are_read(evaluate):
    trees = tree_parts([GOOD, read_tree("i hated the plot", ENGLISH)], ENGLISH)
    assert trees[1]["start"] == 7
    part = panel(trees, stage.lane("said", "net"))
    found = evaluate(
        f"(() => {{ const panel = open({part}, {{ said: classes(...Array(7).fill(2), 2, 0, 2, 2, 2, 0, 0) }});"
        "panel.choose(1); return signs(panel) })()"
    )
    assert found == "0 − − 0 0 0 − − − −"


def test_arrow_keys_walk_through_the_tree(evaluate):
    part = panel(tree_parts([GOOD], ENGLISH), stage.lane("said", "net"))
    found = evaluate(
        f"(() => {{ const panel = open({part}, {{ said: classes(2, 2, 2, 2, 3, 3, 3) }}); const said = [];"
        "for (const key of ['ArrowDown', 'ArrowRight', 'ArrowDown', 'ArrowUp', 'ArrowUp', 'ArrowUp']) {"
        "panel.press({ key, preventDefault() {} }); said.push(panel.readout.textContent.split(':')[0]); }"
        "return said })()"
    )
    assert found == ["the film", "was good", "was", "was good", "the film was good", "the film was good"]


def test_what_a_flip_has_changed_stands_out(evaluate):
    (flip,) = flips(GOOD, ENGLISH)
    after = tree_part(flip.tree, ENGLISH, before=GOOD, flip=flip)
    part = panel([after], stage.lane("after", "net", "before"))
    arrays = "{ before: classes(2, 2, 2, 2, 3, 3, 3), after: classes(2, 2, 2, 2, 2, 3, 1, 1, 3) }"
    found = evaluate(
        f"(() => {{ const panel = open({part}, {arrays});"
        "const said = panel.readout.textContent;"
        "return { above: having(panel, 'above'), changed: having(panel, 'changed'), said } })()"
    )
    assert found["above"] == [6, 7, 8]
    assert found["changed"] == [4, 6, 7]  # the word, what it forms, what says something else; not the root
    assert found["said"].endswith("was positive 98 %")
