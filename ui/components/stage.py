"""The stage: plays a run in the browser. A page declares panels with the functions below; frames bring the arrays.

An array or scalar is named as in the experiment's `observe()`. `width` is the share of the row that a panel takes on a
wide screen; `alt` says what the picture shows to those who cannot see it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import streamlit as st

from dlcore.data.toy2d import DOMAIN
from ui.text import Labels

HERE = Path(__file__).parent / "browser" / "stage"
SCRIPTS = (
    "wire",
    "tape",
    "theme",
    "panel",
    "plot",
    "../activations",
    "units",
    "contours",
    "network",
    "curves",
    "histogram",
    "../graph/draw",
    "graph",
    "table",
    "cells",
    "writing",
    "tree",
    "toolbar",
    "main",
)
JS = "\n".join((HERE / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)
STYLES = ("stage", "../graph/graph", "table", "writing", "tree")
CSS = "\n".join((HERE / f"{name}.css").read_text(encoding="utf-8") for name in STYLES)
LABELS = ("layer_n", "click_class")  # and every label that begins with "stage_"

Part = dict[str, Any]


def stage(
    key: str,
    panels: Sequence[Part],
    labels: Labels,
    editable: Sequence[Mapping[str, Any]] = (),
    group: str | None = None,
    compact: bool = False,
    pace: float = 15,
    shortcuts: Sequence[Mapping[str, Any]] = (),
    words: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Mount a stage.

    Args:
        key: the feed that sends `key` in its headers plays here.
        editable: fields that a fork may change: name, label, value, min, max.
        group: stages of one group start, stop and scrub together.
        pace: frames a second at speed 1.
        compact: without buttons; its group's other stage has them.
        shortcuts: forks at one click, on every stage of the group: field, value, label, icon of the toolbar.
        words: said instead of labels of the same key.
    """
    words = {**labels.starting("stage_"), **{name: labels[name] for name in LABELS}, **words}
    component = st.components.v2.component("dlcore_stage", html='<div class="stage"></div>', css=CSS, js=JS)
    data = {"id": key, "panels": list(panels), "labels": words, "editable": list(editable)}
    looks = {"group": group, "compact": compact, "pace": pace, "shortcuts": list(shortcuts)}
    component(key=key, data={**data, **looks})


def plot(
    title: str,
    layers: Sequence[Part],
    alt: str,
    extent: tuple[float, float, float, float] = (-DOMAIN, DOMAIN, -DOMAIN, DOMAIN),
    help: str = "",
    width: float = 1.0,
    clickable: int = 0,
    axes: Sequence[str] = (),
) -> Part:
    """A square of the plane (left, right, bottom, top); `clickable` is the number of classes that a click may place.

    `axes` are the names of what goes across and what goes up.
    """
    shown = {"title": title, "layers": list(layers), "alt": alt, "extent": extent, "help": help, "axes": list(axes)}
    return _part("plot", **shown, width=width, clickable=clickable)


def heatmap(array: str) -> Part:
    """A surface (R, C) of int8, −127 blue to 127 orange; a hidden unit that is pointed at takes its place."""
    return _part("heatmap", array=array)


def contours(array: str, reading: str) -> Part:
    """Contour lines of log₁₀ of a surface (R, C), float32; `reading` says the surface's {value} at a {place}."""
    return _part("contours", array=array, reading=reading)


def classes(array: str, confidence: str) -> Part:
    """A surface (R, C) of class numbers, paler where `confidence` (uint8) is small."""
    return _part("classes", array=array, confidence=confidence)


def points(
    array: str,
    labels: str,
    palette: str = "classes",
    marker: str = "circle",
    label: str = "",
    scale: float = 1.0,
    shown: bool = True,
) -> Part:
    """Points (N, 2), divided by `scale`, coloured by `labels` (N,): "classes", or "diverging" for −1…1.

    `marker` is "circle", "square", or "digit": the label itself, written out.
    """
    return _part(
        "points", array=array, labels=labels, palette=palette, marker=marker, label=label, scale=scale, shown=shown
    )


def line(array: str, label: str = "", dash: bool = False) -> Part:
    """The line w₁x + w₂y + b = 0 of an array (w₁, w₂, b)."""
    return _part("line", array=array, label=label, dash=dash)


def curve(array: str, label: str = "", number: int = 0) -> Part:
    """A polyline through places (N, 2); `number` chooses colour and dash."""
    return _part("curve", array=array, label=label, number=number)


def path(x: str, y: str, label: str = "", number: int = 0) -> Part:
    """Where two scalars have led from the first frame to the playhead; `number` chooses colour and dash."""
    return _part("path", x=x, y=y, label=label, number=number)


def arrows(
    places: str, array: str, label: str = "", scale: float = 1.0, length: float = 1.0, shown: bool = True
) -> Part:
    """Vectors (N, 2) of int16, 32767 as long as `length`, from the first N places (M, 2), divided by `scale`."""
    return _part("arrows", places=places, array=array, label=label, scale=scale, length=length, shown=shown)


