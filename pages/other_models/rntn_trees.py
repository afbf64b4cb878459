"""Trees of the opinion grammar as the stage draws them."""

from __future__ import annotations

from collections.abc import Sequence

from dlcore.functions.opinion_flips import Flip, counterparts, is_above, is_parsed, list_paths, part_at
from dlcore.functions.opinion_grammar import CLASSES, Grammar, Tree, classify, score, words_of, write
from ui.components import stage
from ui.page import Page

WORDS = ("choose", "reading", "unknown", "now", "past", "share")


def tree_panel(
    page: Page, name: str, trees: Sequence[dict], lanes: Sequence[dict], marks: str, width: float = 1.0
) -> dict:
    """A panel titled `name` with trees of `tree_part`; `marks` names the label that explains the outlines."""
    label = page.labels
    said = {word: label[f"rntn_tree_{word}"] for word in WORDS} | {"marks": label[marks]}
    classes = [label[f"rntn_class_{cls}"] for cls in CLASSES]
    return stage.tree(label[name], trees, lanes, said, classes, label["rntn_tree_alt"], label["rntn_tree_help"], width)


def tree_parts(trees: Sequence[Tree], grammar: Grammar) -> list[dict]:
    """Several trees whose nodes lie one after another in the arrays."""
    parts: list[dict] = []
    for tree in trees:
        start = parts[-1]["start"] + len(parts[-1]["nodes"]) if parts else 0
        parts.append(tree_part(tree, grammar, start))
    return parts


def tree_part(tree: Tree, grammar: Grammar, start: int = 0, before: Tree = None, flip: Flip | None = None) -> dict:
    """One tree; with a `flip` it is what that made of the tree `before`."""
    paths = list_paths(tree)
    numbers = {path: number for number, path in enumerate(paths)}
    was = counterparts(before, flip) if flip else [-1] * len(paths)
    is_true = is_parsed(tree, grammar)
    nodes = []
    for path, old in zip(paths, was, strict=True):
        part = part_at(tree, path)
        is_leaf = isinstance(part, str)
        nodes.append(
            stage.tree_node(
                write(words_of(part), grammar),
                part if is_leaf else None,
                None if is_leaf else (numbers[*path, 0], numbers[*path, 1]),
                classify(score(part, grammar)) if is_true else None,
                was=old,
                is_above=flip is not None and is_above(path, flip),
                is_new=flip is not None and old < 0,
            )
        )
    return {"name": write(words_of(tree), grammar), "start": start, "nodes": nodes}
