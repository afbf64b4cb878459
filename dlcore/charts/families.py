"""The four families of networks as SVG drawings: pure functions of the labels, readable on a light and a dark page.

Show them with `st.markdown(svg, unsafe_allow_html=True)`; `st.html` throws every SVG element away. The line break after
the opening tag keeps Markdown from reading the labels as Markdown. Lines take the page's text colour (`currentColor`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import pairwise

Labels = Mapping[str, str]
Point = tuple[float, float]
Matrix = Sequence[Sequence[int]]

BLUE, GREEN, ORANGE, AMBER = "#0072B2", "#009E73", "#D55E00", "#E69F00"  # Okabe & Ito
INK = "currentColor"
WIDTH, FONT = 400, 14
STANDARD_SIZES, AUTOENCODER_SIZES = (3, 4, 4, 2), (6, 4, 2, 4, 6)
STEPS = 4
IMAGE = (
    (0, 1, 1, 1, 1, 0),
    (0, 0, 0, 0, 1, 0),
    (0, 0, 0, 0, 1, 0),
    (0, 0, 0, 1, 0, 0),
    (0, 0, 0, 1, 0, 0),
    (0, 0, 0, 1, 0, 0),
)
FILTER = ((-1, 2, -1), (-1, 2, -1), (-1, 2, -1))  # answers to vertical lines
PLACES = ((0, 0, ""), (3, 2, "4 3"))  # where the filter is shown: row, column, dashes
SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉"


def standard(labels: Labels) -> str:
    """Fully connected layers 3-4-4-2; the weights of one unit stand out."""
    columns = _columns(STANDARD_SIZES, left=52, right=348, middle=140, gap=54)
    unit = columns[2][1]
    edges = [_connection(a, b, 16) for a, b in _edges(columns) if b != unit]
    own = [_connection(a, unit, 16, ORANGE, 2.5, 1) for a in columns[1]]
    units = [_circle(point, 15, ORANGE if point == unit else INK) for column in columns for point in column]
    names = ["family_input", "family_hidden_1", "family_hidden_2", "family_output"]
    heads = [_text((column[0][0], 22), labels[name]) for column, name in zip(columns, names, strict=True)]
    inside = [_text(point, f"x{SUBSCRIPTS[row + 1]}", 13) for row, point in enumerate(columns[0])]
    inside += [_text(point, f"y{SUBSCRIPTS[row + 1]}", 13) for row, point in enumerate(columns[-1])]
    count = sum(a * b for a, b in pairwise(STANDARD_SIZES))
    legend = [
        _legend((28, 268), ORANGE, labels["family_own_weights"]),
        _text((28, 292), labels["family_weight_count"].format(count=count), anchor="start"),
    ]
    return _svg(labels["family_standard_title"], 306, edges, own, units, inside, heads, legend)


def recurrent(labels: Labels) -> str:
    """A cell unrolled over four steps: every kind of weight has one colour, and so is the same everywhere."""
    cells = [(82 + 90 * step, 118) for step in range(STEPS)]
    parts = [_arrow((18, 118), (54, 118), ORANGE), _text((12, 100), "h₀", anchor="start")]
    for number, (x, y) in enumerate(cells, start=1):
        mark = SUBSCRIPTS[number]
        parts += [_arrow((x, 176), (x, y + 26), BLUE), _arrow((x, y - 24), (x, 60), GREEN)]
        parts += [_circle((x, 194), 17), _box((x - 27, y - 23), 54, 46), _circle((x, 40), 17)]
        parts += [_text((x, 194), f"x{mark}", 13), _text((x, y), f"h{mark}", 15), _text((x, 40), f"y{mark}", 13)]
        parts.append(_text((x, 226), f"t = {number}", 13))
    parts += [_arrow((a[0] + 28, a[1]), (b[0] - 28, b[1]), ORANGE) for a, b in pairwise(cells)]
    rows = ((BLUE, "family_input_weights"), (ORANGE, "family_state_weights"), (GREEN, "family_output_weights"))
    legend = [_legend((28, 258 + 24 * row), colour, labels[name]) for row, (colour, name) in enumerate(rows)]
    return _svg(labels["family_recurrent_title"], 322, parts, legend)


def convolutional(labels: Labels) -> str:
    """One 3×3 filter at two places of an image, its feature map, and the maxima of 2×2 blocks; all numbers computed."""
    features = _slide(IMAGE, FILTER)
    image_at, map_at, pool_at = (14.0, 52.0), (206.0, 74.0), (338.0, 96.0)
    parts = [
        _grid(image_at, 22, IMAGE, show_numbers=False),
        _grid(map_at, 22, features),
        _grid(pool_at, 22, _pool(features)),
    ]
    for row, column, dashes in PLACES:
        window, cell = _cell(image_at, 22, row, column), _cell(map_at, 22, row, column)
        parts.append(_box(window, 66, 66, AMBER, 3, fill=0.22, dashes=dashes, radius=2))
        for corner in (0, 1):
            parts.append(
                _line(
                    (window[0] + 66, window[1] + 66 * corner),
                    (cell[0], cell[1] + 22 * corner),
                    AMBER,
                    1.5,
                    dashes=dashes,
                )
            )
        parts.append(_box(cell, 22, 22, AMBER, 3, fill=0, dashes=dashes, radius=2))
    parts += [_arrow((298, 118), (332, 118)), _text((315, 102), "max", 13)]
    heads = ((80, "family_image"), (250, "family_feature_map"), (360, "family_pooled"))
    parts += [_text((x, 26), labels[name]) for x, name in heads]
    parts += [_grid((14, 214), 24, FILTER), _box((14, 214), 72, 72, AMBER, 3, fill=0, radius=2)]
    notes = ("family_filter", "family_filter_shared", "family_filter_sum")
    parts += [_text((102, 230 + 22 * row), labels[name], anchor="start") for row, name in enumerate(notes)]
    return _svg(labels["family_convolutional_title"], 302, parts)


def autoencoder(labels: Labels) -> str:
    """Layers 6-4-2-4-6: the same shape out as in, and the code in the narrow middle."""
    columns = _columns(AUTOENCODER_SIZES, left=46, right=354, middle=148, gap=36)
    halves = [_half(columns[0], columns[2], BLUE), _half(columns[4], columns[2], GREEN)]
    edges = [_connection(a, b, 13) for a, b in _edges(columns)]
    units = [_circle(point, 12, ORANGE if column is columns[2] else INK) for column in columns for point in column]
    heads = [
        _text((column[0][0], 22), labels[name])
        for column, name in zip(columns[::2], ("family_input_x", "family_code", "family_output_x"), strict=True)
    ]
    pointer = _arrow((200, 34), (200, 108), ORANGE)
    names = [_text((123, 236), labels["family_encoder"]), _text((277, 236), labels["family_decoder"])]
    compare = [_bracket((46, 256), (354, 256), 16), _text((200, 291), labels["family_compare"])]
    return _svg(labels["family_autoencoder_title"], 306, halves, edges, units, heads, [pointer], names, compare)


def _slide(image: Matrix, weights: Matrix) -> list[list[int]]:
    """The filter's sum at every place where it fits."""
    size = len(weights)
    places = range(len(image) - size + 1)
    return [[_window_sum(image, weights, row, column) for column in places] for row in places]


