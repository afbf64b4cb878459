"""Arrays as pictures: tiles, and matrices of cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ui.components.stage.part import Part, part


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
    return part("tiles", title=title, array=array, alt=alt, **said, **shown, width=width)


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
    return part("matrix", title=title, array=array, alt=alt, **named, **shown, help=help, width=width)