def mesh(array: str, label: str = "", scale: float = 1.0, shown: bool = True) -> Part:
    """A net of places (R, C, 2), divided by `scale`: a line along each row and each column."""
    return _part("mesh", array=array, label=label, scale=scale, shown=shown)


def contributions(array: str, level: str, activation: str, label: str, fit: str, kinks: str, reading: str) -> Part:
    """Hidden units (K, 3) of a curve: w, b and v of v·g(w u + b), u from −1 at the plot's left to 1 at its right.

    Each is a thin line, and their sum with the number of `level` (1,) a thick one, the fit; below it where units turn.

    Args:
        activation: g, by its name.
        label, fit, kinks: words for the three.
        reading: says the {place} and the {value} of the fit there.
    """
    words = {"label": label, "fit": fit, "kinks": kinks, "reading": reading}
    return _part("contributions", array=array, level=level, activation=activation, **words)


def highlight(array: str, label: str = "") -> Part:
    """Rings around points (N, 2)."""
    return _part("highlight", array=array, label=label)


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
    return _part("network", title=title, sizes=list(sizes), **names, output=output, alt=alt, width=width)


def lines(
    title: str,
    series: Sequence[Part],
    alt: str,
    rules: Sequence[Part] = (),
    log: bool = False,
    floor: float = 1e-6,
    domain: tuple[float, float] | None = None,
    width: float = 1.0,
) -> Part:
    """Curves of scalars over the steps; `rules` are scalars drawn across; `floor` is what a logarithmic axis shows of
    zero and of all that is smaller."""
    look = {"log": log, "floor": floor, "domain": domain, "width": width}
    return _part("lines", title=title, series=list(series), rules=list(rules), alt=alt, **look)


def series(name: str, label: str, low: str | None = None, high: str | None = None) -> Part:
    """One curve, with the scalars of its band if it has one."""
    return {"name": name, "label": label, "low": low, "high": high}


def rule(name: str, label: str) -> Part:
    """A scalar that is drawn across the curves."""
    return {"name": name, "label": label}


def profile(
    title: str,
    series: Sequence[Part],
    name: str,
    alt: str,
    log: bool = False,
    domain: tuple[float, float] | None = None,
    first: int = 1,
    width: float = 1.0,
    help: str = "",
    ticks: Sequence[str] = (),
) -> Part:
    """Arrays (N,) of the frame as curves over their index, which is told by `name` ({n}); bands are arrays too.

    The index counts from `first`, or is called as `ticks` has it.
    """
    return _part(
        "profile",
        title=title,
        series=list(series),
        name=name,
        alt=alt,
        log=log,
        domain=domain,
        first=first,
        width=width,
        help=help,
        ticks=list(ticks),
    )


def bars(
    title: str,
    array: str,
    name: str,
    alt: str,
    log: bool = False,
    width: float = 1.0,
    first: int = 1,
    reading: str = "",
    values: Mapping[str, str] | None = None,
    domain: tuple[float, float] | None = None,
    help: str = "",
) -> Part:
    """One bar for each element of an array (N,), called `name` with its number, counted from `first`, for {n}.

    Args:
        reading: instead of naming them all, says this of the bar that is pointed at, else of the tallest: with {n},
            {value}, the frame's scalars and the numbers of `values` (placeholder → array (N,)).
        domain: what goes up; without it all values of the run.
    """
    said = {"name": name, "reading": reading, "values": dict(values or {}), "help": help}
    return _part("bars", title=title, array=array, alt=alt, **said, log=log, domain=domain, width=width, first=first)


def histogram(
    title: str,
    array: str,
    low: float,
    high: float,
    reading: str,
    alt: str,
    marks: Sequence[Part] = (),
    log: bool = False,
    help: str = "",
    width: float = 1.0,
) -> Part:
    """Counts (N,) of N equal bins from `low` to `high`, which are powers of ten when `log`.

    Args:
        reading: template for the bin that is pointed at: {low}, {high}, {count}.
        marks: values to mark, see `mark`.
    """
    shown = {"low": low, "high": high, "reading": reading, "marks": list(marks), "log": log, "help": help}
    return _part("histogram", title=title, array=array, alt=alt, **shown, width=width)


def mark(at: float, label: str) -> Part:
    """A value that is marked in a histogram."""
    return {"at": at, "label": label}


def sentence(templates: Mapping[str, str], case: str, title: str, width: float = 1.0) -> Part:
    """The template whose key is the value of the scalar `case`, with the frame's `{scalars}` filled in."""
    return _part("sentence", templates=dict(templates), case=case, title=title, width=width)


def graph(
    title: str, nodes: Sequence[Part], edges: Sequence[Part], values: str, gradients: str, alt: str, width: float = 1.0
) -> Part:
    """A graph of numbers, laid out as in `record_walk`, with two arrays (N,): every node's value and gradient."""
    drawn = {"nodes": list(nodes), "edges": list(edges)}
    return _part("graph", title=title, **drawn, values=values, gradients=gradients, alt=alt, width=width)


