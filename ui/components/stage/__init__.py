"""The stage: plays a run in the browser. A page declares its panels with the functions below; frames bring the arrays.

An array or scalar is named as in the experiment's `observe()`. `width` is the share of the row that a panel takes on a
wide screen; `alt` says what the picture shows to those who cannot see it. Panels by family: `plane` (a plot and its
layers), `curves`, `pictures` (tiles, matrices), `diagrams` (networks, graphs, trees), `writing`; `mount` shows them.
"""

from ui.components.stage.curves import banded, bars, histogram, lines, mark, profile, rule, series
from ui.components.stage.diagrams import graph, network, tree, tree_node
from ui.components.stage.mount import stage
from ui.components.stage.part import Part
from ui.components.stage.pictures import matrix, tiles
from ui.components.stage.plane import (
    arrows,
    classes,
    contours,
    contributions,
    curve,
    heatmap,
    highlight,
    line,
    mesh,
    path,
    plot,
    points,
)
from ui.components.stage.writing import column, lane, sentence, table, text, words

__all__ = [
    "Part",
    "arrows",
    "banded",
    "bars",
    "classes",
    "column",
    "contours",
    "contributions",
    "curve",
    "graph",
    "heatmap",
    "highlight",
    "histogram",
    "lane",
    "line",
    "lines",
    "mark",
    "matrix",
    "mesh",
    "network",
    "path",
    "plot",
    "points",
    "profile",
    "rule",
    "sentence",
    "series",
    "stage",
    "table",
    "text",
    "tiles",
    "tree",
    "tree_node",
    "words",
]
