"""Numbers against the steps or against their place in an array: lines, profiles, bars, histograms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ui.components.stage.part import Part, part


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
    return part("lines", title=title, series=list(series), rules=list(rules), alt=alt, **look)


def series(name: str, label: str, low: str | None = None, high: str | None = None) -> Part:
    """One curve, with the scalars of its band if it has one."""
    return {"name": name, "label": label, "low": low, "high": high}


def banded(name: str, label: str, is_banded: bool = True) -> Part:
    """One curve with its band, from `<name>_low` to `<name>_high`; without it where only one seed was trained."""
    return series(name, label, *((f"{name}_low", f"{name}_high") if is_banded else ()))


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
    return part(
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
    return part("bars", title=title, array=array, alt=alt, **said, log=log, domain=domain, width=width, first=first)


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
    return part("histogram", title=title, array=array, alt=alt, **shown, width=width)


def mark(at: float, label: str) -> Part:
    """A value that is marked in a histogram."""
    return {"at": at, "label": label}