def table(title: str, rows: Sequence[str], columns: Sequence[Part], alt: str, width: float = 1.0) -> Part:
    """Arrays (N,) side by side, a row for each element; `rows` are the elements' names."""
    return _part("table", title=title, rows=list(rows), columns=list(columns), alt=alt, width=width)


def column(array: str, label: str, flag: str = "") -> Part:
    """One column of a table; where the array `flag` (N,) is not 0, its number is marked."""
    return {"array": array, "label": label, "flag": flag}


def tiles(
    title: str,
    array: str,
    alt: str,
    columns: int = 8,
    names: Sequence[str] = (),
    caption: str = "",
    values: Mapping[str, str] | None = None,
    flag: str = "",
    largest: str = "",
    clickable: bool = False,
    keep_rows: bool = False,
    help: str = "",
    width: float = 1.0,
) -> Part:
    """An array (N, H, W) as N small pictures: uint8 from paper (0) to ink (255), int8 from blue (−127) to orange (127).

    Args:
        columns: at most so many in a row.
        names: what each tile is called.
        caption: a template below each tile, with {name}, {n} and the numbers of `values` (placeholder → array (N,)).
        flag: tiles where this array (N,) is not 0 get a frame.
        largest: array (N,) of what a full pixel stands for, 1 without it.
        clickable: a click calls the player's `on_click` with the tile's number and 0.
        keep_rows: a row means something: on a narrow screen tiles get smaller instead of fewer in a row.
    """
    said = {"names": list(names), "caption": caption, "values": dict(values or {}), "help": help}
    shown = {"columns": columns, "flag": flag, "largest": largest, "clickable": clickable, "keepRows": keep_rows}
    return _part("tiles", title=title, array=array, alt=alt, **said, **shown, width=width)


def matrix(
    title: str,
    array: str,
    reading: str,
    alt: str,
    rows: Sequence[str] = (),
    columns: Sequence[str] = (),
    axes: Sequence[str] = (),
    signed: bool = False,
    middle: float = 0.0,
    scale: float = 1.0,
    limit: float | None = None,
    numbers: bool = False,
    square: bool = False,
    first: int = 1,
    clickable: bool = False,
    cursor: str = "",
    help: str = "",
    width: float = 1.0,
) -> Part:
    """An array (R, C) as cells, row 0 on top: from pale to blue, or blue to orange when `signed`.

    Args:
        reading: template for the cell that is pointed at: {row}, {column}, {value}.
        rows, columns: their names, else numbers from `first`.
        axes: what goes across and what goes down.
        middle: the element without colour.
        scale: elements are told divided by it.
        limit: how far from the middle an element has the full colour; without it the largest of the run.
        numbers: write them into the cells where there is room.
        clickable: a click calls the player's `on_click` with column and row.
        cursor: the scalar that names the column in a frame, counted from 1.
    """
    named = {"rows": list(rows), "columns": list(columns), "axes": list(axes), "first": first, "reading": reading}
    colours = {"signed": signed, "middle": middle, "scale": scale, "limit": limit}
    shown = {**colours, "numbers": numbers, "square": square, "cursor": cursor, "clickable": clickable}
    return _part("matrix", title=title, array=array, alt=alt, **named, **shown, help=help, width=width)


def text(
    title: str,
    array: str,
    alphabet: str,
    alt: str,
    colour: str = "",
    reading: str = "",
    scale: float = 1.0,
    help: str = "",
    width: float = 1.0,
) -> Part:
    """An array (R, C) of places in `alphabet` as R texts.

    Args:
        colour: how strongly each character is marked, an array (R, C) of uint8.
        reading: says a {character} and its {value}, which is the colour times `scale`.
    """
    marked = {"colour": colour, "reading": reading, "scale": scale}
    return _part("text", title=title, array=array, alphabet=alphabet, alt=alt, help=help, **marked, width=width)


def words(
    title: str,
    sentences: Sequence[Sequence[str]],
    names: Sequence[str],
    lanes: Sequence[Part],
    truth: str,
    alt: str,
    width: float = 1.0,
) -> Part:
    """Sentences with the tag of every word below it: arrays (R, C) of places in `names`, a line for each of `lanes`;
    where an array differs from `truth`, the tag stands out."""
    said = {"sentences": [list(sentence) for sentence in sentences], "names": list(names), "lanes": list(lanes)}
    return _part("words", title=title, truth=truth, alt=alt, **said, width=width)


def lane(array: str, label: str, before: str = "") -> Part:
    """One line of tags below a sentence, or one network's view of a tree; `before` is what it said of another tree."""
    return {"array": array, "label": label, "before": before}


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
    return _part("tree", title=title, alt=alt, width=width, **said)


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


def _part(type: str, **values: Any) -> Part:
    return {"type": type, **values}
