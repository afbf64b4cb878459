"""Nodes and what joins them: networks, graphs of numbers, trees of words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ui.components.stage.part import Part, part


def network(
    title: str,
    sizes: Sequence[int],
    inputs: Sequence[str],
    input_names: Sequence[str],
    activation: str,
    output: str | None,
    alt: str,
    width: float = 1.0,
) -> Part:
    """A fully connected network: arrays `weights`, `biases` (flat, layer by layer), `units`, `unit_max`.

    Args:
        sizes: units of each layer, inputs and outputs included.
        inputs: features of the playground, none for plain numbers; `input_names` are how to write them.
        activation: the word for the hidden units' activation function.
        output: the surface (R, C) that the output unit shows, or (K, R, C), one for each; None for one colour a class.
    """
    names = {"inputs": list(inputs), "input_names": list(input_names), "activation": activation}
    return part("network", title=title, sizes=list(sizes), **names, output=output, alt=alt, width=width)


def graph(
    title: str, nodes: Sequence[Part], edges: Sequence[Part], values: str, gradients: str, alt: str, width: float = 1.0
) -> Part:
    """A graph of numbers, laid out as in `record_walk`, with two arrays (N,): every node's value and gradient."""
    drawn = {"nodes": list(nodes), "edges": list(edges)}
    return part("graph", title=title, **drawn, values=values, gradients=gradients, alt=alt, width=width)


def tree(
    title: str,
    trees: Sequence[Part],
    lanes: Sequence[Part],
    words: Mapping[str, str],
    classes: Sequence[str],
    alt: str,
    help: str = "",
    width: float = 1.0,
) -> Part:
    """Binary trees to choose from, each drawn for every lane: arrays (nodes of all trees, 5) of uint8, shares of the
    five `classes` from the worst to the best, 255 for 1.

    Args:
        trees: name, `start` (its first node in the arrays) and `nodes`, see `tree_node`.
        words: how to say it: `choose` a tree; `reading` {words} and {truth}, `unknown` truth; `now` {lane} and
            {shares}, `past` the {shares} before, `share` {name} and {n} per cent; `marks`, what the outlines mean.
    """
    said = {"trees": list(trees), "lanes": list(lanes), "classes": list(classes), "help": help, **words}
    return part("tree", title=title, alt=alt, width=width, **said)


def tree_node(
    words: str,
    word: str | None,
    children: tuple[int, int] | None,
    truth: int | None,
    was: int = -1,
    is_above: bool = False,
    is_new: bool = False,
) -> Part:
    """One node: its words, itself a word or two children (numbers of earlier nodes), its true class if there is one.

    `was` is its number in a lane's `before`, `is_above`: a change lies among its words, `is_new`: it is the change.
    """
    left, right = children or (-1, -1)
    place = {"words": words, "word": word, "left": left, "right": right, "truth": truth}
    return {**place, "was": was, "isAbove": is_above, "isNew": is_new}
