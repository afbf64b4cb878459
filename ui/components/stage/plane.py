"""A square of the plane, and the layers that may lie on it."""

from __future__ import annotations

from collections.abc import Sequence

from dlcore.data.toy2d import DOMAIN
from ui.components.stage.part import Part, part


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
    return part("plot", **shown, width=width, clickable=clickable)


def heatmap(array: str) -> Part:
    """A surface (R, C) of int8, −127 blue to 127 orange; a hidden unit that is pointed at takes its place."""
    return part("heatmap", array=array)


def contours(array: str, reading: str) -> Part:
    """Contour lines of log₁₀ of a surface (R, C), float32; `reading` says the surface's {value} at a {place}."""
    return part("contours", array=array, reading=reading)


def classes(array: str, confidence: str) -> Part:
    """A surface (R, C) of class numbers, paler where `confidence` (uint8) is small."""
    return part("classes", array=array, confidence=confidence)


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
    return part(
        "points", array=array, labels=labels, palette=palette, marker=marker, label=label, scale=scale, shown=shown
    )


def line(array: str, label: str = "", dash: bool = False) -> Part:
    """The line w₁x + w₂y + b = 0 of an array (w₁, w₂, b)."""
    return part("line", array=array, label=label, dash=dash)


def curve(array: str, label: str = "", number: int = 0) -> Part:
    """A polyline through places (N, 2); `number` chooses colour and dash."""
    return part("curve", array=array, label=label, number=number)


def path(x: str, y: str, label: str = "", number: int = 0) -> Part:
    """Where two scalars have led from the first frame to the playhead; `number` chooses colour and dash."""
    return part("path", x=x, y=y, label=label, number=number)


def arrows(
    places: str, array: str, label: str = "", scale: float = 1.0, length: float = 1.0, shown: bool = True
) -> Part:
    """Vectors (N, 2) of int16, 32767 as long as `length`, from the first N places (M, 2), divided by `scale`."""
    return part("arrows", places=places, array=array, label=label, scale=scale, length=length, shown=shown)


def mesh(array: str, label: str = "", scale: float = 1.0, shown: bool = True) -> Part:
    """A net of places (R, C, 2), divided by `scale`: a line along each row and each column."""
    return part("mesh", array=array, label=label, scale=scale, shown=shown)


def contributions(array: str, level: str, activation: str, label: str, fit: str, kinks: str, reading: str) -> Part:
    """Hidden units (K, 3) of a curve: w, b and v of v·g(w u + b), u from −1 at the plot's left to 1 at its right.

    Each is a thin line, and their sum with the number of `level` (1,) a thick one, the fit; below it where units turn.

    Args:
        activation: g, by its name.
        label, fit, kinks: words for the three.
        reading: says the {place} and the {value} of the fit there.
    """
    words = {"label": label, "fit": fit, "kinks": kinks, "reading": reading}
    return part("contributions", array=array, level=level, activation=activation, **words)


def highlight(array: str, label: str = "") -> Part:
    """Rings around points (N, 2)."""
    return part("highlight", array=array, label=label)
