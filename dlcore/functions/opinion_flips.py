"""Negations put into a sentence of the opinion grammar or taken out; which node is which one of the tree before.

A path leads from the root to a node: 0 to the left child, 1 to the right one.
"""

from __future__ import annotations

from typing import NamedTuple

from dlcore.errors import DataError
from dlcore.functions.opinion_grammar import Grammar, Tree, parse, words_of

Path = tuple[int, ...]
NOWHERE: Path = (-1,)


class Flip(NamedTuple):
    """`word` is put before the node at `path`, or taken from there, or becomes `other`; `tree` is what comes of it."""

    act: str  # "insert", "remove", "swap"
    path: Path
    word: str
    other: str
    tree: Tree


def flips(tree: Tree, grammar: Grammar) -> list[Flip]:
    """Every single change of a negation that leaves a sentence of the grammar, from left to right."""
    found = []
    for path in list_paths(tree):
        part = part_at(tree, path)
        if isinstance(part, tuple) and grammar.has(part[0], "not", "never"):
            found.append(_flip("remove", tree, path, part[0], "", part[1]))
        for word in dict.fromkeys((*grammar.words["not"], *grammar.words["never"])):
            found.append(_flip("insert", tree, path, word, "", (word, part)))
        if grammar.has(part, "nobody"):
            found.append(_flip("swap", tree, path, part, grammar.words["person"][-1], grammar.words["person"][-1]))
        if grammar.has(part, "person"):
            found.append(_flip("swap", tree, path, part, grammar.words["nobody"][0], grammar.words["nobody"][0]))
    found.sort(key=lambda flip: first_word(tree, flip.path))
    return [flip for flip in found if is_parsed(flip.tree, grammar)]


def is_parsed(tree: Tree, grammar: Grammar) -> bool:
    """Whether this is the tree that the grammar gives these words."""
    try:
        return parse(words_of(tree), grammar) == tree
    except DataError:
        return False


def _flip(act: str, tree: Tree, path: Path, word: str, other: str, part: Tree) -> Flip:
    return Flip(act, path, word, other, replace(tree, path, part))


def counterparts(tree: Tree, flip: Flip) -> list[int]:
    """For every node of `flip.tree`, as `list_paths` lists them, the number of the node of `tree` that it was.

    −1 for the two nodes that are new: a negation and what it forms with what follows.
    """
    before = {path: number for number, path in enumerate(list_paths(tree))}
    return [before.get(_path_before(path, flip), -1) for path in list_paths(flip.tree)]


def is_above(path: Path, flip: Flip) -> bool:
    """Whether a node of `flip.tree` has the changed place among its words, the place itself included."""
    return flip.path[: len(path)] == path


def _path_before(path: Path, flip: Flip) -> Path:
    """Where a node of `flip.tree` was; a path that leads nowhere for one that is new."""
    depth = len(flip.path)
    if flip.act == "swap" or path[:depth] != flip.path:
        return path
    rest = path[depth:]
    if flip.act == "remove":
        return (*flip.path, 1, *rest)
    return (*flip.path, *rest[1:]) if rest[:1] == (1,) else NOWHERE


# --- paths


def list_paths(tree: Tree, path: Path = ()) -> list[Path]:
    """The paths of all nodes, each after those of its children: in the order of the numbers of `list_nodes`."""
    if isinstance(tree, str):
        return [path]
    return [*list_paths(tree[0], (*path, 0)), *list_paths(tree[1], (*path, 1)), path]


def part_at(tree: Tree, path: Path) -> Tree:
    return part_at(tree[path[0]], path[1:]) if path else tree


def replace(tree: Tree, path: Path, part: Tree) -> Tree:
    """The tree with another part at a path."""
    if not path:
        return part
    children = [replace(child, path[1:], part) if side == path[0] else child for side, child in enumerate(tree)]
    return tuple(children)


def first_word(tree: Tree, path: Path) -> int:
    """How many words stand before the node at a path."""
    if not path:
        return 0
    before = len(words_of(tree[0])) if path[0] else 0
    return before + first_word(tree[path[0]], path[1:])