def _window_sum(image: Matrix, weights: Matrix, row: int, column: int) -> int:
    size = range(len(weights))
    return sum(weights[i][j] * image[row + i][column + j] for i in size for j in size)


def _pool(values: Matrix) -> list[list[int]]:
    """The largest number of every 2×2 block."""
    half = range(0, len(values), 2)
    return [[max(values[i][j], values[i][j + 1], values[i + 1][j], values[i + 1][j + 1]) for j in half] for i in half]


def _columns(sizes: Sequence[int], left: float, right: float, middle: float, gap: float) -> list[list[Point]]:
    """The centres of the units, layer by layer, spread evenly from left to right."""
    step = (right - left) / (len(sizes) - 1)
    return [
        [(left + step * layer, middle + gap * (unit - (size - 1) / 2)) for unit in range(size)]
        for layer, size in enumerate(sizes)
    ]


def _edges(columns: Sequence[Sequence[Point]]) -> Iterable[tuple[Point, Point]]:
    """From every unit to every unit of the next layer."""
    return ((a, b) for before, after in pairwise(columns) for a in before for b in after)


def _svg(title: str, height: int, *groups: Iterable[str]) -> str:
    body = "".join(part for group in groups for part in group)
    said = escape(title)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="100%" role="img" '
        f'aria-label="{said}" font-family="inherit" style="max-width:560px;display:block;margin:0 auto">\n'
        f"<title>{said}</title>{body}</svg>"
    )


def _text(at: Point, words: str, size: int = FONT, anchor: str = "middle") -> str:
    place = f'x="{at[0]:g}" y="{at[1] + size * 0.36:.1f}"'
    return f'<text {place} font-size="{size}" text-anchor="{anchor}" fill="{INK}">{escape(words)}</text>'


