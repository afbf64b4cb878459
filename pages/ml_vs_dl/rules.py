"""A tree as sentences: nested rules about pixels, with the way that one image takes."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from ui.text import Labels

SIDE = 8


class Tree(NamedTuple):
    """Node by node (N,): the pixel that is asked about and its threshold, the children (−1 at a leaf), the digit that
    most of its samples are, what share of them, and how many samples there are."""

    pixel: np.ndarray
    threshold: np.ndarray
    left: np.ndarray
    right: np.ndarray
    digit: np.ndarray
    share: np.ndarray
    samples: np.ndarray


def rules(tree: Tree, image: np.ndarray, labels: Labels) -> Iterator[str]:
    """A line of nested Markdown for each rule and each leaf; what holds for `image` (64,) is bold."""
    yield from _below(tree, 0, 0, True, image, labels)


def _below(tree: Tree, node: int, depth: int, is_way: bool, image: np.ndarray, labels: Labels) -> Iterator[str]:
    if tree.left[node] < 0:
        values = {
            "digit": int(tree.digit[node]),
            "share": f"{100 * tree.share[node]:.0f}",
            "n": int(tree.samples[node]),
        }
        yield _line(labels.format("ml_rule_leaf", **values), depth, is_way)
        return
    row, column = divmod(int(tree.pixel[node]), SIDE)
    place = {"row": row + 1, "column": column + 1, "threshold": f"{tree.threshold[node]:.2f}"}
    goes_left = bool(image[tree.pixel[node]] <= tree.threshold[node])
    for key, child, holds in (
        ("ml_rule_pale", tree.left[node], goes_left),
        ("ml_rule_dark", tree.right[node], not goes_left),
    ):
        yield _line(labels.format(key, **place), depth, is_way and holds)
        yield from _below(tree, int(child), depth + 1, is_way and holds, image, labels)


def _line(text: str, depth: int, is_way: bool) -> str:
    return "  " * depth + (f"- **{text}**" if is_way else f"- {text}")