def _line(a: Point, b: Point, colour: str = INK, width: float = 2, opacity: float = 1, dashes: str = "") -> str:
    ends = f'x1="{a[0]:.1f}" y1="{a[1]:.1f}" x2="{b[0]:.1f}" y2="{b[1]:.1f}"'
    look = f'stroke="{colour}" stroke-width="{width:g}" stroke-opacity="{opacity:g}" stroke-dasharray="{dashes}"'
    return f"<line {ends} {look}/>"


def _connection(a: Point, b: Point, radius: float, colour: str = INK, width: float = 1, opacity: float = 0.4) -> str:
    """A line from the rim of one unit to the rim of another."""
    length = math.dist(a, b)
    dx, dy = (b[0] - a[0]) / length * radius, (b[1] - a[1]) / length * radius
    return _line((a[0] + dx, a[1] + dy), (b[0] - dx, b[1] - dy), colour, width, opacity)


def _arrow(a: Point, b: Point, colour: str = INK) -> str:
    """A straight arrow along one of the axes."""
    length = abs(b[0] - a[0]) + abs(b[1] - a[1])
    dx, dy = (b[0] - a[0]) / length, (b[1] - a[1]) / length
    base = (b[0] - 9 * dx, b[1] - 9 * dy)
    points = (b, (base[0] - 5 * dy, base[1] + 5 * dx), (base[0] + 5 * dy, base[1] - 5 * dx))
    return _line(a, base, colour, 2.5) + _polygon(points, colour, 1)


def _polygon(points: Iterable[Point], colour: str, opacity: float) -> str:
    corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polygon points="{corners}" fill="{colour}" fill-opacity="{opacity:g}"/>'


def _circle(at: Point, radius: float, colour: str = INK) -> str:
    """A unit: hidden behind nothing, slightly filled."""
    place = f'cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{radius:g}"'
    return f'<circle {place} stroke="{colour}" stroke-width="2" fill="{colour}" fill-opacity="0.12"/>'


def _box(
    at: Point,
    width: float,
    height: float,
    colour: str = INK,
    line: float = 2,
    fill: float = 0.12,
    dashes: str = "",
    radius: float = 8,
) -> str:
    place = f'x="{at[0]:g}" y="{at[1]:g}" width="{width:g}" height="{height:g}" rx="{radius:g}"'
    look = (
        f'stroke="{colour}" stroke-width="{line:g}" stroke-dasharray="{dashes}" fill="{colour}" fill-opacity="{fill:g}"'
    )
    return f"<rect {place} {look}/>"


def _cell(at: Point, side: float, row: int, column: int) -> Point:
    return (at[0] + side * column, at[1] + side * row)


def _grid(at: Point, side: float, values: Matrix, show_numbers: bool = True) -> str:
    """Numbers as a grid, orange for positive and blue for negative; a picture without numbers is drawn in ink."""
    largest = max(abs(value) for row in values for value in row) or 1
    parts = []
    for i, row in enumerate(values):
        for j, value in enumerate(row):
            x, y = _cell(at, side, i, j)
            colour = INK if not show_numbers else ORANGE if value > 0 else BLUE
            parts.append(_box((x, y), side, side, colour, 0, 0.6 * abs(value) / largest, radius=0))
            parts.append(_box((x, y), side, side, INK, 0.6, 0, radius=0))
            if show_numbers:
                parts.append(_text((x + side / 2, y + side / 2), str(value).replace("-", "−"), 12))
    return "".join(parts)


def _half(wide: Sequence[Point], narrow: Sequence[Point], colour: str) -> str:
    """The tapering area from a wide layer to the code."""
    outward = 20 if wide[0][0] > narrow[0][0] else -20
    corners = ((wide[0][0] + outward, wide[0][1] - 18), (narrow[0][0], narrow[0][1] - 20))
    mirrored = ((narrow[-1][0], narrow[-1][1] + 20), (wide[-1][0] + outward, wide[-1][1] + 18))
    return _polygon((*corners, *mirrored), colour, 0.14)


def _bracket(a: Point, b: Point, depth: float) -> str:
    """A line that ties two things together from below."""
    path = f"M{a[0]:g} {a[1]:g}v{depth:g}H{b[0]:g}v{-depth:g}"
    return f'<path d="{path}" fill="none" stroke="{INK}" stroke-width="1.5" stroke-dasharray="5 4"/>'


def _legend(at: Point, colour: str, words: str) -> str:
    return _line(at, (at[0] + 26, at[1]), colour, 3.5) + _text((at[0] + 34, at[1]), words, anchor="start")
